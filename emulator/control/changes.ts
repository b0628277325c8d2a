import { z } from 'zod'
import { graphTime } from '../signin/consent.ts'
import { DELETED, removeObject, restoreObject } from '../tenants/deleted.ts'
import { GeneratedRows } from '../tenants/generated-rows.ts'
import { guidFor, pick, randomStream } from '../tenants/random.ts'
import { firstPartyApps } from '../tenants/reference.ts'
import { collection, put } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { changePlans } from './change-plans.ts'
import type { ChangePlan, Hand } from './change-plans.ts'
import { done, parseBody } from './outcome.ts'
import type { Outcome } from './outcome.ts'

export const changeKinds = ['edit', 'add', 'delete', 'restore', 'grant'] as const
export type ChangeKind = (typeof changeKinds)[number]

export interface ChangeOptions {
  readonly seed: number
  /** Of the objects of each collection, 0 to 1; where there is a share, at least one object changes. */
  readonly share: number
  /** What may happen; `grant` covers grants, application permissions and roles, whatever happens to them. */
  readonly kinds?: readonly ChangeKind[] | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

export type ChangeCounts = Record<string, Record<'edit' | 'add' | 'delete' | 'restore', number>>

const DAY_MS = 86_400_000
/** The people whom demonstrations and tests know by name are left as they are. */
const named = new Set(['ada', 'bo', 'cleo', 'dan', 'erik', 'gia', 'aid', 'eve', 'emergency-1', 'emergency-2'])
const microsofts = new Set(firstPartyApps.map((app) => app.appId))

/** What changes made in each tenant: only these, among later additions, may change again. */
const made = new WeakMap<Tenant, Set<string>>()

/** Changes a share of a tenant at random: the same seed on the same tenant does the same. Every change is as if an administrator had made it. */
export function changeTenant(tenant: Tenant, options: ChangeOptions): ChangeCounts {
  const random = randomStream(`changes/${tenant.id}/${options.seed}`)
  const mine = made.get(tenant) ?? new Set<string>()
  made.set(tenant, mine)
  const kinds = new Set(options.kinds ?? changeKinds)
  const fixed = fixedPrincipals(tenant, mine)
  const counts: ChangeCounts = {}
  const moment = (days: number): string => graphTime(options.now + days * DAY_MS)
  let serial = 0

  for (const plan of changePlans) {
    const rows = collection(tenant, plan.path)
    if (plan.isGrant && !kinds.has('grant')) continue
    const doable = (['edit', 'edit', 'edit', 'add', 'delete', 'restore'] as const).filter(
      (kind) =>
        (plan.isGrant || kinds.has(kind)) &&
        (kind === 'delete' || kind === 'restore' ? plan.isDeletable && (kind === 'delete' || !plan.isGrant) : plan[kind] !== undefined),
    )
    if (doable.length === 0 || options.share === 0) continue
    const picker = pickerOf(tenant, random)
    const count = { edit: 0, add: 0, delete: 0, restore: 0 }
    counts[plan.path] = count
    for (let left = Math.max(1, Math.round(rows.size * options.share)); left > 0; left -= 1) {
      const number = mine.size * 1000 + (serial += 1)
      const hand: Hand = {
        tenant,
        random,
        number,
        freshId: () => guidFor(`${tenant.id}/changes/${options.seed}/${number}/${random()}`),
        inDays: moment,
        any: (path) => picker(path),
      }
      const kind = pick(random, doable)
      if (changeOne(plan, kind, hand, picker(plan.path), fixed, mine, options.now)) count[kind] += 1
    }
  }
  return counts
}

function changeOne(
  plan: ChangePlan,
  kind: 'edit' | 'add' | 'delete' | 'restore',
  hand: Hand,
  row: Row | undefined,
  fixed: ReadonlySet<string>,
  mine: Set<string>,
  now: number,
): boolean {
  const { tenant, random } = hand
  if (kind === 'add') {
    const added = plan.add?.(hand)
    if (added) mine.add(put(tenant, plan.path, added).id)
    return added !== undefined
  }
  if (kind === 'restore') {
    const waiting = [...collection(tenant, DELETED).values()].filter((deleted) => typeOf(plan.path) === deleted['@odata.type'])
    return waiting.length > 0 && restoreObject(tenant, pick(random, waiting).id) !== undefined
  }
  if (!row || isFixed(row, fixed)) return false
  if (kind === 'delete') {
    // One deletion in six is for good.
    return random() < 1 / 6 ? collection(tenant, plan.path).delete(row.id) : removeObject(tenant, plan.path, row.id, graphTime(now))
  }
  const edit = plan.edit?.(row, hand)
  if (edit) put(tenant, plan.path, { ...row, ...edit, id: row.id })
  return edit !== undefined
}

function typeOf(path: string): string {
  return `#microsoft.graph.${path.replace(/s$/, '')}`
}

/** Whether a row is one of those that stay, or ties one of them to something. */
function isFixed(row: Row, fixed: ReadonlySet<string>): boolean {
  return [row.id, row['clientId'], row['principalId']].some((id) => typeof id === 'string' && fixed.has(id))
}

/** Named people, Microsoft's own applications and whatever was registered over the control port. */
function fixedPrincipals(tenant: Tenant, mine: ReadonlySet<string>): Set<string> {
  const fixed = new Set<string>()
  for (const key of named) {
    for (const domain of [tenant.domain, `${tenant.name}.onmicrosoft.com`])
      for (const row of collection(tenant, 'users').with('userPrincipalName', `${key}@${domain}`)) fixed.add(row.id)
  }
  for (const appId of microsofts) for (const row of collection(tenant, 'servicePrincipals').with('appId', appId)) fixed.add(row.id)
  for (const path of ['applications', 'servicePrincipals', 'users']) {
    // An object whose first change is its making was added; one that was restored had been removed before.
    const seen = new Set<string>()
    for (const change of tenant.journal.changes(path, 0, Number.POSITIVE_INFINITY)) {
      if (change.kind === 'created' && !seen.has(change.id) && !mine.has(change.id)) fixed.add(change.id)
      seen.add(change.id)
    }
  }
  for (const appId of tenant.secrets.keys()) {
    for (const path of ['applications', 'servicePrincipals'])
      for (const row of collection(tenant, path).with('appId', appId)) fixed.add(row.id)
  }
  return fixed
}

/** Picks rows at random; the ids of a stored collection are listed once. */
function pickerOf(tenant: Tenant, random: () => number): (path: string) => Row | undefined {
  const listed = new Map<string, readonly string[]>()
  return (path) => {
    const rows = collection(tenant, path)
    if (rows instanceof GeneratedRows) {
      const id = rows.idAt(Math.floor(random() * rows.source.size))
      return id === undefined ? undefined : rows.get(id)
    }
    const ids = listed.get(path) ?? [...rows.keys()]
    listed.set(path, ids)
    return ids.length === 0 ? undefined : rows.get(pick(random, ids))
  }
}

const body = z.strictObject({
  seed: z.number().int().min(0),
  share: z.number().min(0).max(1),
  kinds: z.array(z.enum(changeKinds)).min(1).optional(),
})

/** Answers what was changed, by collection. */
export function putChanges(tenant: Tenant, now: number, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, body)
  if (!parsed.ok) return parsed
  return done({ changes: changeTenant(tenant, { ...parsed.value, now }) })
}
