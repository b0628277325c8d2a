import type { Action } from '@countersign/core/actions/action.ts'
import { needsOf } from '@countersign/core/actions/needs.ts'
import { openIdScopes, delegatedScopes } from '@countersign/core/data/graph-delegated-scopes.ts'
import type { Config } from '../../config.ts'
import { judgeRoles } from '../../identity/aid-roles.ts'
import { grantedScopes } from '../../identity/granted-scopes.ts'
import { readScopes } from '../../identity/registrations.ts'
import { scopesText } from '../../identity/scope-view.ts'
import { enabledActions } from '../../store/action-switches.ts'
import { aidOf, type StoredAid } from '../../store/aid.ts'
import type { Store } from '../../store/database.ts'
import { newestTokenScopes, type TokenScopes } from '../../store/token-scopes.ts'
import { readTx } from '../../store/transaction.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'

const read = { id: 'read-permissions', title: 'Read permissions' }
const aidSubject = { id: 'aid', title: 'The Aid' }
const rolesSubject = { id: 'aid-roles', title: 'Roles of the Aid' }
const act = { id: 'act-permissions', title: 'Act permissions' }
/** Reads of the store in nobody's name. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** What the tokens obtained last could do, against what is needed; and the state of the Aid. All of it as the service noted it. */
export async function lookAtPermissions(config: Config, store: Store | undefined, isRunning: boolean): Promise<readonly DoctorLine[]> {
  if (!store) return unread(config, isRunning)
  const lines = await Promise.all(
    config.tenants.map(async (tenantId) => {
      const { token, aid, enabled, granted } = await readTx(store, { tenantId, objectId: nobody }, async (tx) => {
        const connected = await aidOf(tx)
        return {
          token: (await newestTokenScopes(tx, 'read'))[0],
          aid: connected,
          enabled: await enabledActions(tx),
          granted: config.act ? await grantedScopes(tx, config.act.appId, connected?.objectId ?? null) : undefined,
        }
      })
      return [readLine(token), ...aidLines(config.profile.act, aid, enabled, granted)]
    }),
  )
  return lines.flat()
}

function unread(config: Config, isRunning: boolean): readonly DoctorLine[] {
  const because = isRunning
    ? 'The service holds the database that knows. Sign in to it: the overview names what could not be read, the settings show the Aid.'
    : 'It is noted in the database, which could not be opened or is not there yet.'
  const mend = isRunning ? 'To see it here, stop the service and run the doctor again.' : null
  const subjects = config.profile.act === 'on' ? [read, aidSubject, rolesSubject, act] : [read]
  return subjects.map((subject) => unknown(subject, because, mend))
}

/** The needed read permissions against those of the last token; consent itself can be read only with somebody's token. */
export function readLine(token: TokenScopes | undefined): DoctorLine {
  const needed = readScopes().map(({ scope }) => scope)
  if (!token)
    return unknown(
      read,
      `Needed: ${needed.join(', ')}. What is consented is known once somebody has signed in.`,
      'Sign in and scan once, then run the doctor again.',
    )
  const missing = needed.filter((scope) => !token.scopes.includes(scope))
  const writing = token.scopes.filter((scope) => delegatedScopes.get(scope)?.kind === 'write')
  if (writing.length > 0)
    return problem(
      read,
      `The last token, of ${token.issuedAt}, could change something: ${writing.join(', ')}.`,
      'Remove these permissions from Countersign Read in Entra; it needs to read only.',
    )
  if (missing.length > 0)
    return problem(
      read,
      `The last token, of ${token.issuedAt}, lacked ${missing.join(', ')}.`,
      'An administrator must grant them to Countersign Read in Entra.',
    )
  return ok(read, `The last token, of ${token.issuedAt}, held all ${needed.length} that are needed, and none that can change something.`)
}

/** What the enabled actions need against what the Aid holds; `granted` is what the last scan saw granted to Countersign Act. Pure. */
export function aidLines(
  plane: 'off' | 'on',
  aid: StoredAid | undefined,
  enabled: readonly Action[],
  granted: readonly string[] | undefined,
): readonly DoctorLine[] {
  if (plane === 'off') return [ok(aidSubject, 'Not needed while the act plane is off.')]
  const { write, proof, roles } = needsOf(enabled)
  const needed = [...write, ...proof].map(({ scope }) => scope)
  const list = (scopes: readonly string[]): string => scopes.join(', ') || 'none'
  const wanted = `Needed: ${list(needed)}. Granted: ${granted ? list(granted) : 'not known before a scan'}.`
  const roleNames = roles.map(({ name }) => name)
  if (!aid)
    return [
      problem(
        aidSubject,
        `It is not connected, so nothing can be carried out. The directory roles that it needs: ${list(roleNames)}.`,
        'An owner connects it in Settings.',
      ),
      unknown(act, `${wanted} What is held is known once the Aid is connected.`),
    ]
  return [stateLine(aid), roleLine(aid, enabled, roleNames), scopeLine(aid, needed, granted, wanted)]
}

function stateLine({ userPrincipalName, state, detail, policy, checkedAt }: StoredAid): DoctorLine {
  const seen = `${userPrincipalName}, last looked at ${checkedAt}`
  const because = detail === null ? '' : ` ${detail}`
  switch (state) {
    case 'connected':
      return ok(aidSubject, `Connected: ${seen}.`)
    case 'needsSignIn':
      return problem(
        aidSubject,
        `It must sign in again: ${seen}.${because}`,
        policy === null
          ? 'An owner connects it again in Settings.'
          : 'An owner declares the exception in Settings and leaves the Aid out of the policy, or connects it again so that the policy is met.',
      )
    case 'disabled':
      return problem(
        aidSubject,
        `Its account is disabled: ${seen}.${because}`,
        'Enable the account in Entra, then connect it again in Settings.',
      )
    case 'roleMissing':
      return problem(aidSubject, `It lacks a directory role: ${seen}.${because}`, 'Assign the role to the account in Entra.')
  }
}

function roleLine({ heldRoles, checkedAt }: StoredAid, enabled: readonly Action[], needed: readonly string[]): DoctorLine {
  const held = heldRoles.map(({ name, scopes }) => `${name} (${scopesText(scopes)})`).join(', ') || 'none'
  const seen = `Needed: ${needed.join(', ') || 'none'}. Held: ${held}, as of ${checkedAt}.`
  const { surplus, missing } = judgeRoles(heldRoles, enabled)
  if (missing.length > 0)
    return problem(rolesSubject, `${seen} Lacking: ${missing.join(', ')}.`, 'Assign the role to the account in Entra.')
  if (surplus.length > 0)
    return problem(rolesSubject, `${seen} Beyond the need: ${surplus.join(', ')}.`, 'Take these roles away from the account in Entra.')
  return ok(rolesSubject, seen)
}

function scopeLine(
  { scopes, checkedAt }: StoredAid,
  needed: readonly string[],
  granted: readonly string[] | undefined,
  wanted: string,
): DoctorLine {
  const has = (scope: string): boolean => scopes.includes(scope) && (granted?.includes(scope) ?? true)
  const seen = `${wanted} Held by the last token, as of ${checkedAt}: ${scopes.filter((scope) => !openIdScopes.includes(scope)).join(', ') || 'none'}.`
  const missing = needed.filter((scope) => !has(scope))
  if (missing.length > 0)
    return problem(
      act,
      `${seen} Lacking: ${missing.join(', ')}.`,
      'An administrator must grant them to Countersign Act in Entra; then connect the Aid again.',
    )
  const surplus = [...new Set([...scopes, ...(granted ?? [])])].filter((scope) => !needed.includes(scope) && !openIdScopes.includes(scope))
  if (surplus.length > 0)
    return problem(
      act,
      `${seen} Beyond what the enabled actions need: ${surplus.join(', ')}.`,
      'Remove these permissions from Countersign Act in Entra.',
    )
  return ok(act, `${seen} Exactly the ${needed.length} that are needed.`)
}
