/** One action carried out and undone on a tenant of the emulator, as data: what is planted before, what is looked at after. */

export type Row = Readonly<Record<string, unknown>> & { readonly id: string }

/** A tenant of the emulator as a test arranges it and looks at it; collections are named as the emulator names them. */
export interface TripTenant {
  /** In the order of their ids, so that a case finds the same objects each time. */
  readonly rows: (path: string) => Promise<readonly Row[]>
  /** Puts an object there, in the place of one with its id. */
  readonly put: (path: string, row: Row) => Promise<void>
  readonly amend: (path: string, id: string, changes: Readonly<Record<string, unknown>>) => Promise<void>
  /** What Graph answers to somebody who may read everything. */
  readonly read: (path: string) => Promise<unknown>
}

/** What was planted: the action's input, and how the touched state is seen. */
export interface Planted {
  readonly input: Readonly<Record<string, unknown>>
  /** Object that a role may be scoped to, or that an administrative unit may hold. */
  readonly objects: readonly string[]
  readonly look: () => Promise<unknown>
}

export interface TripCase {
  readonly actionId: string
  /** What tells the cases of one action apart. */
  readonly about: string
  readonly plant: (tenant: TripTenant) => Promise<Planted>
  /** What `look` shows before, and after. */
  readonly shows: readonly [before: unknown, after: unknown]
  /** Collections in which it may change something. */
  readonly changes: readonly string[]
  /** Whether its steps can be undone; an action that never can says why by itself. */
  readonly undo: 'asBefore' | 'none'
  /** Properties that differ after an undo although nothing else does: ids and times that Graph gives anew. */
  readonly renewed?: readonly string[]
}

export function inOrder(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** A member of the organisation without roles, powers or duties in the tenant, another one for each number. */
export async function somebody(tenant: TripTenant, number: number): Promise<Row> {
  const people = await tenant.rows('users')
  const taken = new Set<unknown>([
    ...(await tenant.rows('roleManagement/directory/roleAssignments')).map((row) => row['principalId']),
    ...(await tenant.rows('roleManagement/directory/roleEligibilityScheduleInstances')).map((row) => row['principalId']),
    ...(await tenant.rows('applicationOwners')).map((row) => row['ownerId']),
    ...(await tenant.rows('groupOwners')).map((row) => row['ownerId']),
    ...(await tenant.rows('identityProtection/riskyUsers')).map((row) => row.id),
    ...(await membersOfGuardedGroups(tenant)),
  ])
  const plain = people.filter(
    (person) =>
      !taken.has(person.id) &&
      person['accountEnabled'] === true &&
      person['userType'] === 'Member' &&
      person['onPremisesSyncEnabled'] !== true &&
      !/^(ada|bo|cleo|aid|eve)@/.test(String(person['userPrincipalName'])),
  )
  return required(plain[number], `a person without roles, number ${number}`)
}

/** A guest who holds no role and owns nothing, another one for each number. */
export async function someGuest(tenant: TripTenant, number: number): Promise<Row> {
  const holders = new Set([
    ...(await tenant.rows('roleManagement/directory/roleAssignments')).map((row) => row['principalId']),
    ...(await tenant.rows('applicationOwners')).map((row) => row['ownerId']),
  ])
  const guarded = await membersOfGuardedGroups(tenant)
  const guests = (await tenant.rows('users')).filter(
    ({ id, userType, userPrincipalName }) =>
      userType === 'Guest' && String(userPrincipalName).includes('#EXT#') && !holders.has(id) && !guarded.includes(id),
  )
  return required(guests[number], `a guest without roles, number ${number}`)
}

async function membersOfGuardedGroups(tenant: TripTenant): Promise<readonly unknown[]> {
  const guarded = new Set((await tenant.rows('groups')).filter((group) => group['isAssignableToRole'] === true).map(({ id }) => id))
  return (await tenant.rows('groupMembers')).filter((row) => guarded.has(String(row['groupId']))).map((row) => row['memberId'])
}

export async function rowOf(tenant: TripTenant, path: string, id: string): Promise<Row> {
  return required(
    (await tenant.rows(path)).find((row) => row.id === id),
    `${path} ${id}`,
  )
}

export async function isThere(tenant: TripTenant, path: string, id: string): Promise<boolean> {
  return (await tenant.rows(path)).some((row) => row.id === id)
}

/** How many rows of a collection hold exactly these values. */
export async function countOf(tenant: TripTenant, path: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const rows = await tenant.rows(path)
  return rows.filter((row) => Object.entries(values).every(([name, value]) => row[name] === value)).length
}

export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The tenant has no ${what}.`)
  return value
}

const dayMs = 24 * 60 * 60 * 1000

/** A time that many days from now, in whole seconds. */
export function inDays(days: number): string {
  return new Date(Math.floor((Date.now() + days * dayMs) / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}
