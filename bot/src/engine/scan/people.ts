import type { PersonLine } from '@countersign/core/api/people.ts'
import type { PrivilegedPrincipal } from '@countersign/core/posture/derived/privileged-principals.ts'
import type { Fact, Reading } from '@countersign/core/posture/fact.ts'
import { registrationDetails } from '@countersign/core/posture/facts/registration-details.ts'
import { userSignInActivity } from '@countersign/core/posture/facts/user-sign-in-activity.ts'
import { users } from '@countersign/core/posture/facts/users.ts'
import { resistsPhishing } from '@countersign/core/posture/rules/sign-in-methods.ts'
import { factReads, rowsByKey, type FactRead } from '../../store/facts.ts'
import { peopleJudgement, putPeople } from '../../store/people.ts'
import type { PeopleSources, StoredPerson } from '../../store/people-tables.ts'
import type { ReadTx, WriteTx } from '../../store/transaction.ts'

/** What a judgement knows of holders of directory roles, as of a time. */
export interface JudgedPeople {
  readonly reading: Reading<PrivilegedPrincipal>
  /** Milliseconds since 1970, UTC. */
  readonly now: number
}

/** What the list says of a holder beside the roles, and the fact that it comes from. */
const sourceFacts = { accounts: users, methods: registrationDetails, signIns: userSignInActivity } as const
type SourceId = keyof typeof sourceFacts
const sourceIds = ['accounts', 'methods', 'signIns'] as const satisfies readonly SourceId[]

/**
 * Keeps who holds which role in place of what was known before. While a scan goes on, nothing changes as long as something that the list shows
 * is still waited for: a figure that was read must not give way to one that was not.
 */
export async function keepPeople(
  tx: WriteTx,
  { reading, now }: JudgedPeople,
  scan: { readonly factsOf: string; readonly isFinal: boolean },
): Promise<void> {
  const sources = sourcesOf(await factReads(tx, scan.factsOf))
  const waits = reading.state === 'unread' || sources.some(({ notKnown }) => notKnown?.reason === 'notYet')
  if (waits && !scan.isFinal && (reading.state === 'unread' || (await peopleJudgement(tx)))) return
  const notKnown = reading.state === 'unread' ? { reason: reading.reason, detail: reading.detail } : null
  const people = reading.state === 'read' ? await peopleOf(tx, scan.factsOf, reading.rows, sources) : []
  await putPeople(tx, { factsOf: scan.factsOf, at: new Date(now).toISOString(), notKnown, sources }, people)
}

export function sourcesOf(reads: readonly FactRead[]): PeopleSources {
  return sourceIds.map((source) => {
    const fact: Fact = sourceFacts[source]
    const read = reads.find((known) => known.fact === fact.id)
    if (read?.state === 'read') return { source, notKnown: null }
    if (read?.state === 'unread') return { source, notKnown: { reason: read.reason ?? 'graph', detail: read.detail } }
    return { source, notKnown: { reason: 'notYet', detail: `${fact.source.path} was not read.` } }
  })
}

async function peopleOf(
  tx: ReadTx,
  scanId: string,
  principals: readonly PrivilegedPrincipal[],
  sources: PeopleSources,
): Promise<StoredPerson[]> {
  const names = new Map(principals.map(({ id, name }) => [id.toLowerCase(), name]))
  const ids = principals.filter(({ type }) => type === 'user').map(({ id }) => id)
  const accounts = await accountsOf(tx, scanId, ids, sources)
  return principals.map((principal) => {
    const { id, name, userPrincipalName, type, holds } = principal
    return {
      ...{ id, name, userPrincipalName },
      ...(type === 'user' ? shownOf(accounts.get(id.toLowerCase()) ?? accountOf({}, sources)) : { ...noAccount, kind: type }),
      holds: holds.map(({ via, basis, ...hold }) => {
        return { ...hold, via: via.map((group) => ({ id: group, name: names.get(group.toLowerCase()) ?? group })), basis: [...basis] }
      }),
    }
  })
}

function shownOf({ kind, isSynced, isEnabled, methods, lastSignIn }: Account): Account {
  return { kind, isSynced, isEnabled, methods, lastSignIn }
}

export type Account = Pick<PersonLine, 'kind' | 'isSynced' | 'isEnabled' | 'methods' | 'lastSignIn'>
const noAccount = {
  isSynced: false,
  isEnabled: null,
  methods: { strength: 'notApplicable', names: [] },
  lastSignIn: null,
} as const satisfies Omit<Account, 'kind'>

/** What the stored facts say of these accounts, by id in lower case. */
export async function accountsOf(
  tx: ReadTx,
  scanId: string,
  ids: readonly string[],
  sources: PeopleSources,
): Promise<ReadonlyMap<string, Account & { readonly createdAt: string | null; readonly found: boolean }>> {
  const rowsOf = async <Row>(fact: Fact<string, Row>, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> => {
    const found = await rowsByKey(tx, scanId, fact.id, [...new Set(keys.flatMap((key) => [key, key.toLowerCase()]))])
    return new Map(found.map(({ key, row }) => [key.toLowerCase(), fact.row.parse(row)]))
  }
  const accounts = new Map<string, ReturnType<typeof accountOf>>()
  for (let from = 0; from < ids.length; from += 1000) {
    const part = ids.slice(from, from + 1000)
    const people = await rowsOf(users, part)
    const methods = await rowsOf(registrationDetails, part)
    const signIns = await rowsOf(userSignInActivity, part)
    for (const id of part.map((one) => one.toLowerCase()))
      accounts.set(id, accountOf({ user: people.get(id), methods: methods.get(id), signIn: signIns.get(id) }, sources))
  }
  return accounts
}

type RowOf<F> = F extends Fact<string, infer Row> ? Row : never
interface AccountRows {
  readonly user?: RowOf<typeof users> | undefined
  readonly methods?: RowOf<typeof registrationDetails> | undefined
  readonly signIn?: RowOf<typeof userSignInActivity> | undefined
}

function accountOf(
  { user, methods, signIn }: AccountRows,
  sources: PeopleSources,
): Account & { readonly createdAt: string | null; readonly found: boolean } {
  const isRead = (wanted: SourceId): boolean => sources.some(({ source, notKnown }) => source === wanted && notKnown === null)
  const names = [...(methods?.methodsRegistered ?? [])].sort()
  const strength = names.some(resistsPhishing) ? 'phishingResistant' : methods?.isMfaCapable === true ? 'mfa' : 'none'
  return {
    kind: user?.userType?.toLowerCase() === 'guest' ? 'guest' : 'member',
    isSynced: user?.onPremisesSyncEnabled === true,
    isEnabled: user?.accountEnabled ?? null,
    // The report leaves out accounts that are blocked: whoever is not in it has no known methods.
    methods: isRead('methods') && methods ? { strength, names } : { strength: 'notRead', names: [] },
    lastSignIn: signIn?.signInActivity?.lastSuccessfulSignInDateTime ?? signIn?.signInActivity?.lastSignInDateTime ?? null,
    createdAt: user?.createdDateTime ?? null,
    found: user !== undefined,
  }
}
