import { beforeAll, describe, expect, it } from '@jest/globals'
import type { CheckResult } from '../../../core/posture/check.ts'
import { baselineOf } from '../../../core/posture/baselines.ts'
import { oscalVersion } from '../../../core/report/oscal-head.ts'
import { oscalPieces } from '../../../core/report/oscal.ts'
import type { ReportSubject } from '../../../core/report/report.ts'
import { judgedTenant, reportOver, subject, textOf } from './demo.ts'
import { hostileNames, namedResult } from './hostile.ts'
import { publishedVersions, validatorOf } from './oscal-published.ts'

const [declared, newest] = [validatorOf(oscalVersion), validatorOf('1.2.1')]
let whole: readonly CheckResult[] = []
beforeAll(async () => void (whole = await judgedTenant('contoso-demo', {})))

async function written(of: readonly CheckResult[], about: Partial<ReportSubject> = {}): Promise<unknown> {
  const { report, outcomeOf } = reportOver(of, about)
  return JSON.parse(await textOf(oscalPieces(report, outcomeOf)))
}

/** What NIST's schemas say against a document: that of the version which it names, and the newest one. */
function faultsOf(document: unknown): readonly string[] {
  return [declared, newest].flatMap((validate) =>
    validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`),
  )
}

describe('OSCAL under NIST’s own schemas', () => {
  it('names a version whose schema is here', () => {
    expect(publishedVersions).toContain(oscalVersion)
  })

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
    for (const name of hostileNames) {
      const said = suppressed.map((entry) => ({ ...entry, reason: name, owner: name, byName: name }))
      const own = { parameter: 'inactiveDays', value: 30, reason: name, by: 'ada', byName: name, at: subject.asOf }
      const about = {
        tenant: { id: subject.tenant.id, displayName: name, domain: name },
        suppressed: said,
        settings: { ...subject.settings, overrides: [own] },
      }
      expect({ name, faults: faultsOf(await written([namedResult([name])], about)) }).toEqual({ name, faults: [] })
    }
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
      expect({ place, refused: !declared(document) }).toEqual({ place, refused: true })
      delete object['not-a-member']
      for (const name of Object.keys(object)) {
        const value = object[name]
        delete object[name]
        refused += Number(!declared(document))
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
