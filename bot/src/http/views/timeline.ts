import type { TimelineEntry } from '@countersign/core/api/timeline.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { receiptLines, type ReceiptLine, type ViewOptions } from '../../engine/act/views.ts'
import { suppressionById } from '../../store/suppressions.ts'
import { historyGroups, newestNotes, objectsByKey, type HistoryGroup } from '../../store/timeline.ts'
import type { AuditNote } from '../../store/time-tables.ts'
import type { ReadTx } from '../../store/transaction.ts'

const kinds: Readonly<Record<string, TimelineEntry['kind']>> = {
  'finding.opened': 'opened',
  'finding.returned': 'returned',
  'finding.closed': 'closed',
  'finding.changed': 'changed',
  'finding.suppressed': 'suppressed',
  'finding.unsuppressed': 'unsuppressed',
}

const receiptsLookedAt = 300

/** What happened before a moment, newest first. `next` is null where nothing older is kept. */
export async function timelineOf(
  tx: ReadTx,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
  options: ViewOptions,
): Promise<{ readonly entries: TimelineEntry[]; readonly next: string | null }> {
  const groups = await historyGroups(tx, before, limit)
  const objects = await objectsByKey(tx, [...new Set(groups.flatMap(({ keys }) => keys))])
  const notes = await newestNotes(
    tx,
    [...new Set(groups.flatMap(({ scanId }) => scanId ?? []))],
    [...new Set([...objects.values()].map(({ objectId }) => objectId))],
  )
  const receipts = await receiptLines(tx, options, receiptsLookedAt)
  const isFull = groups.length >= limit
  const oldest = groups.at(-1)?.at
  const entries: TimelineEntry[] = receipts
    .filter(({ at }) => (before === undefined || at < before) && (!isFull || oldest === undefined || at >= oldest))
    .map(receiptEntry)
  for (const group of groups) {
    const kind = kinds[group.what]
    const check = checkOf(group.checkId)
    if (!kind || !check) continue
    const own = group.keys.flatMap((key) => objects.get(key) ?? [])
    entries.push({
      at: group.at,
      kind,
      title: check.title,
      checkId: check.id,
      code: check.code,
      area: check.area,
      severity: check.severity,
      objects: group.objects,
      names: own.flatMap(({ name }) => (name === '' ? [] : [name])),
      receipt: receiptFor(group, receipts),
      by: await byWhom(
        tx,
        group,
        own.flatMap(({ objectId }) => notes.get(`${group.scanId} ${objectId}`) ?? []),
        receipts,
      ),
    })
  }
  entries.sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0))
  return { entries, next: isFull ? (oldest ?? null) : null }
}

function receiptEntry({ proposalId, receiptNumber, title, by, at }: ReceiptLine): TimelineEntry {
  return {
    at,
    kind: 'receipt',
    title,
    checkId: null,
    code: '',
    area: null,
    severity: null,
    objects: 1,
    names: [],
    receipt: { proposalId, number: receiptNumber },
    by,
  }
}

function receiptFor({ receiptNumber }: HistoryGroup, receipts: readonly ReceiptLine[]): TimelineEntry['receipt'] {
  const found = receiptNumber === null ? undefined : receipts.find((receipt) => receipt.receiptNumber === receiptNumber)
  return found ? { proposalId: found.proposalId, number: found.receiptNumber } : null
}

/** Whose receipt or word it was; else what the tenant's own audit log says of the object before that scan. */
async function byWhom(
  tx: ReadTx,
  group: HistoryGroup,
  notes: readonly AuditNote[],
  receipts: readonly ReceiptLine[],
): Promise<string | null> {
  const receipt = receipts.find(({ receiptNumber }) => receiptNumber === group.receiptNumber)
  if (receipt) return `${receipt.by}, by the Aid`
  const suppression = group.suppressionId === null ? undefined : await suppressionById(tx, group.suppressionId)
  if (suppression) return group.what === 'finding.suppressed' ? suppression.byName : (suppression.endedByName ?? 'its day came')
  const [note] = notes
  if (!note) return null
  const { actor, activity } = note
  const name = actor.name || actor.id
  if (actor.type === 'unknown' || name === '') return null
  return renderMessage(actor.type === 'application' ? 'The application {name} ({activity})' : '{name} ({activity})', { name, activity })
}
