import type { PersonView } from '@countersign/core/api/people.ts'
import { factKey } from '@countersign/core/posture/fact.ts'
import { applicationOwners } from '@countersign/core/posture/facts/application-owners.ts'
import { groups } from '@countersign/core/posture/facts/groups.ts'
import { pimGroupEligibility } from '@countersign/core/posture/facts/pim-group-eligibility.ts'
import { roleGroupMembers } from '@countersign/core/posture/facts/role-group-members.ts'
import { users } from '@countersign/core/posture/facts/users.ts'
import { nameOr, sameId } from '@countersign/core/posture/rows/graph-values.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { accountsOf } from '../../engine/scan/people.ts'
import { applicationsWith } from '../../store/applications.ts'
import { rowsHolding, rowsWhere } from '../../store/fact-lookups.ts'
import { rowsByKey } from '../../store/facts.ts'
import { peopleJudgement, personById, type PeopleJudgement } from '../../store/people.ts'
import type { StoredPerson } from '../../store/people-tables.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { objectFindings } from './object-findings.ts'
import { personOffers } from './offers.ts'
import { personGraph } from './person-graph.ts'

const membersListed = 100

/** Anybody in the list of people, and every holder of a role; undefined for an id that the scan knows nothing of. */
export async function personView(tx: ReadTx, id: string, profile: Profile, locale: string): Promise<PersonView | undefined> {
  const judgement = await peopleJudgement(tx)
  if (!judgement) return undefined
  const { factsOf, sources } = judgement
  const account = (await accountsOf(tx, factsOf, [id], sources)).get(id.toLowerCase())
  const person = (await personById(tx, id)) ?? (await withoutRole(tx, factsOf, id, account))
  if (!person) return undefined
  const { holds, ...head } = person
  return {
    ...head,
    asOf: judgement.at,
    sources,
    createdAt: account?.createdAt ?? null,
    rolesNotKnown: judgement.notKnown,
    holds: holds.map((hold, place) => ({ ...hold, place })),
    graph: personGraph(person),
    groups: await groupsOf(tx, factsOf, person),
    members: person.kind === 'group' ? await membersOf(tx, factsOf, person.id) : { listed: [], unlisted: 0 },
    owns: await ownedBy(tx, judgement, person.id),
    findings: await objectFindings(tx, [person.id], profile, locale),
    offers: profile.act === 'on' ? await personOffers(tx, person) : [],
  }
}

/** Somebody who holds no role has a page all the same: owners of applications lead to it. */
async function withoutRole(
  tx: ReadTx,
  scanId: string,
  id: string,
  account: Awaited<ReturnType<typeof accountsOf>> extends ReadonlyMap<string, infer Account> ? Account | undefined : never,
): Promise<StoredPerson | undefined> {
  const [user] = (await rowsByKey(tx, scanId, 'users', [id, id.toLowerCase()])).map(({ row }) => users.row.parse(row))
  if (user && account) {
    const { kind, isSynced, isEnabled, methods, lastSignIn } = account
    const name = nameOr(user.displayName, user.id)
    return { id: user.id, name, userPrincipalName: user.userPrincipalName, kind, isSynced, isEnabled, methods, lastSignIn, holds: [] }
  }
  const [group] = (await rowsByKey(tx, scanId, 'groups', [id, id.toLowerCase()])).map(({ row }) => groups.row.parse(row))
  if (!group) return undefined
  const methods = { strength: 'notApplicable', names: [] } as const
  return {
    ...{ id: group.id, name: nameOr(group.displayName, group.id), userPrincipalName: '', kind: 'group' },
    ...{ isSynced: false, isEnabled: null, methods: { ...methods, names: [] }, lastSignIn: null, holds: [] },
  }
}

async function groupsOf(tx: ReadTx, scanId: string, { id }: StoredPerson): Promise<PersonView['groups']> {
  const found: { readonly id: string; readonly how: PersonView['groups'][number]['how']; readonly basis: string }[] = []
  for (const { key, row } of await rowsWhere(tx, { scanId, fact: 'roleGroupMembers', where: { id: [id] } }))
    found.push({ id: roleGroupMembers.row.parse(row).parentId, how: 'member', basis: factKey('roleGroupMembers', key) })
  for (const { key, row } of await rowsWhere(tx, { scanId, fact: 'pimGroupEligibility', where: { principalId: [id] } })) {
    const { groupId, accessId } = pimGroupEligibility.row.parse(row)
    found.push({ id: groupId, how: accessId === 'owner' ? 'owner' : 'mayJoin', basis: factKey('pimGroupEligibility', key) })
  }
  for (const { key, row } of await rowsWhere(tx, { scanId, fact: 'roleGroupOwners', where: { id: [id] } }))
    found.push({ id: roleGroupMembers.row.parse(row).parentId, how: 'owner', basis: factKey('roleGroupOwners', key) })
  const names = await groupNames(
    tx,
    scanId,
    found.map((one) => one.id),
  )
  return found
    .map(({ id: groupId, how, basis }) => ({ id: groupId, name: names.get(groupId.toLowerCase()) ?? groupId, how, basis }))
    .sort((left, right) => left.name.localeCompare(right.name))
}

/** Names of groups from the list of groups, and of those that hold a role from the list of holders. */
async function groupNames(tx: ReadTx, scanId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsByKey(tx, scanId, 'groups', [...new Set(ids.flatMap((id) => [id, id.toLowerCase()]))])
  const names = new Map(rows.map(({ row }) => groups.row.parse(row)).map((row) => [row.id.toLowerCase(), nameOr(row.displayName, row.id)]))
  for (const id of ids.map((one) => one.toLowerCase())) {
    const holder = names.has(id) ? undefined : await personById(tx, id)
    if (holder) names.set(id, holder.name)
  }
  return names
}

async function membersOf(tx: ReadTx, scanId: string, id: string): Promise<PersonView['members']> {
  const where = { parentId: [...new Set([id, id.toLowerCase()])] }
  const listed: PersonView['members']['listed'] = []
  for (const [fact, how] of [
    ['roleGroupOwners', 'owner'],
    ['roleGroupMembers', 'member'],
  ] as const)
    for (const { key, row } of await rowsWhere(tx, { scanId, fact, where })) {
      const member = roleGroupMembers.row.parse(row)
      listed.push({ id: member.id, name: nameOr(member.displayName, member.id), how, basis: factKey(fact, key) })
    }
  for (const { key, row } of await rowsWhere(tx, { scanId, fact: 'pimGroupEligibility', where })) {
    const { principalId, principal, accessId } = pimGroupEligibility.row.parse(row)
    const how = accessId === 'owner' ? 'owner' : 'mayJoin'
    listed.push({
      id: principalId,
      name: nameOr(principal?.displayName ?? null, principalId),
      how,
      basis: factKey('pimGroupEligibility', key),
    })
  }
  return { listed: listed.slice(0, membersListed), unlisted: Math.max(0, listed.length - membersListed) }
}

async function ownedBy(tx: ReadTx, { factsOf: scanId }: PeopleJudgement, id: string): Promise<PersonView['owns']> {
  const owned: { readonly id: string; readonly through: PersonView['owns'][number]['through'] }[] = []
  for (const [fact, through] of [
    ['applicationOwners', 'application'],
    ['servicePrincipalOwners', 'servicePrincipal'],
  ] as const)
    for (const { row } of await rowsHolding(tx, { scanId, fact }, [JSON.stringify(id)])) {
      // Both facts have rows of one shape: an object with its owners.
      const parsed = applicationOwners.row.parse(row)
      if (parsed.owners.some((owner) => sameId(owner.id, id))) owned.push({ id: parsed.id, through })
    }
  const lines = await applicationsWith(
    tx,
    owned.map((one) => one.id),
  )
  return owned.map(({ id: ownedId, through }) => {
    const line = lines.find((one) => sameId(through === 'application' ? (one.registrationId ?? '') : one.id, ownedId))
    const basis = factKey(through === 'application' ? 'applicationOwners' : 'servicePrincipalOwners', ownedId)
    return { id: line?.id ?? null, name: line?.name ?? ownedId, through, score: line?.score ?? null, level: line?.level ?? null, basis }
  })
}
