import { expect, it } from '@jest/globals'
import { judgeRows, largeTenantRows } from './measure-judging.ts'

/** The benchmark measures 100,000; the drill judges as many. */
const people = process.env['DRILL'] === '1' ? 100_000 : 2000

it(`every check comes to a verdict about ${people} people, their grants and their applications`, () => {
  const results = judgeRows(largeTenantRows(people))
  expect(results.length).toBeGreaterThan(100)
  expect(results.filter(({ outcome }) => outcome.verdict === 'unknown').map(({ checkId, outcome }) => [checkId, outcome])).toEqual([])
})
