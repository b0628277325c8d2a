import type { Json } from '../digest.ts'
import type { Receipt } from '../api/proposals.ts'
import { cleanName } from '../text/clean-name.ts'
import type { CustodyInput } from './custody.ts'
import { createdId } from './expectation.ts'
import { createdMark, type PlanStep } from './action.ts'
import { readBackBody } from './record-bodies.ts'

/** The tenant's own row, field by field, compared with what was planned and sent; a difference names what was expected. */
export function echoFields({ echo, proposal, aidName, records }: CustodyInput): Receipt['echo']['fields'] {
  const row = echo?.row
  if (!row) return []
  const [step] = proposal.steps
  const expectation = step?.echo
  const wanted = step && targetOf(step, records)
  const target = row.targets.find(({ id }) => id === wanted)
  const modified = target?.modified.find(({ name }) => name === expectation?.modified?.name)
  const activity = row.activityDisplayName.trim()
  // Place of the link “carried out”: two people countersign some changes.
  const carriedOut = 2 + proposal.approvals
  const secondsApart = Math.round(Math.abs(Date.parse(row.activityDateTime) - Date.parse(echo.sentAt)) / 1000)
  const targetId = target?.id ?? row.targets[0]?.id ?? ''
  return [
    compare(
      'Activity',
      activity,
      expectation?.activities.includes(activity) ?? false,
      carriedOut,
      expectation?.activities.join(' or ') ?? '',
    ),
    compare('Result', row.result, row.result.toLowerCase() === 'success', carriedOut, 'success'),
    {
      field: 'Time',
      value: row.activityDateTime
        .replace(/\.\d+Z$/, 'Z')
        .replace('T', ' ')
        .replace('Z', ' UTC'),
      same: true,
      compared: `${secondsApart} s apart`,
    },
    compare(
      'Started by',
      cleanName(row.initiatedByUpn ?? row.initiatedByUserId ?? ''),
      row.initiatedByUserId === proposal.actorId,
      carriedOut,
      cleanName(aidName),
    ),
    compare('Target', `${cleanName(target?.displayName ?? proposal.subject.name)} (${targetId})`, target !== undefined, 1, wanted ?? ''),
    ...(modified ? [compare(modified.name, `${shown(modified.oldValue)} → ${shown(modified.newValue)}`, true, 1, '')] : []),
    { field: 'Correlation ID', value: row.correlationId ?? '', same: true, compared: 'The log’s own' },
  ]
}

function compare(field: string, value: string, same: boolean, step: number, expected: string): Receipt['echo']['fields'][number] {
  return { field, value, same, compared: same ? `Same as step ${step}` : `Step ${step} says ${expected}` }
}

/** One side of a modified property: JSON inside a string, often long. */
function shown(value: string | null): string {
  return value === null || value === '' || value === '[]' ? 'nothing' : cleanName(value)
}

/** The object whose row is looked for: of what a step made, the id that its read-back found. */
function targetOf({ echo, readBack }: PlanStep, records: CustodyInput['records']): string | undefined {
  if (echo.targetId !== createdMark) return echo.targetId
  const read = readBackBody.safeParse(records.findLast(({ kind }) => kind === 'readBack')?.body)
  const answer = read.data?.answer
  // Records hold JSON only; the answer is looked through member by member.
  return answer === undefined ? undefined : createdId(readBack.expect, answer as Json)
}
