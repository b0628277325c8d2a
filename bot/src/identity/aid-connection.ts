import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Action } from '@countersign/core/actions/action.ts'
import type { Principal } from '@countersign/core/principal.ts'
import type { GraphReader } from '../graph/reader.ts'
import { aidOf, deleteAid, putAid, setAidHealth, setAidRoles, type HeldRole, type StoredAid } from '../store/aid.ts'
import { append } from '../store/journal.ts'
import { appendEvent } from '../store/outbox.ts'
import { noteTokenScopes } from '../store/token-scopes.ts'
import { deleteSecrets, lockPartition, putSecret } from '../store/vault.ts'
import { readTx, writeTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { judgeRoles, readRoles } from './aid-roles.ts'
import { connectionOf, serviceItself, type AidTokens } from './aid-tokens.ts'
import { exchange, graphDefaultScope, makeClient, partition, refreshTokensOf, type Registration } from './entra-client.ts'
import { inTurn } from './in-turn.ts'
import type { StateSealer } from './sealed-state.ts'

export type ConnectBegun = { readonly kind: 'url'; readonly url: string } | { readonly kind: 'refused'; readonly reason: string }
export type ConnectCompleted =
  | { readonly kind: 'connected'; readonly userPrincipalName: string; readonly missing: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }

export interface AidConnection {
  readonly begin: (admin: Principal, objectId: string) => Promise<ConnectBegun>
  readonly complete: (answer: {
    readonly code?: string | undefined
    readonly state?: string | undefined
    readonly error?: string | undefined
  }) => Promise<ConnectCompleted>
  readonly disconnect: (admin: Principal) => Promise<boolean>
  /** Daily: exchanges a token and looks at the roles again, so that a loss is noticed before somebody needs the Aid. */
  readonly check: (tenantId: string) => Promise<StoredAid['state'] | 'notConnected'>
}

export interface AidConnectionDependencies {
  readonly store: Store
  readonly settings: {
    readonly origin: string
    readonly authority: string
    readonly tenants: readonly string[]
    readonly act: Registration
    readonly registrations: NonNullable<StoredAid['registrations']>
  }
  readonly sealer: StateSealer
  readonly aidTokens: AidTokens
  /** Actions that the tenant has switched on. */
  readonly enabledActions: (tenantId: string) => Promise<readonly Action[]>
  /** Graph as the admin, for the Aid's name and the roles that it could activate. */
  readonly readerFor: (admin: Principal | StoredJob) => GraphReader
  /** Graph with the Aid's own token, as it was just obtained, or as it is held. */
  readonly readerWith: (token: { readonly token: string; readonly scopes: readonly string[] }) => GraphReader
  readonly aidReader: (tenantId: string) => GraphReader
  readonly now: () => number
}

const connectSeconds = 900
const pendingSchema = z.object({
  tenantId: z.string(),
  adminId: z.string(),
  adminName: z.string(),
  objectId: z.string(),
  nonce: z.string(),
  verifier: z.string(),
})

/** Connects the Aid: an Entra user of the customer's whose tokens carry out what was countersigned. */
export function makeAidConnection(deps: AidConnectionDependencies): AidConnection {
  const { store, settings } = deps
  const redirectUri = `${settings.origin}/auth/aid/callback`
  const isoNow = (): string => new Date(deps.now()).toISOString()

  async function complete(answer: Parameters<AidConnection['complete']>[0]): Promise<ConnectCompleted> {
    const pending = answer.state === undefined ? undefined : deps.sealer.open('aid', answer.state, pendingSchema)
    if (!pending) return refused('This sign-in was not begun here, or it took longer than fifteen minutes. Begin again in Settings.')
    const { code } = answer
    if (answer.error !== undefined || code === undefined) return refused('The sign-in service did not complete the sign-in.')
    const client = makeClient(settings.authority, settings.act, pending.tenantId)
    const outcome = await exchange(() =>
      client.acquireTokenByCode({ code, scopes: [graphDefaultScope], redirectUri, codeVerifier: pending.verifier, nonce: pending.nonce }),
    )
    if (outcome.kind === 'needsSignIn') return refused(outcome.reason)

    const { account } = outcome
    if (account.tenantId !== pending.tenantId) return refused('The account that signed in is of another tenant.')
    if (account.objectId === pending.adminId)
      return refused(
        'You signed in with your own account. The Aid must be an account of its own, so that the audit log tells the two apart.',
      )
    if (account.objectId !== pending.objectId)
      return refused(
        `The account that signed in, ${account.userPrincipalName}, is not the one whose object id was named. Sign in as the Aid, for example in a private window.`,
      )
    const roles = await readRoles(
      deps.readerWith(outcome),
      account.objectId,
      deps.readerFor({ tenantId: pending.tenantId, objectId: pending.adminId }),
    )
    if (roles.kind === 'notRead') return refused(`The roles of the account could not be checked, so it was not connected. ${roles.because}`)
    const { surplus, missing } = judgeRoles(roles.roles, await deps.enabledActions(pending.tenantId))
    if (surplus.length > 0)
      return refused(
        `The account holds more than the enabled actions need: ${surplus.join(', ')}. Remove these roles from it in Entra and connect it again.`,
      )

    const at = isoNow()
    await writeTx(store, { tenantId: pending.tenantId, objectId: pending.adminId }, async (tx) => {
      // Whoever renews its tokens now writes them back, and what is stored here must be the last.
      await lockPartition(tx, partition('act', account.objectId))
      const before = await aidOf(tx)
      if (before && before.objectId !== account.objectId) {
        await lockPartition(tx, partition('act', before.objectId))
        await deleteSecrets(tx, partition('act', before.objectId))
      }
      await putSecret(tx, partition('act', account.objectId), refreshTokensOf(client))
      await putAid(tx, {
        objectId: account.objectId,
        userPrincipalName: account.userPrincipalName,
        state: missing.length > 0 ? 'roleMissing' : 'connected',
        detail: missingSentence(missing),
        reason: null,
        policy: null,
        roles: roleIds(roles.roles),
        heldRoles: roles.roles,
        registrations: settings.registrations,
        scopes: outcome.scopes,
        connectedBy: pending.adminId,
        connectedAt: at,
        checkedAt: at,
      })
      await noteTokenScopes(tx, {
        plane: 'act',
        personId: account.objectId,
        scopes: outcome.scopes,
        hasRoles: outcome.hasRoles,
        issuedAt: at,
      })
      appendEvent(tx, 'aid.changed', account.objectId, at)
      await append(tx, {
        kind: 'aidConnected',
        subjectId: account.objectId,
        at,
        body: {
          userPrincipalName: account.userPrincipalName,
          by: pending.adminId,
          byName: pending.adminName,
          scopes: [...outcome.scopes],
          roles: roleIds(roles.roles),
        },
      })
    })
    deps.aidTokens.forget(pending.tenantId)
    return { kind: 'connected', userPrincipalName: account.userPrincipalName, missing }
  }

  async function check(tenantId: string): Promise<StoredAid['state'] | 'notConnected'> {
    const who = { tenantId, objectId: serviceItself }
    const answer = await deps.aidTokens.for(tenantId)({ fresh: true })
    const aid = await readTx(store, who, aidOf)
    if (!aid) return 'notConnected'
    if (answer.kind === 'needsSignIn') return aid.state
    const roles = await readRoles(deps.aidReader(tenantId), aid.objectId, null)
    if (roles.kind === 'notRead') return aid.state
    const { missing } = judgeRoles(roles.roles, await deps.enabledActions(tenantId))
    const state = missing.length > 0 ? 'roleMissing' : 'connected'
    const detail = missingSentence(missing)
    return writeTx(store, who, async (tx) => {
      const now = await aidOf(tx)
      if (!now) return 'notConnected'
      // What was read is of another connection, or its sign-in was lost meanwhile.
      if (connectionOf(now) !== connectionOf(aid) || now.state === 'needsSignIn' || now.state === 'disabled') return now.state
      const at = isoNow()
      await setAidHealth(tx, { state, detail, reason: null, policy: null }, at)
      await setAidRoles(tx, { heldRoles: roles.roles, registrations: settings.registrations })
      if (state !== now.state || detail !== now.detail) appendEvent(tx, 'aid.changed', aid.objectId, at)
      return state
    })
  }

  return {
    async begin(admin, objectId) {
      const wanted = objectId.toLowerCase()
      if (wanted === admin.objectId)
        return refused('This is your own account. The Aid must be an account of its own, so that the audit log tells the two apart.')
      const named = await deps.readerFor(admin).get(`/users/${encodeURIComponent(wanted)}?$select=id,userPrincipalName`)
      if (named.kind === 'refused' && named.status === 404) return refused('Your tenant has no user with this object id.')
      const hint =
        named.kind === 'answer' ? z.object({ userPrincipalName: z.string() }).safeParse(named.body).data?.userPrincipalName : undefined
      const pending = {
        tenantId: admin.tenantId,
        adminId: admin.objectId,
        adminName: admin.displayName,
        objectId: wanted,
        nonce: random(),
        verifier: random(),
      }
      const url = await makeClient(settings.authority, settings.act, admin.tenantId).getAuthCodeUrl({
        scopes: [graphDefaultScope],
        redirectUri,
        state: deps.sealer.seal('aid', pending, connectSeconds),
        nonce: pending.nonce,
        codeChallenge: createHash('sha256').update(pending.verifier).digest('base64url'),
        codeChallengeMethod: 'S256',
        prompt: 'login',
        ...(hint === undefined ? {} : { loginHint: hint }),
      })
      return { kind: 'url', url }
    },
    complete,
    async disconnect(admin) {
      const wasConnected = await writeTx(store, admin, async (tx) => {
        const aid = await aidOf(tx)
        if (!aid) return false
        // Whoever renews its tokens now writes them back before they are deleted, and not afterwards.
        await lockPartition(tx, partition('act', aid.objectId))
        const at = isoNow()
        await deleteSecrets(tx, 'msal:act:', { under: true })
        await deleteAid(tx)
        appendEvent(tx, 'aid.changed', aid.objectId, at)
        await append(tx, { kind: 'aidDisconnected', subjectId: aid.objectId, at, body: { by: admin.objectId, byName: admin.displayName } })
        return true
      })
      deps.aidTokens.forget(admin.tenantId)
      return wasConnected
    },
    // An earlier look, at what was switched on then, must not have the last word.
    check: inTurn(check),
  }
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason }
}

function missingSentence(missing: readonly string[]): string | null {
  return missing.length === 0 ? null : `The account lacks what the enabled actions need: ${missing.join(', ')}. Assign it in Entra.`
}

function roleIds(roles: readonly HeldRole[]): string[] {
  return roles.map((role) => role.roleDefinitionId).sort()
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
