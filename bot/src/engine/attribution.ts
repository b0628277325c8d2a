import { z } from 'zod'
import { severities, type Severity } from '@countersign/core/posture/check.ts'
import type { ObjectChange } from '@countersign/core/posture/compare.ts'
import type { Identity } from '../identity/identity.ts'
import type { GraphReader, GraphRefusal } from '../graph/reader.ts'
import { attributionsOf, putAttributions, type Attribution, type AuditNote, type NotReadableReason } from '../store/attribution.ts'
import { newestReading } from '../store/history.ts'
import { appendEvent } from '../store/outbox.ts'
import { scanById, type StoredScan } from '../store/scans.ts'
import { readTx, writeTx, type ReadTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import { rowsBehind } from './changed-rows.ts'
import { compareScans } from './compare-scans.ts'

export const attributionJobName = 'attribution'
export const attributionJobSchema = z.object({
  tenantId: z.string(),
  objectId: z.string(),
  scanId: z.string(),
  /** The second look: only for objects of which the log had told nothing yet. */
  again: z.boolean().default(false),
})
export type AttributionJob = z.infer<typeof attributionJobSchema>

export interface AttributionDependencies {
  readonly store: Store
  readonly identity: Pick<Identity, 'readerFor'>
  readonly now: () => number
}

/** Objects asked about after one scan: each is a request against the tenant's small budget for its logs (5 in 10 seconds). */
const lookedAtMost = 20
/** Objects noted as not looked at; beyond them nothing is noted, which says the same. */
const notedAtMost = 200
const rowsKept = 5
/** https://learn.microsoft.com/graph/api/directoryaudit-list */
const neededScope = 'AuditLog.Read.All'
/** Rows come minutes late: what has none yet is asked about once more after this time. */
export const secondLookAfterMs = 20 * 60_000

/**
 * Asks the tenant's own audit log who changed the objects that changed since the scan before, as the person whose scan it is; keeps of each row its
 * id, time, activity and actor. Answers how many objects the log told nothing about yet.
 */
export async function attributeChanges(deps: AttributionDependencies, job: AttributionJob, signal: AbortSignal): Promise<number> {
  const plan = await readTx(deps.store, job, (tx) => planOf(tx, job.scanId, job.again))
  if (!plan) return 0
  const reader = deps.identity.readerFor(job)
  const asked = plan.targets.slice(0, lookedAtMost)
  const at = (): string => new Date(deps.now()).toISOString()
  const about = (objectId: string, found: Found): Attribution => ({ scanId: job.scanId, objectId, ...found, lookedAt: at() })
  let none = 0
  let refusal: Found | undefined
  for (const objectId of asked) {
    // What the log refuses once it refuses for every object: it is not asked twenty times.
    const found: Found = refusal ?? (await look(reader, objectId, plan.since, signal))
    if (found.state === 'notReadable') refusal = found
    if (found.state === 'none') none += 1
    await note(deps, job, [about(objectId, found)])
  }
  const rest = job.again ? [] : plan.targets.slice(lookedAtMost, notedAtMost)
  if (rest.length > 0)
    await note(
      deps,
      job,
      rest.map((objectId) => about(objectId, { state: 'notLooked', reason: null, detail: '', rows: [] })),
    )
  if (asked.length > 0) await writeTx(deps.store, job, async (tx) => appendEvent(tx, 'scan.attributed', job.scanId, at()))
  return none
}

function note(deps: AttributionDependencies, job: StoredJob, attributions: readonly Attribution[]): Promise<void> {
  return writeTx(deps.store, job, (tx) => putAttributions(tx, attributions))
}

interface Plan {
  /** Ids as they stand in the log's targetResources, most serious change first. */
  readonly targets: readonly string[]
  readonly since: string
}

async function planOf(tx: ReadTx, scanId: string, again: boolean): Promise<Plan | undefined> {
  const after = await scanById(tx, scanId)
  if (after?.state !== 'finished' || after.kind !== 'scan') return undefined
  const before = await newestReading(tx, after)
  if (!before) return undefined
  const known = await attributionsOf(tx, scanId)
  const since = before.startedAt
  if (again) return { targets: known.filter(({ state }) => state === 'none').map(({ objectId }) => objectId), since }
  const targets = await changedObjects(tx, before, after)
  return { targets: targets.filter((id) => !known.some(({ objectId }) => objectId === id)), since }
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

async function changedObjects(tx: ReadTx, before: StoredScan, after: StoredScan): Promise<readonly string[]> {
  const { checks } = await compareScans(tx, before, after)
  const changes = checks
    .flatMap(({ objects }) => objects)
    .sort(bySeriousness)
    .slice(0, notedAtMost)
  const rows = await rowsBehind(tx, changes, before, after)
  return [
    ...new Set(
      changes.flatMap((change) =>
        targetsOf(
          change,
          (rows.get(change.key) ?? []).map(({ key }) => key),
        ),
      ),
    ),
  ]
}

/** Ids under which the log may know of a change: the object itself, and the objects whose rows changed behind it. */
export function targetsOf(change: ObjectChange, changedKeys: readonly string[]): readonly string[] {
  const ids = [change.object.id, ...changedKeys].filter((id) => guid.test(id))
  return [...new Set(ids.map((id) => id.toLowerCase()))]
}

/** Most serious first, and of equals what got worse before what got better. */
function bySeriousness(left: ObjectChange, right: ObjectChange): number {
  const order = ['returned', 'new', 'worse', 'fixed', 'better']
  const severity = ({ before, after }: ObjectChange): number => severities.indexOf(worst(before?.severity, after?.severity))
  return (
    severity(left) - severity(right) ||
    order.indexOf(left.kind) - order.indexOf(right.kind) ||
    (left.key < right.key ? -1 : left.key > right.key ? 1 : 0)
  )
}

function worst(one: Severity | undefined, other: Severity | undefined): Severity {
  return severities.find((severity) => severity === one || severity === other) ?? 'info'
}

type Found = Pick<Attribution, 'state' | 'reason' | 'detail' | 'rows'>

async function look(reader: GraphReader, objectId: string, since: string, signal: AbortSignal): Promise<Found> {
  const filter = `targetResources/any(t: t/id eq '${objectId}') and activityDateTime ge ${since}`
  const rows: AuditNote[] = []
  for await (const page of reader.pages(`/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}`, {
    signal,
    bucket: 'reports',
    units: 1,
  })) {
    if (page.kind === 'restart') rows.length = 0
    else if (page.kind === 'refused') return notReadable(...reasonOf(page))
    else if (page.kind === 'signInLost') return notReadable('signIn', page.reason)
    else rows.push(...page.rows.flatMap(noteOf))
    if (rows.length >= 20 * rowsKept) break
  }
  const newest = rows.sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : left.id < right.id ? -1 : 1))
  return { state: rows.length > 0 ? 'found' : 'none', reason: null, detail: '', rows: newest.slice(0, rowsKept) }
}

function notReadable(reason: NotReadableReason, detail: string): Found {
  return { state: 'notReadable', reason, detail, rows: [] }
}

/** https://learn.microsoft.com/graph/errors: a 403 has three causes that a person mends in three ways. */
function reasonOf({ status, code, message, grantedScopes }: GraphRefusal): [NotReadableReason, string] {
  if (status !== 403) return ['graph', code]
  if (/NonPremium|Licen[cs]e/i.test(`${code} ${message}`)) return ['licence', 'p1']
  return grantedScopes.includes(neededScope) ? ['role', code] : ['scope', neededScope]
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const rowSchema = z.object({
  id: z.string().max(200),
  activityDateTime: z.iso.datetime({ offset: true }),
  activityDisplayName: text,
  result: text,
  initiatedBy: z
    .object({
      user: z.object({ id: text, userPrincipalName: text, displayName: text }).nullish(),
      app: z.object({ servicePrincipalId: text, appId: text, displayName: text }).nullish(),
    })
    .nullish(),
})

/** A row that is not as documented tells nothing; one that tells of a failed attempt changed nothing. */
function noteOf(raw: unknown): AuditNote[] {
  const parsed = rowSchema.safeParse(raw)
  if (!parsed.success || !['success', ''].includes(parsed.data.result.toLowerCase())) return []
  const { id, activityDateTime, activityDisplayName, initiatedBy } = parsed.data
  return [{ id, at: new Date(activityDateTime).toISOString(), activity: activityDisplayName.trim(), actor: actorOf(initiatedBy) }]
}

function actorOf(by: z.output<typeof rowSchema>['initiatedBy']): AuditNote['actor'] {
  // A delegated change carries the person in `user`; the application through which it was made is not told.
  if (by?.user) return { type: 'user', id: by.user.id, name: by.user.userPrincipalName || by.user.displayName }
  if (by?.app) return { type: 'application', id: by.app.servicePrincipalId || by.app.appId, name: by.app.displayName }
  return { type: 'unknown', id: '', name: '' }
}
