import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { baselineOf, baselines } from '../../../core/posture/baselines.ts'
import { contradictionIn, parametersInForce } from '../../../core/posture/parameters/in-force.ts'
import type { ParameterValue } from '../../../core/posture/parameters/parameter.ts'
import { parameters } from '../../../core/posture/parameters/parameters.ts'
import { readingsOf, readOffline } from '../../../core/posture/offline.ts'
import { reportOf as lineOf } from '../../../core/posture/offline/report.ts'
import { checks } from '../../../core/posture/checks.ts'
import type { Principal } from '../../../core/principal.ts'
import { csvPieces } from '../../../core/report/csv.ts'
import { jsonPieces } from '../../../core/report/json.ts'
import { reportSchema, type ReportDocument } from '../../../core/report/json-schema.ts'
import type { OutcomeSource } from '../../../core/report/objects.ts'
import { offlineReport } from '../../../core/report/offline.ts'
import type { Report } from '../../../core/report/report.ts'
import { choose, setOwn } from '../../../bot/src/engine/baselines.ts'
import { judgeStoredFacts } from '../../../bot/src/engine/daily-judge.ts'
import { declare, exceptionsOf } from '../../../bot/src/engine/exceptions.ts'
import { reportOf } from '../../../bot/src/engine/report.ts'
import { chooseCounting, suppress } from '../../../bot/src/engine/suppressions.ts'
import { readSettings } from '../../../bot/src/store/settings.ts'
import { activeSuppressions } from '../../../bot/src/store/suppressions.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { application, blockingPolicy, coveringPolicy, now, secret, servicePrincipal, subscription } from '../../build/facts.ts'
import { valueOf } from '../../core/posture/parameters/random-values.ts'
import { readCsv } from '../../core/report/csv-reader.ts'
import { textOf } from '../../core/report/demo.ts'
import { fc } from '../../random.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { daysOn, objectId, snapshot } from './snapshots.ts'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

/** A tenant's facts, as its database and as a file hold them alike. */
const tenants = fc.record({
  secrets: fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 6 }),
  lastSeen: fc.array(fc.option(fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 6 }),
  leftOut: fc.option(fc.integer({ min: 100, max: 105 })),
  isSplit: fc.boolean(),
})
type Tenant = typeof tenants extends fc.Arbitrary<infer Value> ? Value : never

const declarations = fc.record({
  baseline: fc.constantFrom(...baselines.map(({ id }) => id)),
  values: fc.uniqueArray(
    fc.constantFrom(...parameters).chain((parameter) => fc.record({ id: fc.constant(parameter.id), value: valueOf(parameter) })),
    { selector: ({ id }) => id, maxLength: 8 },
  ),
  /** Number of a person who may be left out, and days until that ends: before or after the judgement. */
  exceptions: fc.uniqueArray(fc.record({ number: fc.integer({ min: 100, max: 105 }), until: fc.option(fc.constantFrom(1, 2, 30)) }), {
    selector: ({ number }) => number,
    maxLength: 3,
  }),
  /** Which of the findings, by their place, and days until it ends. */
  suppressions: fc.uniqueArray(fc.record({ place: fc.integer({ min: 0, max: 20 }), until: fc.constantFrom(2, 30) }), {
    selector: ({ place }) => place,
    maxLength: 5,
  }),
  wholeCheck: fc.boolean(),
  counting: fc.constantFrom('open', 'leftOut'),
})

function factsOf({ secrets, lastSeen, leftOut, isSplit }: Tenant) {
  const excludeUsers = leftOut === null ? [] : [objectId(leftOut)]
  const clients = isSplit ? [['exchangeActiveSync'], ['other']] : [['exchangeActiveSync', 'other']]
  return {
    subscribedSkus: [subscription(['p2'])],
    applications: secrets.map((days, index) => application(objectId(index), secret(`key-${index}`, daysOn(days)))),
    servicePrincipals: [servicePrincipal(objectId(50))],
    conditionalAccessPolicies: [
      ...clients.map((clientAppTypes, index) =>
        blockingPolicy(`block-${index}`, { users: { excludeUsers }, conditions: { clientAppTypes } }),
      ),
      coveringPolicy('mfa', { controls: ['mfa'], users: { excludeUsers } }),
    ],
    userSignInActivity: lastSeen.map((days, index) => ({
      id: objectId(100 + index),
      displayName: `Person ${index}`,
      userPrincipalName: `person${index}@contoso.com`,
      userType: index % 2 === 0 ? 'Guest' : 'Member',
      accountEnabled: true,
      createdDateTime: daysOn(-500),
      signInActivity: { lastSuccessfulSignInDateTime: days === null ? null : daysOn(-days), lastSignInDateTime: daysOn(-1) },
    })),
  }
}

const paths: Readonly<Record<keyof ReturnType<typeof factsOf>, string>> = {
  subscribedSkus: '/subscribedSkus',
  applications: '/applications',
  servicePrincipals: '/servicePrincipals',
  conditionalAccessPolicies: '/identity/conditionalAccess/policies',
  userSignInActivity: '/users?$select=id,displayName,userPrincipalName,userType,accountEnabled,createdDateTime,signInActivity',
}

const reason = 'As agreed'

/** Every fact that these answers give: one answer may stand for several. */
function factsIn(graph: Readonly<Record<string, unknown>>): Record<string, readonly { readonly id: string }[]> {
  const read = readOffline(JSON.stringify({ asOf: daysOn(0), graph }))
  if (!read.ok) throw new Error(read.problem)
  const readings = Object.entries(readingsOf(read.input))
  return Object.fromEntries(
    readings.flatMap(([fact, reading]) =>
      reading?.state === 'read' ? [[fact, (reading.rows ?? []) as readonly { readonly id: string }[]]] : [],
    ),
  )
}

/** The same tenant by the service and by the offline command. */
async function bothWays(tenant: Tenant, wanted: typeof declarations extends fc.Arbitrary<infer Value> ? Value : never) {
  const facts = factsOf(tenant)
  const graph = Object.fromEntries(Object.entries(paths).map(([fact, path]) => [path, { value: facts[fact as keyof typeof paths] }]))
  const who = await test.newTenant()
  const ada: Principal = { ...who, displayName: 'Ada', roles: ['owner'], door: 'tab' }
  await snapshot(test.store, who, daysOn(0), factsIn(graph))
  await choose(test.store, ada, wanted.baseline, reason, daysOn(0.1))
  for (const { id, value } of wanted.values) await setOwn(test.store, ada, { parameter: id, value: plain(value), reason }, daysOn(0.1))
  for (const { number, until } of wanted.exceptions)
    await declare(
      test.store,
      ada,
      { kind: 'user', objectId: objectId(number), reason, until: until === null ? undefined : daysOn(until) },
      daysOn(0.1),
    )
  await judgeStoredFacts({ store: test.store, now: () => now + 0.2 * 86_400_000 }, who.tenantId)
  const failing = (await documentOf(await made(who, ada))).checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
  const found = failing.flatMap(({ id, objects }) => objects.map(({ key }) => ({ checkId: id, findingKey: key })))
  for (const { place, until } of wanted.suppressions) {
    const one = found[place]
    if (one) await suppress(test.store, ada, { ...one, reason, owner: 'Grace', until: daysOn(until) }, daysOn(0.3))
  }
  if (wanted.wholeCheck && failing[0]) await suppress(test.store, ada, { checkId: failing[0].id, reason, until: daysOn(30) }, daysOn(0.3))
  await chooseCounting(test.store, ada, wanted.counting, daysOn(0.3))
  await judgeStoredFacts({ store: test.store, now: () => now + 86_400_000 }, who.tenantId)

  const file = await readTx(test.store, ada, async (tx) => {
    const { settings, baselineId } = await readSettings(tx)
    const { overrides, suppressedInScore } = settings
    const params = { baseline: baselineId, overrides, suppressedInScore, suppressions: await activeSuppressions(tx) }
    return {
      asOf: daysOn(1),
      params,
      graph,
    }
  })
  const text = JSON.stringify({ ...file, params: { ...file.params, declared: await exceptionsOf(test.store, ada, daysOn(1)) } })
  const read = readOffline(text)
  if (!read.ok) throw new Error(read.problem)
  return { service: await made(who, ada), offline: offlineReport(read.input, undefined, 'f'.repeat(64)), input: read.input }
}

interface Made {
  readonly report: Report
  readonly outcomeOf: OutcomeSource
}

async function made(_who: unknown, ada: Principal): Promise<Made> {
  const done = await reportOf(test.store, ada, {})
  if (done.kind !== 'report') throw new Error(`There is no report: ${done.kind}.`)
  return done
}

async function documentOf({ report, outcomeOf }: Made): Promise<ReportDocument> {
  return reportSchema.parse(JSON.parse(await textOf(jsonPieces(report, outcomeOf))))
}

/** Whose tenant and which scan it is differ, and so does the place of which it is said that it was not read. */
function comparable(document: ReportDocument): object {
  const unknown = new Set(document.checks.filter(({ verdict }) => verdict === 'unknown').map(({ id }) => id))
  const told = (id: string, text: string): string => (unknown.has(id) ? '' : text)
  return {
    ...document,
    tenant: null,
    scan: null,
    unread: document.unread.map((one) => ({ ...one, detail: '' })),
    checks: document.checks.map((one) => ({
      ...one,
      reason: told(one.id, one.reason),
      unread: one.unread && { ...one.unread, detail: '' },
    })),
    policies: document.policies.map((one) => ({
      ...one,
      verdicts: Object.fromEntries(
        Object.entries(one.verdicts).map(([policy, verdict]) => [policy, { ...verdict, reason: told(verdict.decidedBy, verdict.reason) }]),
      ),
    })),
  }
}

async function linesOf({ report, outcomeOf }: Made) {
  return readCsv(await textOf(csvPieces(report, outcomeOf))).map((line) => ({ ...line, Tenant: '', Scan: '' }))
}

function plain(value: ParameterValue): unknown {
  return typeof value === 'object' ? [...value] : value
}

describe('a tenant in a file', () => {
  it('has the verdicts, scores and reports that the service gives for the same facts, declarations, suppressions and own values', async () => {
    const seen = { suppressed: 0, own: 0, declared: 0 }
    await fc.assert(
      fc.asyncProperty(tenants, declarations, async (tenant, wanted) => {
        const { service, offline, input } = await bothWays(tenant, wanted)
        const [one, other] = [await documentOf(service), await documentOf(offline)]
        expect(JSON.stringify(comparable(other), null, 1)).toBe(JSON.stringify(comparable(one), null, 1))
        expect(await linesOf(offline)).toEqual(await linesOf(service))
        // The line of the command has the same figures.
        const { score } = lineOf(checks, await resultsOf(offline), input.baseline, {
          suppressed: input.suppressed,
          counting: input.settings.suppressedInScore,
        })
        expect(score).toEqual({
          value: one.score.value,
          suppressedAre: one.score.suppressedAre,
          suppressedOpen: one.score.suppressedOpen,
          suppressedLeftOut: one.score.suppressedLeftOut,
        })
        seen.suppressed += one.counts.suppressed
        seen.own += one.baseline.ownValues.length
        seen.declared += one.declared.length
        const baseline = baselineOf(one.baseline.id)
        expect(baseline && contradictionIn(parametersInForce(baseline, input.settings.overrides))).toBeUndefined()
      }),
      // The daily cases are known to hold one of each kind.
      process.env['DRILL'] === '1' ? { numRuns: 40 } : { numRuns: 12, seed: 20261122 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
  })
})

async function resultsOf({ outcomeOf }: Made) {
  const results = []
  for (const { id } of checks) {
    const outcome = await outcomeOf(id)
    if (outcome) results.push({ checkId: id, outcome })
  }
  return results
}
