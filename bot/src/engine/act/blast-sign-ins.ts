import { z } from 'zod'
import type { Effect } from '@countersign/core/actions/blast/effects.ts'
import type { SignInsThrough } from '@countersign/core/actions/blast/facts.ts'
import { usesOf } from '@countersign/core/actions/blast/applications.ts'
import { dayMs } from '@countersign/core/day.ts'
import { signIns } from '@countersign/core/posture/facts/sign-ins.ts'
import type { GraphReader } from '../../graph/reader.ts'
import { misshapen, unread } from '../../graph/unread.ts'

/** The log answers a page in a second or two, and a person waits: what two pages do not hold is "at least". */
const pagesAtMost = 2
const pageSize = 999
const patienceMs = 3000
const days = 30

const rowSchema = z.object({ userId: z.string().min(1), status: z.object({ errorCode: z.number() }) })

/** Who signed in through the applications that the plan touches, by client id, read now: no scan reads the log of all sign-ins. */
export async function signInsThrough(
  reader: GraphReader,
  effects: readonly Effect[],
  { now, timeoutMs = patienceMs }: { readonly now: number; readonly timeoutMs?: number | undefined },
): Promise<ReadonlyMap<string, SignInsThrough>> {
  const appIds = new Set(effects.flatMap((effect) => usesOf(effect)?.toLowerCase() ?? []))
  const found = new Map<string, SignInsThrough>()
  if (appIds.size === 0) return found
  const signal = AbortSignal.timeout(timeoutMs)
  for (const appId of appIds) found.set(appId, await inTime(signal, countPeople(reader, appId, now, signal)))
  return found
}

/** What has not answered in time counts as not known, whatever it answers later. */
async function inTime(signal: AbortSignal, counting: Promise<SignInsThrough>): Promise<SignInsThrough> {
  const slow: SignInsThrough = { notKnown: 'slow', detail: '' }
  if (signal.aborted) return slow
  const late = new Promise<SignInsThrough>((resolve) => signal.addEventListener('abort', () => resolve(slow), { once: true }))
  const counted = counting.catch((error: unknown) => {
    if (signal.aborted) return slow
    throw error
  })
  return Promise.race([counted, late])
}

async function countPeople(reader: GraphReader, appId: string, now: number, signal: AbortSignal): Promise<SignInsThrough> {
  const since = new Date(now - days * dayMs).toISOString()
  const filter = `appId eq '${appId.replaceAll("'", "''")}' and createdDateTime ge ${since}`
  const path = `/auditLogs/signIns?$filter=${encodeURIComponent(filter)}&$top=${pageSize}`
  let people = new Set<string>()
  let pages = 0
  for await (const page of reader.pages(path, { bucket: 'reports', units: 1, ahead: 0, signal })) {
    if (page.kind === 'signInLost') return { notKnown: 'graph', detail: page.reason }
    if (page.kind === 'refused') return notKnown(unread(signIns, page))
    if (page.kind === 'restart') {
      people = new Set()
      pages = 0
      continue
    }
    const rows = z.array(rowSchema).safeParse(page.rows)
    if (!rows.success) return notKnown(misshapen(z.prettifyError(rows.error)))
    for (const { userId, status } of rows.data) if (status.errorCode === 0) people.add(userId.toLowerCase())
    pages += 1
    if (page.next !== undefined && pages >= pagesAtMost) return { people: people.size, isAll: false }
  }
  return { people: people.size, isAll: true }
}

function notKnown({ reason, detail }: ReturnType<typeof unread>): SignInsThrough {
  return { notKnown: reason, detail }
}
