import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { Offer } from '@countersign/core/api/offers.ts'
import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'
import { appRoleAssignments } from '@countersign/core/posture/facts/app-role-assignments.ts'
import { isEnabled } from '../../store/action-switches.ts'
import { rowsByKey } from '../../store/facts.ts'
import type { StoredPerson } from '../../store/people-tables.ts'
import type { ReadTx } from '../../store/transaction.ts'

interface Wanted {
  readonly actionId: string
  readonly about: string
  readonly input: Readonly<Record<string, string>>
}

/** Actions whose input these are, as far as the catalogue takes it: an id that it would refuse is not offered. */
async function offered(tx: ReadTx, wanted: readonly Wanted[]): Promise<Offer[]> {
  const switches = new Map<string, boolean>()
  for (const actionId of new Set(wanted.map((one) => one.actionId))) switches.set(actionId, await isEnabled(tx, actionId))
  return wanted.flatMap(({ actionId, about, input }) => {
    const action = findAction(actionId)
    if (!action?.inputSchema.safeParse(input).success) return []
    return { actionId, title: action.title, about, input, impact: action.impact, isOn: switches.get(actionId) ?? false }
  })
}

/**
 * What the Aid can do about an application: block it, take away what has ended, and take away what it may do. A credential that still works is
 * never offered for removal.
 */
export async function applicationOffers(tx: ReadTx, scanId: string, evidence: ApplicationEvidence, now: number): Promise<Offer[]> {
  const { id: servicePrincipalId, registrationId, isEnabled: isOn, credentials, permissions } = evidence
  const wanted: Wanted[] = [
    { actionId: isOn ? 'block-service-principal' : 'unblock-service-principal', about: '', input: { servicePrincipalId } },
  ]
  for (const { kind, holder, keyId, endsAt } of credentials) {
    if (endsAt === null || endsAt > now) continue
    if (holder === 'servicePrincipal' && kind === 'secret')
      wanted.push({ actionId: 'remove-service-principal-secret', about: keyId, input: { servicePrincipalId, keyId } })
    if (holder === 'application' && kind !== 'federated' && registrationId !== null)
      wanted.push({
        actionId: kind === 'secret' ? 'remove-app-secret' : 'remove-app-certificate',
        about: keyId,
        input: { applicationId: registrationId, keyId },
      })
  }
  const assigned = permissions.filter(({ kind }) => kind === 'application').map(({ basis }) => keyIn(basis, 'appRoleAssignments'))
  const rows = await rowsByKey(
    tx,
    scanId,
    'appRoleAssignments',
    assigned.flatMap((key) => key ?? []),
  )
  for (const { key, row } of rows) {
    const { resourceId } = appRoleAssignments.row.parse(row)
    wanted.push({ actionId: 'remove-app-role', about: `appRoleAssignments/${key}`, input: { resourceId, assignmentId: key } })
  }
  const grants = permissions.flatMap(({ kind, consent, basis }) => (kind === 'delegated' && consent !== 'people' ? [basis] : []))
  for (const basis of new Set(grants)) {
    const grantId = keyIn(basis, 'oauth2PermissionGrants')
    if (grantId !== undefined) wanted.push({ actionId: 'remove-delegated-grant', about: basis, input: { grantId } })
  }
  return offered(tx, wanted)
}

/** What the Aid can do about a person, and about each way to a role: end it where it is given, or leave the group through which it comes. */
export async function personOffers(tx: ReadTx, person: Pick<StoredPerson, 'id' | 'kind' | 'isEnabled' | 'holds'>): Promise<Offer[]> {
  const { id, kind, isEnabled: isOn, holds } = person
  const isPerson = kind === 'member' || kind === 'guest'
  const wanted: Wanted[] = []
  if (isPerson) {
    wanted.push({ actionId: isOn === false ? 'enable-user' : 'disable-user', about: '', input: { userId: id } })
    wanted.push({ actionId: 'revoke-sessions', about: '', input: { userId: id } })
    if (isOn !== false) wanted.push({ actionId: 'require-password-change', about: '', input: { userId: id } })
  }
  if (kind === 'guest') wanted.push({ actionId: 'delete-guest', about: '', input: { userId: id } })
  for (const [place, hold] of holds.entries()) {
    const about = String(place)
    const last = hold.via.at(-1)
    const ending = { principalId: id, roleDefinitionId: hold.roleId, directoryScopeId: hold.scope ?? '' }
    const assignmentId = hold.basis.flatMap((key) => keyIn(key, 'roleAssignments') ?? [])[0]
    if (last) {
      const isMember = hold.basis.at(-1)?.startsWith('roleGroupMembers/') === true
      if (isPerson && isMember) wanted.push({ actionId: 'remove-group-member', about, input: { groupId: last.id, memberId: id } })
    } else if (!hold.isActive) wanted.push({ actionId: 'end-eligible-role', about, input: ending })
    else if (hold.until !== null) wanted.push({ actionId: 'end-active-role', about, input: ending })
    else if (assignmentId !== undefined) wanted.push({ actionId: 'remove-role-assignment', about, input: { assignmentId } })
  }
  return offered(tx, wanted)
}

function keyIn(basis: string, fact: string): string | undefined {
  return basis.startsWith(`${fact}/`) ? basis.slice(fact.length + 1) : undefined
}
