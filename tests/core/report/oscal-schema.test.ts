import { beforeAll, describe, expect, it } from '@jest/globals'
import type { CheckResult } from '../../../core/posture/check.ts'
import { baselineOf } from '../../../core/posture/baselines.ts'
import { oscalPieces } from '../../../core/report/oscal.ts'
import type { ReportSubject } from '../../../core/report/report.ts'
import { judgedTenant, reportOver, textOf } from './demo.ts'
import { hostileNames, namedResult } from './hostile.ts'
import { oscalValidator } from './oscal-schema.ts'

const validate = oscalValidator()
let whole: readonly CheckResult[] = []
beforeAll(async () => void (whole = await judgedTenant('contoso-demo', {})))

async function written(of: readonly CheckResult[], about: Partial<ReportSubject> = {}): Promise<unknown> {
  const { report, outcomeOf } = reportOver(of, about)
  return JSON.parse(await textOf(oscalPieces(report, outcomeOf)))
}

function faultsOf(document: unknown): readonly string[] {
  return validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

describe('OSCAL under the constraints of assessment results', () => {
  it('a whole tenant, with near misses; with other baselines; with little and with nothing read', async () => {
    expect(faultsOf(await written(whole))).toEqual([])
    expect(whole.some(({ outcome }) => 'nearMiss' in outcome)).toBe(true)
    for (const id of ['scuba', 'cis']) {
      const baseline = baselineOf(id)
      if (baseline) expect(faultsOf(await written(whole, { baseline }))).toEqual([])
    }
    expect(faultsOf(await written(await judgedTenant('contoso-demo', { leave: ['conditionalAccessPolicies', 'users'] })))).toEqual([])
    expect(faultsOf(await written(whole.slice(0, 1)))).toEqual([])
  })

  it('names that try to become something else, and what was suppressed', async () => {
    const suppressed = [{ checkId: 'app-secret-expired', findingKey: null, reason: ' Known\n', owner: 'Ada', byName: 'Ada', until: null }]
    expect(
      faultsOf(await written([namedResult(hostileNames)], { tenant: { id: '', displayName: '\u202E', domain: '' }, suppressed })),
    ).toEqual([])
  })

  it('a report without any one of its members that must be there, or with one more, is refused', async () => {
    const document = await written(whole.filter((_, index) => index % 12 === 0))
    const seen = new Set<string>()
    let refused = 0
    for (const { place, object } of objectsIn(document)) {
      // One of each kind of part is enough.
      if (seen.has(place)) continue
      seen.add(place)
      Object.assign(object, { 'not-a-member': 'x' })
      expect({ place, refused: !validate(document) }).toEqual({ place, refused: true })
      delete object['not-a-member']
      for (const name of Object.keys(object)) {
        const value = object[name]
        delete object[name]
        refused += Number(!validate(document))
        object[name] = value
      }
    }
    expect(faultsOf(document)).toEqual([])
    expect(seen.size).toBeGreaterThan(25)
    expect(refused).toBeGreaterThan(40)
  })
})

/** Every object of a document, with the names on the way to it. */
function* objectsIn(value: unknown, place = ''): Generator<{ readonly place: string; readonly object: Record<string, unknown> }> {
  if (Array.isArray(value)) {
    for (const item of value) yield* objectsIn(item, `${place}[]`)
    return
  }
  if (!isObject(value)) return
  yield { place, object: value }
  for (const [name, member] of Object.entries(value)) yield* objectsIn(member, `${place}/${name}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
