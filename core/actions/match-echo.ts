import { echoWindow, type AuditRow, type EchoMatch, type EchoQuestion } from './echo.ts'

/**
 * Finds the tenant's own row for one write. The proof is actor, target, activity name, success, time window and expected
 * value, all of them; rows of one correlation id are one event.
 *
 * User-Agent and correlation id are no proof: whoever sends a request chooses the first, and Core Directory makes correlation
 * ids of its own. They do tell rows apart that are proven equally well. Only somebody who holds the Aid's token can make
 * such a row at all, and could then as well make the change itself, so that going by the mark gives nobody more than they
 * had. Hence, among events that fit in every part:
 * - an event that names another proposal of ours is that proposal's, and never this one's;
 * - the only one that names this proposal, or has the client-request-id of this step as its correlation id, is found;
 * - one without a mark is found when it is alone and no equal request was sent close by; else it is ambiguous.
 */
export function matchEcho(question: EchoQuestion, rows: readonly AuditRow[]): EchoMatch {
  const events = new Map<string, AuditRow[]>()
  for (const row of new Map(rows.map((each) => [each.id, each])).values()) {
    const event = eventOf(row)
    events.set(event, [...(events.get(event) ?? []), row])
  }
  const fitting = [...events.values()].filter((event) => event.some((row) => fits(question, row)) && !isAnothers(question, event))
  const marked = fitting.filter((event) => isMarked(question, event))
  const [only, ...others] = marked.length > 0 ? marked : fitting
  if (!only) return { state: 'pending' }
  if (others.length > 0 || (marked.length === 0 && (question.rivals ?? 0) > 0))
    return { state: 'ambiguous', rows: fitting.flatMap((event) => event.filter((row) => fits(question, row))) }
  const best = mostTelling(
    question,
    only.filter((row) => fits(question, row)),
  )
  return { state: 'found', row: best, also: only.filter((row) => row !== best) }
}

function eventOf({ id, correlationId }: AuditRow): string {
  return correlationId === null || correlationId === '' ? `row ${id}` : `event ${correlationId}`
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** Whether one row is proof by itself: every part of the question, nothing left out. */
export function fits({ actorId, sentAt, expectation }: EchoQuestion, row: AuditRow): boolean {
  const time = instant.test(row.activityDateTime) ? Date.parse(row.activityDateTime) : Number.NaN
  if (!(time >= sentAt - echoWindow.beforeMs && time <= sentAt + echoWindow.afterMs)) return false
  if (row.result.toLowerCase() !== 'success' || row.initiatedByUserId !== actorId) return false
  if (!expectation.activities.includes(row.activityDisplayName.trim())) return false
  // A row can name one object several times. Names and user principal names are not looked at: a deleted user's is mangled.
  const targets = row.targets.filter(({ id }) => id === expectation.targetId)
  const { modified } = expectation
  if (!modified) return targets.length > 0
  return targets.some((target) =>
    target.modified.some(
      ({ name, newValue, oldValue }) =>
        name === modified.name && contains(newValue, modified.newValueContains) && contains(oldValue, modified.oldValueContains ?? ''),
    ),
  )
}

/** modifiedProperties hold JSON inside a string: "[true]", "\"False\"", or null. */
function contains(value: string | null, expected: string): boolean {
  return expected === '' || (value ?? '').toLowerCase().includes(expected.toLowerCase())
}

/** `Countersign/<version> (proposal <id>; by <object id>; at <time>)`, as store/journal.ts has it sent. */
const ourAgent = /^Countersign\/\S+ \(proposal ([0-9a-f-]{36});/i

function proposalNamed({ userAgent }: AuditRow): string | undefined {
  return ourAgent.exec(userAgent ?? '')?.[1]?.toLowerCase()
}

function isMarked({ mark }: EchoQuestion, event: readonly AuditRow[]): boolean {
  if (!mark) return false
  const { proposalId, clientRequestId } = mark
  return event.some(
    (row) =>
      proposalNamed(row) === proposalId.toLowerCase() ||
      (clientRequestId !== null && row.correlationId?.toLowerCase() === clientRequestId.toLowerCase()),
  )
}

function isAnothers(question: EchoQuestion, event: readonly AuditRow[]): boolean {
  return question.mark !== undefined && !isMarked(question, event) && event.some((row) => proposalNamed(row) !== undefined)
}

/** Of several rows of one event that are proof, the one whose activity is listed first. */
function mostTelling({ expectation }: EchoQuestion, rows: readonly AuditRow[]): AuditRow {
  const place = (row: AuditRow): number => expectation.activities.indexOf(row.activityDisplayName.trim())
  const [best] = [...rows].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1))
  if (!best) throw new Error('An event without a row that is proof cannot be matched.')
  return best
}

const longestValue = 2000

/** What a receipt keeps of the row that was found: the fields that prove it, and nothing else of the log. */
export function keptOf({ expectation }: Pick<EchoQuestion, 'expectation'>, row: AuditRow): AuditRow {
  const targets = row.targets
    .filter(({ id }) => id === expectation.targetId)
    .map(({ id, displayName, modified }) => ({
      id,
      displayName: cut(displayName),
      modified: modified
        .filter(({ name }) => name === expectation.modified?.name)
        .map(({ name, oldValue, newValue }) => ({
          name,
          oldValue: cutAround(oldValue, expectation.modified?.oldValueContains),
          newValue: cutAround(newValue, expectation.modified?.newValueContains),
        })),
    }))
  return { ...row, initiatedByUpn: cut(row.initiatedByUpn), targets, userAgent: proposalNamed(row) === undefined ? null : row.userAgent }
}

function cut(value: string | null): string | null {
  return value !== null && value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
}

/** A long value is cut so that what was looked for stays in it: the receipt can be judged again. */
function cutAround(value: string | null, expected = ''): string | null {
  if (value === null || value.length <= longestValue) return value
  const place = Math.max(0, value.toLowerCase().indexOf(expected.toLowerCase()))
  const start = Math.max(0, Math.min(place - longestValue / 2, value.length - longestValue))
  return `${start > 0 ? '…' : ''}${value.slice(start, start + Math.max(longestValue, expected.length + longestValue / 2))}…`
}
