import { randomUUID } from 'node:crypto'
import type { Exception } from '@countersign/core/api/exceptions.ts'
import type { Json } from '@countersign/core/digest.ts'
import { coverageOf } from '@countersign/core/posture/derived/conditional-access-coverage.ts'
import { conditionalAccessPolicies } from '@countersign/core/posture/facts/conditional-access-policies.ts'
import type { ReadFactId } from '@countersign/core/posture/facts.ts'
import { parseRows } from '@countersign/core/posture/parse.ts'
import { sameId } from '@countersign/core/posture/rows/graph-values.ts'
import { stands, type Declared, type DeclaredKind } from '@countersign/core/posture/settings.ts'
import { readDay } from '@countersign/core/posture/suppression.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { aidOf } from '../store/aid.ts'
import type { Store } from '../store/database.ts'
import { rowsWhere } from '../store/fact-lookups.ts'
import type { KeyedRow } from '../store/fact-rows.ts'
import { lastScanWith, readWhole, rowsByKey } from '../store/facts.ts'
import { appendEvent } from '../store/outbox.ts'
import { readSettings, writeSettings } from '../store/settings.ts'
import { readTx, writeTx, type ReadTx } from '../store/transaction.ts'

export type Declaring =
  | { readonly kind: 'declared'; readonly exception: Exception }
  | { readonly kind: 'badDay'; readonly problem: string }
  | { readonly kind: 'alreadyDeclared' }
  | { readonly kind: 'tooMany' }

/** A list that nobody can read through is no documentation. */
const atMost = 200

/** Every declared exception with the policies that leave it out and whether it still points to something, oldest first. */
export async function exceptionsOf(store: Store, principal: Principal, at: string): Promise<readonly Exception[]> {
  return readTx(store, principal, async (tx) => {
    const { settings } = await readSettings(tx)
    return shown(tx, settings.declared, at)
  })
}

/** How many there are, and how many of them have expired by this time. */
export async function declaredCounts(tx: ReadTx, at: string): Promise<{ readonly count: number; readonly expired: number }> {
  const { declared } = (await readSettings(tx)).settings
  return { count: declared.length, expired: declared.filter((entry) => !stands(entry, Date.parse(at))).length }
}

export async function declare(
  store: Store,
  owner: Principal,
  wanted: Pick<Declared, 'objectId' | 'kind' | 'reason'> & { readonly until?: string | undefined },
  at: string,
): Promise<Declaring> {
  const day = wanted.until === undefined ? undefined : readDay(wanted.until, Date.parse(at))
  if (day?.ok === false) return { kind: 'badDay', problem: day.problem }
  return writeTx(store, owner, async (tx) => {
    const stored = await readSettings(tx)
    const { declared } = stored.settings
    // What has expired is declared anew in its place.
    const others = declared.filter((entry) => entry.kind !== wanted.kind || !sameId(entry.objectId, wanted.objectId))
    if (declared.some((entry) => !others.includes(entry) && stands(entry, Date.parse(at)))) return { kind: 'alreadyDeclared' }
    if (others.length >= atMost) return { kind: 'tooMany' }
    const entry: Declared = {
      kind: wanted.kind,
      reason: wanted.reason,
      objectId: isGuid(wanted.objectId) ? wanted.objectId.toLowerCase() : wanted.objectId,
      id: randomUUID(),
      by: owner.objectId,
      byName: owner.displayName,
      at,
      ...(day?.ok ? { until: day.until } : {}),
    }
    await writeSettings(tx, { ...stored, settings: { ...stored.settings, declared: [...others, entry] } }, at)
    appendEvent(tx, 'settings.changed', entry.id, at)
    const [exception] = await shown(tx, [entry], at)
    if (!exception) throw new Error('A declared exception could not be shown.')
    return { kind: 'declared', exception }
  })
}

/** False where there is none with this id. */
export async function withdraw(store: Store, owner: Principal, id: string, at: string): Promise<boolean> {
  return writeTx(store, owner, async (tx) => {
    const stored = await readSettings(tx)
    const declared = stored.settings.declared.filter((entry) => entry.id !== id)
    if (declared.length === stored.settings.declared.length) return false
    await writeSettings(tx, { ...stored, settings: { ...stored.settings, declared } }, at)
    appendEvent(tx, 'settings.changed', id, at)
    return true
  })
}

async function shown(tx: ReadTx, declared: readonly Declared[], at: string): Promise<readonly Exception[]> {
  const gone = await goneIn(tx, declared)
  const aid = await aidOf(tx)
  const scanId = await lastScanWith(tx, conditionalAccessPolicies.id)
  const reading = scanId === undefined ? undefined : await readWhole(tx, scanId, conditionalAccessPolicies.id)
  const parsed = reading?.state === 'read' ? parseRows(conditionalAccessPolicies, reading.rows ?? []) : undefined
  const policies = parsed?.ok ? parsed.rows.map(coverageOf).filter(({ state }) => state === 'enabled') : null
  return declared.map((entry) => ({
    ...entry,
    until: entry.until ?? null,
    standing: stands(entry, Date.parse(at)) ? gone(entry) : 'expired',
    isAid: aid !== undefined && sameId(aid.objectId, entry.objectId),
    policies:
      policies
        ?.filter(({ people, excludedApplications }) =>
          [...(people?.excluded.users ?? []), ...(people?.excluded.groups ?? []), ...excludedApplications].some((left) =>
            sameId(left, entry.objectId),
          ),
        )
        .map(({ name }) => name) ?? null,
  }))
}

/** Where the objects of a kind are looked for, and by which member. */
const places = {
  user: { fact: 'users', member: 'id' },
  emergencyAccount: { fact: 'users', member: 'id' },
  serviceAccount: { fact: 'users', member: 'id' },
  roleHolder: { fact: 'users', member: 'id' },
  group: { fact: 'groups', member: 'id' },
  roleHolderGroup: { fact: 'groups', member: 'id' },
  application: { fact: 'servicePrincipals', member: 'appId' },
  guestUserType: undefined,
} as const satisfies Record<DeclaredKind, { readonly fact: ReadFactId; readonly member: string } | undefined>

/** Tells of each declaration whether the newest reading of such objects has its object. */
async function goneIn(tx: ReadTx, declared: readonly Declared[]): Promise<(entry: Declared) => 'stands' | 'gone' | 'notRead'> {
  const found = new Map<string, ReadonlySet<string> | undefined>()
  for (const { fact, member } of declared.flatMap(({ kind }) => places[kind] ?? [])) {
    if (found.has(fact)) continue
    const scanId = await lastScanWith(tx, fact)
    const ids = declared.filter(({ kind }) => places[kind]?.fact === fact).map(({ objectId }) => objectId)
    // What is asked for by its key is found without looking at every row.
    const look = (scan: string): Promise<KeyedRow[]> =>
      member === 'id' ? rowsByKey(tx, scan, fact, ids) : rowsWhere(tx, { scanId: scan, fact, where: { [member]: ids } })
    const rows = scanId === undefined ? undefined : await look(scanId)
    found.set(fact, rows && new Set(rows.map(({ row }) => textIn(row, member).toLowerCase())))
  }
  return ({ kind, objectId }) => {
    const place = places[kind]
    // Kinds of guests, and names that Microsoft gives to applications, are always there.
    if (!place || !isGuid(objectId)) return 'stands'
    const known = found.get(place.fact)
    if (!known) return 'notRead'
    return known.has(objectId.toLowerCase()) ? 'stands' : 'gone'
  }
}

function isGuid(id: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
}

function textIn(row: Json, member: string): string {
  const value = typeof row === 'object' && row !== null ? Object.entries(row).find(([name]) => name === member)?.[1] : undefined
  return typeof value === 'string' ? value : ''
}
