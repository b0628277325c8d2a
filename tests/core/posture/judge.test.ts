import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { defineCheck } from '../../../core/posture/check.ts'
import type { AnyCheck } from '../../../core/posture/check.ts'
import { defineFact } from '../../../core/posture/fact.ts'
import { checks } from '../../../core/posture/checks.ts'
import { startJudging } from '../../../core/posture/judge.ts'
import { notKnownLicences } from '../../../core/posture/licences.ts'
import { defaultBaseline } from '../../../core/posture/baselines/default.ts'
import { defaultSettings } from '../../../core/posture/settings.ts'
import { applications } from '../../../core/posture/facts/applications.ts'
import { application, blockingPolicy, holding, inDays, now, secret, servicePrincipal } from '../../build/facts.ts'
import { judged, readings } from '../../build/judged.ts'

const given = {
  applications: [application('b', secret('1', inDays(-1)), secret('2', inDays(3))), application('a', secret('3', inDays(20)))],
  servicePrincipals: [servicePrincipal('s', secret('4', inDays(-9)))],
  conditionalAccessPolicies: [blockingPolicy('p2', { state: 'disabled' }), blockingPolicy('p1', { users: { excludeUsers: ['u'] } })],
  roleAssignments: [holding('u2'), holding('u1')],
  roleEligibility: [],
  roleGroupMembers: [],
}

/** Counts how often a row's id is looked at by the schema: once per parse. */
function counting<Row extends object>(row: Row, counter: { parsed: number }): Row {
  return new Proxy(row, {
    get(target, name, receiver) {
      if (name === 'passwordCredentials') counter.parsed += 1
      return Reflect.get(target, name, receiver)
    },
  })
}

describe('the judge', () => {
  it('gives one result for each check, in their order', () => {
    expect(judged(given).map(({ checkId }) => checkId)).toEqual(checks.map(({ id }) => id))
  })

  it('gives the same bytes for the same rows in any order', () => {
    const reversed = Object.fromEntries(Object.entries(given).map(([fact, rows]) => [fact, [...rows].reverse()]))
    expect(JSON.stringify(judged(reversed))).toBe(JSON.stringify(judged(given)))
    expect(JSON.stringify(judged(given))).toBe(JSON.stringify(judged(given)))
  })

  it('parses each row once, however many checks look at it', () => {
    const once = { parsed: 0 }
    applications.row.parse(counting(application('a'), once))
    const counter = { parsed: 0 }
    const rows = Array.from({ length: 50 }, (_, index) => counting(application(`a${index}`, secret('k', inDays(1))), counter))
    judged({ applications: rows, servicePrincipals: [] })
    expect(counter.parsed).toBe(50 * once.parsed)
  })

  it('sees the snapshot at its own time: the same rows fail later', () => {
    const later = now + 30 * 24 * 60 * 60 * 1000
    const rows = { applications: [application('a', secret('k', inDays(40)))], servicePrincipals: [] }
    const verdicts = (time: number) =>
      judged(rows, { now: time })
        .slice(0, 2)
        .map(({ outcome }) => outcome.verdict)
    expect([verdicts(now), verdicts(later), verdicts(later + 12 * 24 * 60 * 60 * 1000)]).toEqual([
      ['pass', 'pass'],
      ['pass', 'warn'],
      ['fail', 'pass'],
    ])
  })

  it('leaves a fact unread, with path, row and field, when one row is out of shape', () => {
    const [expired] = judged({ ...given, applications: [application('a'), { ...application('b'), passwordCredentials: null }] })
    expect(expired?.outcome).toMatchObject({ verdict: 'unknown', reason: 'shape', fact: 'applications' })
    expect('detail' in (expired?.outcome ?? {}) ? expired?.outcome : undefined).toMatchObject({
      detail: expect.stringMatching(/^\/applications, row 2 \(id b\): passwordCredentials: /),
    })
  })

  it('counts a repeated row once, and refuses two rows that contradict each other', () => {
    const [again] = judged({
      applications: [application('a', secret('k', inDays(-1))), application('a', secret('k', inDays(-1)))],
      servicePrincipals: [],
    })
    expect(again?.outcome).toMatchObject({ verdict: 'fail', values: { count: 1 } })
    const [both] = judged({ applications: [application('a', secret('k', inDays(-1))), application('a')], servicePrincipals: [] })
    expect(both?.outcome).toMatchObject({ verdict: 'unknown', reason: 'shape' })
    const [capitals] = judged({ applications: [application('a'), application('A')], servicePrincipals: [] })
    expect(capitals?.outcome).toMatchObject({ verdict: 'unknown', reason: 'shape', detail: expect.stringContaining('given twice') })
    const [keys] = judged({ applications: [application('a', secret('k', inDays(-1)), secret('K', inDays(1)))], servicePrincipals: [] })
    expect(keys?.outcome).toMatchObject({ verdict: 'unknown', reason: 'shape' })
  })

  it('refuses streamed rows for a fact that is held whole: that would lose them', () => {
    const judging = startJudging({
      checks,
      readings: readings(given),
      now,
      settings: defaultSettings,
      baseline: defaultBaseline,
      licences: notKnownLicences,
    })
    expect(() => judging.accept('applications', application('x'))).toThrow('held whole')
    const withoutRows = { applications: { state: 'read', asOf: '' } } as const
    expect(() =>
      startJudging({
        checks,
        readings: withoutRows,
        now,
        settings: defaultSettings,
        baseline: defaultBaseline,
        licences: notKnownLicences,
      }),
    ).toThrow('without rows')
  })

  it('parses in short steps what is held whole, to the same results, once, and whether or not all steps were taken', () => {
    const begin = (rows: typeof given) =>
      startJudging({
        checks,
        readings: readings(rows),
        now,
        settings: defaultSettings,
        baseline: defaultBaseline,
        licences: notKnownLicences,
      })
    const counter = { parsed: 0 }
    const once = { parsed: 0 }
    applications.row.parse(counting(application('a'), once))
    const many = Array.from({ length: 800 }, (_, index) => counting(application(`a${index}`, secret('k', inDays(1))), counter))
    const rows = { ...given, applications: many }
    const expected = JSON.stringify(begin(rows).finish())
    for (const stepsTaken of [0, 2, Infinity]) {
      counter.parsed = 0
      const judging = begin(rows)
      expect(counter.parsed).toBe(0)
      const steps = judging.prepare()
      let taken = 0
      for (let before = 0; taken < stepsTaken && !steps.next().done; taken += 1) {
        expect(counter.parsed - before).toBeLessThanOrEqual(500 * once.parsed)
        before = counter.parsed
      }
      if (stepsTaken === Infinity) expect(taken).toBeGreaterThan(3)
      expect(JSON.stringify(judging.finish())).toBe(expected)
      if (stepsTaken !== 2) expect(counter.parsed).toBe(800 * once.parsed)
    }
  })

  it('hands a check only what it declared', () => {
    const seen: string[][] = []
    const curious = defineCheck({
      ...checkMetadata,
      needs: ['applications'],
      judge(facts) {
        seen.push(Object.keys(facts))
        return { verdict: 'pass', reason: 'fine', values: {}, basis: [] }
      },
    })
    judged(given, { checks: [curious] })
    expect(seen).toEqual([['applications']])
  })

  it('judges a streamed fact row by row, parsed once for all checks, and gives it up at the first row out of shape', () => {
    const counter = { parsed: 0 }
    const people = defineFact({
      id: 'people',
      title: 'People',
      source: { path: '/users', pageSize: 999, bucket: 'identity' },
      scopes: [],
      row: z.object({ id: z.string(), age: z.number().transform((age) => ((counter.parsed += 1), age)) }),
      key: (row) => row.id,
      held: 'streamed',
    })
    // The product's list of facts types `each`; this one brings its own list.
    const look = (id: string, limit: number): AnyCheck => ({
      ...checkMetadata,
      id,
      needs: [],
      each: ['people'] as never,
      summary: { pass: 'fine', fail: 'fine', warn: 'fine' },
      judge: ({ row }: { row: { id: string; age: number } }) =>
        row.age > limit ? [{ verdict: 'fail', object: { type: 'user', id: row.id, name: row.id, basis: [] } }] : [],
    })
    const start = () =>
      startJudging({
        checks: [look('x', 3), look('y', 5)],
        facts: [people],
        readings: { people: { state: 'read', asOf: '' } },
        now,
        settings: defaultSettings,
        baseline: defaultBaseline,
        licences: notKnownLicences,
      })

    const judging = start()
    for (let age = 9; age >= 0; age -= 1) judging.accept('people', { id: `u${age}`, age })
    expect(counter.parsed).toBe(10)
    expect(judging.finish().map(({ outcome }) => ('objects' in outcome ? outcome.objects.map(({ id }) => id) : []))).toEqual([
      ['u4', 'u5', 'u6', 'u7', 'u8', 'u9'],
      ['u6', 'u7', 'u8', 'u9'],
    ])

    const broken = start()
    for (const age of [9, null, 9]) broken.accept('people', { id: 'u', age })
    expect(broken.finish().map(({ outcome }) => outcome)).toMatchObject([
      { verdict: 'unknown', reason: 'shape', detail: expect.stringContaining('/users, row 2') },
      { verdict: 'unknown' },
    ])
  })

  it('takes a fact for empty without its licence only where the fact says so', () => {
    const base = {
      title: 'x',
      source: { path: '/x', pageSize: 'none', bucket: 'identity' },
      scopes: [],
      licence: 'p2',
      row: z.object({ id: z.string() }),
      key: (row: { id: string }) => row.id,
      held: 'whole',
    } as const
    const needs = (fact: string): AnyCheck => ({
      ...checkMetadata,
      id: fact,
      needs: [fact] as never,
      judge: () => ({ verdict: 'pass', reason: 'fine', values: {}, basis: [] }),
    })
    const judging = startJudging({
      checks: [needs('held'), needs('empty')],
      facts: [defineFact({ ...base, id: 'held' }), defineFact({ ...base, id: 'empty', withoutLicence: 'empty' })],
      readings: readings({}),
      now,
      settings: defaultSettings,
      baseline: defaultBaseline,
      licences: { p1: 'absent', p2: 'absent' },
    })
    expect(judging.finish().map(({ outcome }) => outcome.verdict)).toEqual(['unknown', 'pass'])
  })

  it('lets a check declare manual, and never makes it', () => {
    const manual = defineCheck({ ...checkMetadata, needs: [], judge: () => ({ verdict: 'manual', reason: 'fine', values: {} }) })
    expect(judged({}, { checks: [manual] })[0]?.outcome).toEqual({ verdict: 'manual', reason: 'fine', values: {} })
    const byItself = judged({}).filter(({ outcome }) => outcome.verdict !== 'unknown')
    expect(
      byItself.filter(
        ({ checkId, outcome }) => outcome.verdict !== 'manual' || checks.find(({ id }) => id === checkId)?.needs.length !== 0,
      ),
    ).toEqual([])
  })
})

const checkMetadata = {
  id: 'a-check',
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

it('keeps parsed rows as they are when parsed again', () => {
  expect(z.array(applications.row).parse(given.applications)).toEqual(given.applications)
})
