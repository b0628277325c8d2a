import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { defaultBaseline } from '../../../core/posture/baselines/default.ts'
import type { AnyCheck, CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { defineDerived, defineFact, defineFolded } from '../../../core/posture/fact.ts'
import type { DerivedFact, Fact } from '../../../core/posture/fact.ts'
import { derivedFacts, facts } from '../../../core/posture/facts.ts'
import { neededFacts, restsOn } from '../../../core/posture/judge-facts.ts'
import { startJudging } from '../../../core/posture/judge.ts'
import type { Judging } from '../../../core/posture/judge.ts'
import { notKnownLicences } from '../../../core/posture/licences.ts'
import type { Readings } from '../../../core/posture/reading.ts'
import { defaultSettings } from '../../../core/posture/settings.ts'
import { now } from '../../build/facts.ts'

const parsed = { people: 0, teams: 0 }

const base = { source: { path: '/x', pageSize: 999, bucket: 'identity' }, scopes: [] } as const
const teams = defineFact({
  ...base,
  id: 'teams',
  title: 'Teams',
  row: z.object({ id: z.string(), closed: z.boolean().transform((closed) => ((parsed.teams += 1), closed)) }),
  key: (row) => row.id,
  held: 'whole',
})
const people = defineFact({
  ...base,
  id: 'people',
  title: 'People',
  row: z.object({ id: z.string(), team: z.string().transform((team) => ((parsed.people += 1), team)) }),
  key: (row) => row.id,
  held: 'streamed',
})
const badges = defineFact({
  ...base,
  id: 'badges',
  title: 'Badges',
  row: z.object({ id: z.string(), team: z.string() }),
  key: (row) => row.id,
  held: 'streamed',
})

const openTeams = defineDerived({
  id: 'openTeams',
  title: 'Open teams',
  from: { teams },
  derive: (from) => ({ rows: from.teams.filter(({ closed }) => !closed) }),
})
/** Folded over people, with a derived fact beside it. */
const sizes = defineFolded({
  id: 'sizes',
  title: 'People per open team',
  from: { openTeams },
  over: { people },
  start: (from) => new Map(from.openTeams.map(({ id }) => [id, 0])),
  add(state, { row }) {
    const before = state.get(row.team)
    if (before !== undefined) state.set(row.team, before + 1)
  },
  finish: (state) => ({ rows: [...state].map(([id, size]) => ({ id, size })) }),
})
const largest = defineDerived({
  id: 'largest',
  title: 'The largest open team',
  from: { sizes },
  derive: ({ sizes: rows }) => ({
    rows: [...rows].sort((left, right) => right.size - left.size || (left.id < right.id ? -1 : 1)).slice(0, 1),
  }),
})
const lists = { facts: [teams, people, badges] as readonly Fact[], derived: [openTeams, sizes, largest] as readonly DerivedFact[] }

const metadata = {
  code: 'X-1',
  area: 'applications',
  severity: 'low',
  title: 'Title',
  failTitle: 'Fail',
  why: 'Why',
  reasons: { fine: 'Fine.' },
  objectReason: '',
  remediation: [],
  portal: 'https://entra.microsoft.com',
  frameworks: {},
} as const
const summary = { pass: 'fine', fail: 'fine', warn: 'fine' }

/** Tells what it was given. The product's list of facts types `needs` and `each`; these bring their own list. */
function tells(id: string, needs: readonly string[]): AnyCheck {
  return {
    ...metadata,
    id,
    needs: needs as never,
    judge: (given: unknown) => ({ verdict: 'pass', reason: 'fine', values: { given: JSON.stringify(given) }, basis: [] }),
  }
}

/** Fails each row of a fact, with the sizes that it was given. */
function failsEach(id: string, fact: string, needs: readonly string[] = []): AnyCheck {
  return {
    ...metadata,
    id,
    each: [fact] as never,
    needs: needs as never,
    summary,
    judge: ({ row }: { row: { id: string } }, given: unknown) => [
      { verdict: 'fail', object: { type: 'user', id: row.id, name: JSON.stringify(given), basis: [] } },
    ],
  }
}

function start(list: readonly AnyCheck[], readings: Readings = read): Judging {
  return startJudging({
    checks: list,
    ...lists,
    readings,
    now,
    settings: defaultSettings,
    baseline: defaultBaseline,
    licences: notKnownLicences,
  })
}

const read: Readings = {
  teams: {
    state: 'read',
    asOf: '2026-11-01T00:00:00Z',
    rows: [
      { id: 'a', closed: false },
      { id: 'b', closed: false },
      { id: 'c', closed: true },
    ],
  },
  people: { state: 'read', asOf: '2026-11-01T00:00:00Z' },
  badges: { state: 'read', asOf: '2026-11-01T00:00:00Z' },
}

const someone = (id: string, team: string) => ({ id, team })
const crowd = [someone('1', 'a'), someone('2', 'b'), someone('3', 'b'), someone('4', 'c'), someone('5', 'b'), someone('6', 'a')]

function valuesOf(results: readonly CheckResult[]): unknown[] {
  return results.map(({ outcome }) => ('values' in outcome ? outcome.values['given'] : outcome))
}

describe('folded facts', () => {
  it('follow what a check needs down to what is read', () => {
    expect([...neededFacts([tells('t', ['largest'])], lists.derived)].sort()).toEqual(['largest', 'openTeams', 'people', 'sizes', 'teams'])
  })

  it('sum up streamed rows, and facts over them see the sum; each row is parsed once for all checks and folds', () => {
    parsed.people = 0
    parsed.teams = 0
    const judging = start([
      tells('sum', ['sizes']),
      tells('top', ['largest']),
      tells('again', ['sizes', 'teams']),
      failsEach('each', 'people'),
      failsEach('other', 'people'),
    ])
    for (const row of crowd) judging.accept('people', row)
    const [sum, top] = valuesOf(judging.finish())
    expect(sum).toBe('{"sizes":[{"id":"a","size":2},{"id":"b","size":3}]}')
    expect(top).toBe('{"largest":[{"id":"b","size":3}]}')
    expect(parsed).toEqual({ people: crowd.length, teams: 3 })
  })

  it('give the same bytes in any order of the rows', () => {
    const bytes = (rows: readonly unknown[]) => {
      const judging = start([tells('top', ['largest']), failsEach('each', 'people'), failsEach('team', 'teams', ['sizes'])])
      for (const row of rows) judging.accept('people', row)
      return JSON.stringify(judging.finish())
    }
    expect(bytes([...crowd].reverse())).toBe(bytes(crowd))
  })

  it('are ready for rows that are held whole, and for rows of a streamed fact that comes later', () => {
    const judging = start([failsEach('team', 'teams', ['sizes']), failsEach('badge', 'badges', ['largest'])])
    for (const row of crowd) judging.accept('people', row)
    judging.accept('badges', someone('x', 'a'))
    const names = judging.finish().map(({ outcome }) => ('objects' in outcome ? outcome.objects[0]?.name : undefined))
    expect(names).toEqual(['{"sizes":[{"id":"a","size":2},{"id":"b","size":3}]}', '{"largest":[{"id":"b","size":3}]}'])
    expect(() => judging.accept('people', someone('7', 'a'))).toThrow('in the order of the list')
  })

  it('are unknown when a source was not read, when a row is out of shape, and when what they need was not read', () => {
    const withoutPeople = start([tells('top', ['largest'])], {
      ...read,
      people: { state: 'unread', reason: 'scope', detail: 'User.Read.All' },
    })
    expect(withoutPeople.finish()[0]?.outcome).toEqual({ verdict: 'unknown', fact: 'people', reason: 'scope', detail: 'User.Read.All' })

    const broken = start([tells('top', ['largest']), failsEach('badge', 'badges', ['largest'])])
    broken.accept('people', someone('1', 'a'))
    broken.accept('people', { id: '2' })
    broken.accept('people', someone('3', 'a'))
    broken.accept('badges', someone('x', 'a'))
    expect(broken.finish().map(({ outcome }) => outcome)).toMatchObject([
      { verdict: 'unknown', fact: 'people', reason: 'shape', detail: expect.stringContaining('row 2') },
      { verdict: 'unknown', fact: 'people', reason: 'shape' },
    ])

    const withoutTeams = start([tells('top', ['largest'])], { ...read, teams: { state: 'unread', reason: 'graph', detail: 'x' } })
    withoutTeams.accept('people', someone('1', 'a'))
    expect(withoutTeams.finish()[0]?.outcome).toMatchObject({ verdict: 'unknown', fact: 'teams', reason: 'graph' })
  })

  it('are known over no rows at all', () => {
    expect(valuesOf(start([tells('sum', ['sizes'])]).finish())).toEqual(['{"sizes":[{"id":"a","size":0},{"id":"b","size":0}]}'])
  })
})

describe('many affected objects', () => {
  it('are listed up to ten thousand, the first by their key, and all are counted', () => {
    const judging = start([failsEach('each', 'people')])
    // 37 is prime to the count, so that every id comes once and in no order.
    for (let step = 0; step < 25_000; step += 1) judging.accept('people', someone(String((step * 37) % 25_000).padStart(5, '0'), 'a'))
    const [result] = judging.finish()
    expect(result?.outcome).toMatchObject({ verdict: 'fail', unlisted: 15_000, values: { count: 25_000, failing: 25_000 } })
    const ids = result && 'objects' in result.outcome ? result.outcome.objects.map(({ id }) => id) : []
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([10_000, '00000', '09999'])
  })
})

describe('the order of the lists', () => {
  const position = new Map(facts.map(({ id }, index) => [id as string, index]))
  const all: readonly Fact[] = facts
  const derived: readonly DerivedFact[] = derivedFacts
  const streamedBelow = (ids: readonly string[]) =>
    [...restsOn(ids)].filter((id) => all.find((fact) => fact.id === id)?.held === 'streamed').map((id) => position.get(id) ?? NaN)

  it('has derived facts after the derived facts that they need, and nothing that is not listed', () => {
    const known = new Set<string>(all.map(({ id }) => id))
    for (const fact of derived) {
      expect([fact.id, [...fact.needs, ...fact.over].filter((id) => !known.has(id))]).toEqual([fact.id, []])
      expect([fact.id, fact.needs.filter((id) => all.find((other) => other.id === id)?.held === 'streamed')]).toEqual([fact.id, []])
      expect([fact.id, fact.over.filter((id) => all.find((other) => other.id === id)?.held !== 'streamed')]).toEqual([fact.id, []])
      known.add(fact.id)
    }
  })

  it('has a streamed fact after everything streamed that its folds and its row checks need', () => {
    const users = [
      ...derived.map(({ id, over, needs }) => ({ id, over, needs })),
      ...checks.map(({ id, each = [], needs }) => ({
        id,
        over: each.filter((fact) => all.find((other) => other.id === fact)?.held === 'streamed'),
        needs,
      })),
    ]
    for (const { id, over, needs } of users) {
      const first = Math.min(...over.map((fact) => position.get(fact) ?? NaN))
      expect([id, streamedBelow(needs).filter((index) => over.length > 0 && index >= first)]).toEqual([id, []])
    }
  })

  it('keeps streamed facts out of what a tenant check needs whole', () => {
    for (const { id, needs } of checks)
      expect([id, needs.filter((need) => all.find((fact) => fact.id === need)?.held === 'streamed')]).toEqual([id, []])
  })
})
