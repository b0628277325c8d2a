import { echoWindow, type AuditRow, type EchoMatch, type EchoQuestion } from './echo.ts'

/**
 * Finds the tenant's own row for one write: actor, target, activity name, success, time window and expected new value.
 * Correlation ids are no proof: Core Directory events carry their own. Rows of one correlation id are one event;
 * two events that fit are ambiguous and said to be so.
 */
export function matchEcho(question: EchoQuestion, rows: readonly AuditRow[]): EchoMatch {
  const fitting = rows.filter((row) => fits(question, row))
  const events = new Map<string, AuditRow[]>()
  for (const row of fitting) {
    const event = row.correlationId ?? row.id
    events.set(event, [...(events.get(event) ?? []), row])
  }
  const [first, ...others] = [...events.values()]
  if (!first) return { state: 'pending' }
  if (others.length > 0) return { state: 'ambiguous', rows: fitting }
  const best = mostTelling(question, first)
  return {
    state: 'found',
    row: best,
    also: rows.filter((row) => row !== best && row.correlationId !== null && row.correlationId === best.correlationId),
  }
}

function fits({ actorId, sentAt, expectation }: EchoQuestion, row: AuditRow): boolean {
  const time = Date.parse(row.activityDateTime)
  if (!(time >= sentAt - echoWindow.beforeMs && time <= sentAt + echoWindow.afterMs)) return false
  if (row.result.toLowerCase() !== 'success' || row.initiatedByUserId !== actorId) return false
  if (!expectation.activities.includes(row.activityDisplayName.trim())) return false
  const target = row.targets.find(({ id }) => id === expectation.targetId)
  if (!target) return false
  const { modified } = expectation
  if (!modified) return true
  const values = target.modified.filter(({ name }) => name === modified.name)
  return values.length === 0
    ? expectation.activities.length > 1
    : values.some(
        ({ newValue, oldValue }) => contains(newValue, modified.newValueContains) && contains(oldValue, modified.oldValueContains ?? ''),
      )
}

/** modifiedProperties hold JSON inside a string: "[true]", "\"False\"", or null. */
function contains(value: string | null, expected: string): boolean {
  return expected === '' || (value ?? '').toLowerCase().includes(expected.toLowerCase())
}

/** Of several rows of one event, the one that names the changed property, else the one whose activity is listed first. */
function mostTelling({ expectation }: EchoQuestion, rows: readonly AuditRow[]): AuditRow {
  const named = rows.find((row) => row.targets.some((target) => target.modified.some(({ name }) => name === expectation.modified?.name)))
  const byActivity = [...rows].sort(
    (a, b) => expectation.activities.indexOf(a.activityDisplayName.trim()) - expectation.activities.indexOf(b.activityDisplayName.trim()),
  )
  const row = named ?? byActivity[0]
  if (!row) throw new Error('An event without rows cannot be matched.')
  return row
}
