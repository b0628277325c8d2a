import { z } from 'zod'
import type { PeopleQuery, PeopleView, PersonLine } from '@countersign/core/api/people.ts'
import { digest } from '@countersign/core/digest.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import { findingsAbout } from '../../store/findings-about.ts'
import { peopleJudgement } from '../../store/people.ts'
import { peoplePage, roleTally, type PeoplePage } from '../../store/people-list.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { tallyOf } from './object-findings.ts'

const pageLength = 100
const holdsListed = 20

type Ask = Omit<PeopleQuery, 'cursor'>
const cursorSchema = z.object({ from: z.number().int().min(1).max(10_000_000), of: z.string() })

/** How many rows to pass over; undefined for a cursor that this list did not give for this question. */
export function cursorFrom(cursor: string | undefined, ask: Ask): number | undefined {
  if (cursor === undefined) return 0
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  return parsed.success && parsed.data.of === wordsOf(ask) ? parsed.data.from : undefined
}

function wordsOf(ask: Ask): string {
  return digest(
    Object.entries(ask)
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
      .sort(),
  ).slice(0, 16)
}

export async function peopleLines(tx: ReadTx, ask: Ask, from: number): Promise<PeopleView> {
  const judgement = await peopleJudgement(tx)
  if (!judgement) {
    const notKnown = { reason: 'noScan', detail: 'No scan has been judged for this list yet.' } as const
    return { asOf: null, notKnown, sources: [], count: 0, holders: 0, roles: [], people: [], next: null }
  }
  const { count, holders, rows } = await peoplePage(tx, { ...ask, from, limit: pageLength })
  const findings = tallyOf(await findingsAbout(tx, [...new Set(rows.map(({ person }) => person.id))]))
  const next = from + rows.length
  return {
    ...{ asOf: judgement.at, notKnown: judgement.notKnown, sources: judgement.sources, count, holders },
    roles: await roleTally(tx),
    people: rows.map((row) => lineOf(row, findings)),
    next: next < count && rows.length > 0 ? Buffer.from(JSON.stringify({ from: next, of: wordsOf(ask) })).toString('base64url') : null,
  }
}

function lineOf({ person, place }: PeoplePage['rows'][number], findings: ReturnType<typeof tallyOf>): PersonLine {
  const placed = person.holds.map((hold, index) => ({ ...hold, place: index }))
  return {
    ...person,
    roles: person.holds.length,
    holds: place === null ? placed.slice(0, holdsListed) : placed.slice(place, place + 1),
    findings: findings.get(person.id) ?? { open: 0, worst: null },
  }
}
