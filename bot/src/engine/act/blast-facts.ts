import type { Effect } from '@countersign/core/actions/blast/effects.ts'
import {
  countedFrom,
  isRows,
  type BlastFacts,
  type Count,
  type Counts,
  type FactRows,
  type Unread,
} from '@countersign/core/actions/blast/facts.ts'
import { policyChecks } from '@countersign/core/actions/blast/policies.ts'
import { baselineOf } from '@countersign/core/posture/baselines.ts'
import { defaultBaseline } from '@countersign/core/posture/baselines/default.ts'
import { factOf, facts as allFacts, type FactRow, type ReadFactId } from '@countersign/core/posture/facts.ts'
import { neededFacts } from '@countersign/core/posture/judge-facts.ts'
import { parseRows } from '@countersign/core/posture/parse.ts'
import { withDeclared } from '@countersign/core/posture/settings.ts'
import { aidOf } from '../../store/aid.ts'
import { countRowsWhere, rowsHolding, rowsWhere, type FactPart } from '../../store/fact-lookups.ts'
import type { KeyedRow } from '../../store/fact-rows.ts'
import { factReads, readWhole, rowsByKey, type FactRead } from '../../store/facts.ts'
import type { StoredScan } from '../../store/scans.ts'
import { readSettings } from '../../store/settings.ts'
import { ownIdentity } from '../scan/own-identity.ts'
import type { ReadTx } from '../../store/transaction.ts'

const roleFacts = [
  'subscribedSkus',
  'roleDefinitions',
  'roleAssignments',
  'roleEligibility',
  'roleAssignmentSchedules',
  'roleGroupMembers',
  'pimGroupEligibility',
] as const
const policyFacts: readonly ReadFactId[] = allFacts.map(({ id }) => id).filter((id) => neededFacts(policyChecks).has(id))

/** Reads what the rules need to know of exactly these objects from the facts of one scan. */
export async function gatherFacts(
  tx: ReadTx,
  scan: StoredScan,
  effects: readonly Effect[],
  { now, signIns }: Pick<BlastFacts, 'now' | 'signIns'>,
): Promise<BlastFacts> {
  const stored = await readSettings(tx)
  const settings = withDeclared({ ...stored.settings, own: await ownIdentity(tx) }, now)
  const aid = await aidOf(tx)
  const gathering = startGathering(tx, scan.factsOf, await factReads(tx, scan.factsOf))
  const has = (...kinds: readonly Effect['kind'][]): boolean => effects.some(({ kind }) => kinds.includes(kind))
  const isPolicy = has('policyState', 'policyCreated')

  if (isPolicy || has('signIn', 'role', 'member')) for (const fact of roleFacts) await gathering.whole(fact)
  if (isPolicy) for (const fact of [...policyFacts, 'authenticationStrengths'] as const) await gathering.whole(fact)
  if (has('member')) await gathering.whole('conditionalAccessPolicies')

  const named = [tx.personId, ...(aid ? [aid.objectId] : []), ...settings.exclusions.users, ...effects.flatMap(peopleOf)]
  const owners = await gatherOwned(gathering, effects)
  const people = [...named, ...owners, ...roleHolders(gathering.rows())]
  if (isPolicy || has('signIn', 'role', 'member')) await gathering.byKey('users', people)
  if (isPolicy) {
    await gathering.byKey('registrationDetails', people)
    await gathering.byKey('groups', groupsOfPolicies(gathering.rows()))
    await gathering.count('enabledPeople', { accountEnabled: [true] })
  }
  await gatherGroups(gathering, effects)
  await gatherApplications(gathering, effects)
  for (const effect of effects) {
    if (effect.kind !== 'setting') continue
    if (effect.setting === 'invitations') await gathering.count('guests', { userType: ['Guest'] })
    else await gathering.count('consentedApplications', { consentType: ['Principal'] }, 'clientId')
  }
  return {
    asOf: scan.factsAsOf ?? scan.finishedAt ?? scan.startedAt,
    now,
    settings,
    baseline: baselineOf(stored.baselineId) ?? defaultBaseline,
    rows: gathering.rows(),
    counts: gathering.counts(),
    signIns,
    requesterId: tx.personId,
    aid: aid ? { id: aid.objectId, userPrincipalName: aid.userPrincipalName } : null,
  }
}

interface Gathering {
  readonly whole: (fact: ReadFactId) => Promise<void>
  readonly byKey: (fact: ReadFactId, keys: readonly string[]) => Promise<void>
  readonly holding: (fact: ReadFactId, texts: readonly string[]) => Promise<void>
  readonly where: (fact: ReadFactId, where: FactPart['where']) => Promise<void>
  readonly count: (name: keyof Counts, where: FactPart['where'], distinct?: string) => Promise<void>
  /** What is known so far; rows of several looks at one fact come together. */
  readonly rows: () => FactRows
  readonly list: <Id extends ReadFactId>(fact: Id) => readonly FactRow<Id>[]
  readonly counts: () => Partial<Counts>
}

function startGathering(tx: ReadTx, scanId: string, reads: readonly FactRead[]): Gathering {
  const found = new Map<ReadFactId, Map<string, KeyedRow['row']> | Unread>()
  const counts: Partial<Record<keyof Counts, Count>> = {}
  let rows: FactRows = {}

  function unread(fact: ReadFactId): Unread | undefined {
    const read = reads.find((each) => each.fact === fact)
    if (read?.state === 'read') return undefined
    return { unread: read?.reason ?? 'notYet', detail: read?.detail ?? '' }
  }

  async function look(fact: ReadFactId, get: () => Promise<readonly KeyedRow[]>): Promise<void> {
    const missing = unread(fact)
    const before = found.get(fact)
    const all = before instanceof Map ? before : new Map<string, KeyedRow['row']>()
    if (!missing) for (const { key, row } of await get()) all.set(key, row)
    found.set(fact, missing ?? all)
    rows = { ...rows, [fact]: missing ?? parsed(fact, [...all.values()]) }
  }

  return {
    whole: (fact) =>
      look(fact, async () => {
        const reading = await readWhole(tx, scanId, fact)
        return reading.state === 'read' ? reading.rows.map((row, index) => ({ key: String(index), row })) : []
      }),
    // Graph writes ids in lower case, a person who copies one may not.
    byKey: (fact, keys) => look(fact, () => rowsByKey(tx, scanId, fact, [...new Set(keys.flatMap((key) => [key, key.toLowerCase()]))])),
    holding: (fact, texts) => look(fact, () => rowsHolding(tx, { scanId, fact }, texts)),
    where: (fact, where = {}) => look(fact, () => rowsWhere(tx, { scanId, fact, where })),
    async count(name, where = {}, distinct) {
      const fact = countedFrom[name]
      const missing = unread(fact)
      counts[name] = missing ? { ...missing, fact } : await countRowsWhere(tx, { scanId, fact, where }, distinct)
    },
    rows: () => rows,
    list(fact) {
      const known: readonly FactRow<typeof fact>[] | Unread | undefined = rows[fact]
      return known && isRows(known) ? known : []
    },
    counts: () => counts,
  }
}

function parsed(id: ReadFactId, rows: readonly unknown[]): readonly unknown[] | Unread {
  const fact = factOf(id)
  if (!fact) throw new Error(`The fact ${id} is not in the list of facts.`)
  const answer = parseRows(fact, rows)
  return answer.ok ? answer.rows : { unread: 'shape', detail: answer.detail }
}

function peopleOf(effect: Effect): readonly string[] {
  if (effect.kind === 'signIn' || effect.kind === 'member') return [effect.user.id]
  return effect.kind === 'role' ? [effect.principalId] : []
}

/** Whoever holds a role, by themselves or through a group. */
function roleHolders(rows: FactRows): readonly string[] {
  const ids = <Row>(known: readonly Row[] | Unread | undefined, idOf: (row: Row) => string): readonly string[] =>
    known && isRows(known) ? known.map(idOf) : []
  return [
    ...ids(rows.roleAssignments, ({ principalId }) => principalId),
    ...ids(rows.roleEligibility, ({ principalId }) => principalId),
    ...ids(rows.roleGroupMembers, ({ id }) => id),
    ...ids(rows.pimGroupEligibility, ({ principalId }) => principalId),
  ]
}

function groupsOfPolicies({ conditionalAccessPolicies: policies }: FactRows): readonly string[] {
  return policies && isRows(policies) ? policies.flatMap(({ conditions }) => conditions.users?.includeGroups ?? []) : []
}

/** What the people own who would no longer sign in, and who else owns it. */
async function gatherOwned(gathering: Gathering, effects: readonly Effect[]): Promise<readonly string[]> {
  const stopped = effects.flatMap((effect) => (effect.kind === 'signIn' && effect.how !== 'hindered' ? [effect.user.id] : []))
  if (stopped.length === 0) return []
  await gathering.holding('applicationOwners', stopped)
  await gathering.holding('servicePrincipalOwners', stopped)
  const [registrations, principals] = [gathering.list('applicationOwners'), gathering.list('servicePrincipalOwners')]
  await gathering.byKey(
    'applications',
    registrations.map(({ id }) => id),
  )
  await gathering.byKey(
    'servicePrincipals',
    principals.map(({ id }) => id),
  )
  const appIds = gathering.list('applications').map(({ appId }) => appId)
  if (appIds.length > 0) await gathering.where('servicePrincipals', { appId: appIds })
  await gatherPermissions(
    gathering,
    gathering.list('servicePrincipals').map(({ id }) => id),
    [],
  )
  return [...registrations, ...principals].flatMap(({ owners }) => owners.map(({ id }) => id))
}

/** Permissions of these enterprise applications, those in people’s names for some of them only, and the applications that offer them. */
async function gatherPermissions(gathering: Gathering, ids: readonly string[], delegatedOf: readonly string[]): Promise<void> {
  await gathering.where('appRoleAssignments', { principalId: ids })
  await gathering.where('oauth2PermissionGrants', { clientId: delegatedOf })
  const resources = [...gathering.list('appRoleAssignments'), ...gathering.list('oauth2PermissionGrants')]
  await gathering.byKey(
    'servicePrincipals',
    resources.map(({ resourceId }) => resourceId),
  )
}

async function gatherGroups(gathering: Gathering, effects: readonly Effect[]): Promise<void> {
  const groups = effects.flatMap((effect) => (effect.kind === 'member' ? [effect.groupId] : []))
  if (groups.length === 0) return
  await gathering.where('appRoleAssignments', { principalId: groups })
  await gathering.byKey(
    'servicePrincipals',
    gathering.list('appRoleAssignments').map(({ resourceId }) => resourceId),
  )
}

async function gatherApplications(gathering: Gathering, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) {
    if (effect.kind !== 'application') continue
    const { qualifier: appId, id, type } = effect.application
    if (type === 'servicePrincipal') await gathering.byKey('servicePrincipals', [id])
    else {
      await gathering.byKey('applications', [id])
      await gathering.where('servicePrincipals', { appId: [appId] })
    }
    const ids = gathering.list('servicePrincipals').map((principal) => principal.id)
    await gatherPermissions(gathering, ids, ids)
    await gathering.count('assignedPeople', { resourceId: ids, principalType: ['User'] }, 'principalId')
    await gathering.count('assignedGroups', { resourceId: ids, principalType: ['Group'] }, 'principalId')
  }
}
