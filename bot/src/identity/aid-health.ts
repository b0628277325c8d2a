import { conditionalAccessPolicies } from '@countersign/core/posture/facts/conditional-access-policies.ts'
import { namedLocations } from '@countersign/core/posture/facts/named-locations.ts'
import { roleGroupMembers } from '@countersign/core/posture/facts/role-group-members.ts'
import { parseRows } from '@countersign/core/posture/parse.ts'
import { policiesThatStop, stopKinds, type StopKind, type StoppingPolicy } from '@countersign/core/posture/rules/policies-that-stop.ts'
import type { AidHealth, StoredAid } from '../store/aid.ts'
import { lastScanWith, readWhole } from '../store/facts.ts'
import type { ReadTx } from '../store/transaction.ts'
import type { NeedsSignIn } from './entra-client.ts'
import { refusalOf, type RefusalKind } from './sign-in-refusals.ts'

/** What the Aid asks tokens for, whichever client it is. */
const graphAppId = '00000003-0000-0000-c000-000000000000'

/** A good exchange ends a lost sign-in, and says nothing about roles. */
export function healthAfterToken(aid: StoredAid): AidHealth {
  const { state, detail, reason, policy } = aid
  return state === 'needsSignIn' || state === 'disabled'
    ? { state: 'connected', detail: null, reason: null, policy: null }
    : { state, detail, reason, policy }
}

/** What a refusal makes of the Aid, with the policies behind it as the last scan read them. */
export async function healthAfterRefusal(tx: ReadTx, aid: StoredAid, refusal: NeedsSignIn): Promise<AidHealth> {
  const { kind, sentence } = refusalOf(refusal.code)
  // Without a number there was no token to renew: what took it away is already known.
  if (refusal.code === '' && (aid.state === 'needsSignIn' || aid.state === 'disabled'))
    return { state: aid.state, detail: aid.detail, reason: aid.reason, policy: aid.policy }
  const state = kind === 'disabled' || kind === 'noAccount' ? 'disabled' : 'needsSignIn'
  if (!isStop(kind)) return { state, detail: sentence, reason: kind, policy: null }
  const behind = await policiesBehind(tx, aid, kind, refusal.policyIds)
  const { policy, because } = behind === 'notScanned' ? notScanned : told(behind, refusal.policyIds)
  return { state, detail: `${sentence} ${because}`, reason: kind, policy }
}

const notScanned = { policy: null, because: 'No scan has read the policies of the tenant yet, so none can be named.' }

function told(policies: readonly StoppingPolicy[], named: readonly string[]): { readonly policy: string | null; readonly because: string } {
  const certain = policies.filter(({ isCertain }) => isCertain)
  const shown = certain.length > 0 ? certain : policies
  if (shown.length === 0) {
    const also = named.length > 0 ? ` The sign-in service names the policy ${named.join(', ')}: scan again to see it by its name.` : ''
    return { policy: null, because: `No policy that the last scan read explains it.${also}` }
  }
  const policy = shown.map(({ name }) => name).join('; ')
  const each = shown.map(({ name, how }) => `“${name}”, which ${how}`)
  const because = shown.length === 1 && certain.length === 1 ? `The policy is ${each.join('')}.` : `Probably: ${each.join('; ')}.`
  return { policy, because }
}

function isStop(kind: RefusalKind): kind is StopKind {
  return stopKinds.some((known) => known === kind)
}

async function policiesBehind(
  tx: ReadTx,
  aid: StoredAid,
  kind: StopKind,
  named: readonly string[],
): Promise<readonly StoppingPolicy[] | 'notScanned'> {
  const scanId = await lastScanWith(tx, conditionalAccessPolicies.id)
  if (scanId === undefined) return 'notScanned'
  const policies = parseRows(conditionalAccessPolicies, rowsOf(await readWhole(tx, scanId, conditionalAccessPolicies.id)))
  if (!policies.ok) return 'notScanned'
  const locations = parseRows(namedLocations, rowsOf(await readWhole(tx, scanId, namedLocations.id)))
  const members = parseRows(roleGroupMembers, rowsOf(await readWhole(tx, scanId, roleGroupMembers.id)))
  const account = {
    id: aid.objectId,
    groupIds: members.ok ? members.rows.filter(({ id }) => id.toLowerCase() === aid.objectId).map(({ parentId }) => parentId) : [],
    roleIds: aid.roles,
    appIds: [graphAppId],
  }
  const found = policiesThatStop(policies.rows, locations.ok ? locations.rows : [], account, kind)
  // The sign-in service may name the policies itself, by id.
  const exact = found.filter(({ id }) => named.some((other) => other.toLowerCase() === id.toLowerCase()))
  return exact.length > 0 ? exact.map((policy) => ({ ...policy, isCertain: true })) : found
}

function rowsOf(reading: Awaited<ReturnType<typeof readWhole>>): readonly unknown[] {
  return reading.state === 'read' ? (reading.rows ?? []) : []
}
