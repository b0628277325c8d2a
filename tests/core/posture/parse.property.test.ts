import { describe, expect, it } from '@jest/globals'
import { baselineOf } from '../../../core/posture/baselines.ts'
import { checks } from '../../../core/posture/checks.ts'
import { facts } from '../../../core/posture/facts.ts'
import type { Fact } from '../../../core/posture/fact.ts'
import { judgeOffline, readOffline } from '../../../core/posture/offline.ts'
import { parseRows } from '../../../core/posture/parse.ts'
import { application, blockingPolicy, holding, inDays, secret, servicePrincipal } from '../../build/facts.ts'
import { fc } from '../../random.ts'

const list: readonly Fact[] = facts

/** Of every hundred cases of the drill, how many are tried every day. */
const runs = (count: number): number => (process.env['DRILL'] === '1' ? count : Math.ceil(count * 0.4))

function verdictsOf(graph: unknown): readonly string[] {
  const read = readOffline(JSON.stringify({ asOf: '2026-11-01T00:00:00Z', graph }))
  const baseline = baselineOf('default')
  if (!read.ok || !baseline) return checks.map(() => 'unknown')
  return judgeOffline(read.input, baseline, checks).map(({ outcome }) => outcome.verdict)
}

const days = fc.integer({ min: -60, max: 60 })
const secretList = fc
  .uniqueArray(fc.record({ key: fc.constantFrom('k1', 'k2', 'k3'), days }), { selector: ({ key }) => key, maxLength: 3 })
  .map((entries) => entries.map(({ key, days: left }) => secret(key, inDays(left))))
const policy = fc
  .record({
    state: fc.constantFrom('enabled', 'disabled', 'enabledForReportingButNotEnforced'),
    clients: fc.constantFrom(['other'], ['exchangeActiveSync'], ['exchangeActiveSync', 'other'], ['all']),
    out: fc.constantFrom([], ['u9']),
    roles: fc.constantFrom([], ['r9']),
    risk: fc.constantFrom([], ['high']),
  })
  .map(({ state, clients, out, roles, risk }) =>
    blockingPolicy('p', {
      state,
      conditions: { clientAppTypes: [...clients], signInRiskLevels: [...risk] },
      users: { excludeUsers: [...out], excludeRoles: [...roles] },
    }),
  )
const tenant = fc
  .record({
    secrets: secretList,
    more: secretList,
    policies: fc.array(policy, { maxLength: 1 }),
    administrators: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ secrets, more, policies, administrators }) => ({
    '/applications': { value: [application('a', ...secrets)] },
    '/servicePrincipals': { value: [servicePrincipal('s', ...more)] },
    '/identity/conditionalAccess/policies': { value: policies },
    '/roleManagement/directory/roleAssignments': { value: Array.from({ length: administrators }, (_, index) => holding(`u${index}`)) },
    '/roleManagement/directory/roleEligibilityScheduleInstances': { value: [] },
  }))

interface Place {
  readonly holder: Record<string, unknown>
  readonly name: string
}

function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(places)
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...places(holder[name])])
}

describe('foreign rows', () => {
  it('never make the parser throw, and what it takes it takes again', () => {
    const counts = { taken: 0, refused: 0 }
    fc.assert(
      fc.property(fc.constantFrom(...list), fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 3 }), (fact, rows) => {
        const parsed = parseRows(fact, rows)
        counts[parsed.ok ? 'taken' : 'refused'] += 1
        if (parsed.ok) expect(parseRows(fact, parsed.rows)).toEqual(parsed)
        else expect(parsed.detail.startsWith(fact.source.path)).toBe(true)
      }),
      { numRuns: runs(200) },
    )
    expect(counts.taken).toBeGreaterThan(runs(10))
    expect(counts.refused).toBeGreaterThan(runs(50))
  })

  it('never make the whole evaluation throw, whatever the bodies are', () => {
    const paths = [...list.map(({ source }) => source.path), '/groups/g/members', '/directoryRoles', '/users']
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...paths), fc.string()), fc.jsonValue({ maxDepth: 5 })), (graph) => {
        expect(verdictsOf(graph)).not.toContain('pass')
      }),
      { numRuns: runs(100) },
    )
  })

  it('never turn a fail or an unknown into a pass by losing, nulling or retyping a member', () => {
    const counts = { stayed: 0, becameUnknown: 0, passBefore: 0 }
    fc.assert(
      fc.property(tenant, fc.nat(), fc.constantFrom('drop', 'null', 'number', 'text', 'list', 'object'), (graph, pick, how) => {
        const before = verdictsOf(graph)
        const copy: Record<string, { value: unknown }> = structuredClone(graph)
        const all = Object.values(copy).flatMap(({ value }) => places(value))
        const place = all[pick % Math.max(all.length, 1)]
        // Another text is another answer, not another type.
        if (!place || (how === 'text' && typeof place.holder[place.name] === 'string')) return
        const instead = { null: null, number: 7, text: 'x', list: [], object: {} }
        if (how === 'drop') delete place.holder[place.name]
        else place.holder[place.name] = instead[how]
        const after = verdictsOf(copy)
        for (const [index, verdict] of before.entries()) {
          if (verdict === 'pass') counts.passBefore += 1
          // Where a person has to look, an object that is not there leaves nothing to look at.
          else if (verdict === 'manual' || isAnotherAnswer(place.name, how)) continue
          else expect(`${place.name} ${how}: ${after[index]}`).not.toBe(`${place.name} ${how}: pass`)
          if (after[index] === 'unknown' && verdict !== 'unknown') counts.becameUnknown += 1
          else counts.stayed += 1
        }
      }),
      { numRuns: runs(300) },
    )
    expect(counts.becameUnknown).toBeGreaterThan(runs(25))
    expect(counts.passBefore).toBeGreaterThan(runs(25))
  })
})

/** An empty list where a list stood is a well-formed answer of another tenant: no secrets, nobody left out. */
function isAnotherAnswer(name: string, how: string): boolean {
  return (
    how === 'list' &&
    ['passwordCredentials', 'excludeUsers', 'excludeRoles', 'signInRiskLevels', 'excludeGroups', 'excludeApplications'].includes(name)
  )
}
