import { blastReasons, type BlastLine } from '../blast.ts'
import { applicationLines } from './applications.ts'
import type { Effect } from './effects.ts'
import { lookup, type BlastFacts, type Lookup } from './facts.ts'
import { groupLines } from './groups.ts'
import { line, listed, type Line } from './line.ts'
import { ownerLines } from './owners.ts'
import { peopleLines } from './people.ts'
import { policyLines } from './policies.ts'
import { settingLines } from './tenant-settings.ts'

/** More than a person reads before a decision. */
const atMost = 12

/** What is said where no scan is finished: nothing is known, and that is not the same as nothing. */
export const withoutScan: readonly BlastLine[] = [line('noScan', {})]

/** What the effects mean for others, the gravest first; what could not be looked at is a line as well. */
export function blastLines(effects: readonly Effect[], facts: BlastFacts): readonly BlastLine[] {
  const look = lookup(facts)
  const lines = [peopleLines, ownerLines, groupLines, applicationLines, policyLines, settingLines, notDescribed]
    .flatMap((rule) => rule(effects, look))
    .map((each): Line => ({ ...each, values: { ...each.values, at: facts.asOf } }))
  const ordered = distinct([...lines, ...notKnown(look)]).sort(graver)
  if (ordered.length <= atMost) return ordered
  // However many there are: that more are locked out, and that not everything is known, is never what is left away.
  const unknown = ordered.filter(isUnknown)
  const others = ordered.filter((each) => !isUnknown(each))
  const room = atMost - unknown.length
  const count = others.slice(room - 1).filter(({ locksOut }) => locksOut !== null).length
  const kept = count > 1 ? [...others.slice(0, room - 1), line('moreLockedOut', { count, at: facts.asOf })] : others.slice(0, room)
  return [...kept, ...unknown].sort(graver)
}

function isUnknown({ reason }: Line): boolean {
  return reason === 'notKnown' || reason === 'signedInNotKnown'
}

function notDescribed(effects: readonly Effect[]): readonly Line[] {
  return effects.flatMap((effect) => (effect.kind === 'notDescribed' ? [line('notDescribed', { name: effect.about.name })] : []))
}

/** One line for all that was not read, with why the first of it was not. */
function notKnown(look: Lookup): readonly Line[] {
  const missing = [...look.missing()].sort(([left], [right]) => (left < right ? -1 : 1))
  const [first] = missing
  if (!first) return []
  const { unread: why, detail } = first[1]
  return [
    line('notKnown', {
      ...listed(
        'facts',
        missing.map(([title]) => title),
      ),
      why,
      detail,
      at: look.facts.asOf,
    }),
  ]
}

function graver(left: Line, right: Line): number {
  const lockOut = Number(right.locksOut !== null) - Number(left.locksOut !== null)
  if (lockOut !== 0) return lockOut
  const rank = blastReasons.indexOf(left.reason) - blastReasons.indexOf(right.reason)
  if (rank !== 0) return rank
  const [one, other] = [JSON.stringify(left.values), JSON.stringify(right.values)]
  return one < other ? -1 : one > other ? 1 : 0
}

function distinct(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((each) => [JSON.stringify(each), each])).values()]
}
