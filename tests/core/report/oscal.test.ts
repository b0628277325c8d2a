import { beforeAll, describe, expect, it } from '@jest/globals'
import type { z } from 'zod'
import { baselineOf } from '../../../core/posture/baselines.ts'
import { checks } from '../../../core/posture/checks.ts'
import type { CheckResult } from '../../../core/posture/check.ts'
import { attackUrl } from '../../../core/report/oscal-parts.ts'
import { oscalPieces } from '../../../core/report/oscal.ts'
import type { ReportSubject } from '../../../core/report/report.ts'
import { uuidOf } from '../../../core/report/uuid.ts'
import { judgedTenant, reportOver, subject, textOf } from './demo.ts'
import { hostileNames, namedResult } from './hostile.ts'
import { oscalSchema } from './oscal-shape.ts'

type Document = z.infer<typeof oscalSchema>['assessment-results']
let results: readonly CheckResult[] = []
beforeAll(async () => void (results = await judgedTenant('contoso-demo', { leave: ['riskyUsers', 'conditionalAccessPolicies'] })))

async function written(of: readonly CheckResult[], about: Partial<ReportSubject> = {}): Promise<Document> {
  const { report, outcomeOf } = reportOver(of, about)
  return oscalSchema.parse(JSON.parse(await textOf(oscalPieces(report, outcomeOf))))['assessment-results']
}

function resultIn(document: Document): Document['results'][number] {
  const [result] = document.results
  if (!result) throw new Error('There is no result.')
  return result
}

/** Every `…uuid` and `…-id` that points at something, and everything that there is to point at. */
function references(document: Document) {
  const result = resultIn(document)
  const observations = new Set(result.observations.map(({ uuid }) => uuid))
  const risks = new Set(result.risks?.map(({ uuid }) => uuid))
  const objectives = new Set(document['local-definitions']?.['objectives-and-methods'].flatMap(({ parts }) => parts.map(({ id }) => id)))
  const tool = result['local-definitions']['assessment-assets'].components[0]?.uuid
  return { observations, risks, objectives, tool }
}

describe('OSCAL assessment results', () => {
  it('of a whole tenant have the model’s shape, and everything that they point at is in them', async () => {
    const document = await written(results)
    const result = resultIn(document)
    const { observations, risks, objectives, tool } = references(document)
    expect(result.observations).toHaveLength(checks.length)
    for (const { uuid } of result.observations) expect(uuid).toMatch(/^\S+$/)
    expect(observations.size).toBe(checks.length)
    for (const finding of result.findings ?? []) {
      expect(objectives).toContain(finding.target['target-id'])
      for (const entry of finding['related-observations']) expect(observations).toContain(entry['observation-uuid'])
      for (const entry of finding['related-risks'] ?? []) expect(risks).toContain(entry['risk-uuid'])
    }
    for (const risk of result.risks ?? [])
      for (const entry of risk['related-observations']) expect(observations).toContain(entry['observation-uuid'])
    for (const { origins } of [...result.observations, ...(result.risks ?? []), ...(result.findings ?? [])])
      expect(origins).toEqual([{ actors: [{ type: 'tool', 'actor-uuid': tool }] }])
    expect(document['import-ap'].href).toBe(`#${document['back-matter'].resources[0]?.uuid}`)
    const all = JSON.stringify(document).match(/"uuid":"[^"]+"/g) ?? []
    expect(new Set(all).size).toBe(all.length)
  })

  it('say of an objective that it is met, or not, only where that was judged', async () => {
    const document = await written(results)
    const result = resultIn(document)
    const verdictOf = new Map(
      results.map(({ checkId, outcome }) => [
        uuidOf(subject.tenant.id, subject.scan.id, 'default', 'observation', checkId),
        outcome.verdict,
      ]),
    )
    const states = new Map<string, number>()
    for (const { target, ...finding } of result.findings ?? []) {
      const verdicts = finding['related-observations'].map((entry) => verdictOf.get(entry['observation-uuid']))
      if (!verdicts.includes('fail')) expect(verdicts).not.toContain('unknown')
      if (!verdicts.includes('fail')) expect(verdicts).not.toContain('manual')
      expect(target.status.state).toBe(verdicts.includes('fail') || verdicts.includes('warn') ? 'not-satisfied' : 'satisfied')
      states.set(target.status.state, (states.get(target.status.state) ?? 0) + 1)
    }
    expect([...states.keys()].sort()).toEqual(['not-satisfied', 'satisfied'])
    const unread = result.observations.filter(({ props }) => props.some(({ name, value }) => name === 'verdict' && value === 'unknown'))
    expect(unread.length).toBeGreaterThan(10)
    for (const { methods, remarks, subjects } of unread)
      expect({ methods, remarks, subjects }).toEqual({
        methods: ['UNKNOWN'],
        remarks: expect.stringContaining('was not read'),
        subjects: undefined,
      })
    const legacy = document['local-definitions']?.['objectives-and-methods'].find(
      (objective) => objective['control-id'] === 'scuba-MS.AAD.1.1v1',
    )
    expect(legacy).toBeDefined()
    expect(result.findings?.some(({ title }) => title === 'scuba MS.AAD.1.1v1')).toBe(false)
  })

  it('claim nothing for techniques of attackers: those are threats of a risk', async () => {
    const result = resultIn(await written(results))
    expect(result.findings?.some(({ title }) => title.startsWith('attack '))).toBe(false)
    expect(result.risks?.flatMap((risk) => risk['threat-ids'] ?? []).map(({ id }) => id)).toContain(
      'https://attack.mitre.org/techniques/T1098/001',
    )
    expect(attackUrl('T1078')).toBe('https://attack.mitre.org/techniques/T1078')
  })

  it('count a missing licence as not met by the baseline that says so', async () => {
    const scuba = baselineOf('scuba')
    if (!scuba) throw new Error('There is no baseline scuba.')
    const absent: CheckResult = {
      checkId: 'high-user-risk-blocked',
      outcome: { verdict: 'notApplicable', reason: 'licence', values: { licence: 'P2' } },
    }
    const states = async (about: Partial<ReportSubject>) =>
      resultIn(await written([absent, namedResult(['a'])], about)).findings?.map(({ title, target }) => [title, target.status.state]) ?? []
    expect(await states({ baseline: scuba })).toContainEqual(['scuba MS.AAD.2.1v1', 'not-satisfied'])
    expect((await states({})).map(([title]) => title)).not.toContain('scuba MS.AAD.2.1v1')
  })

  it('name everything anew for another tenant, scan or baseline, and the same again for the same', async () => {
    const ids = async (about: Partial<ReportSubject>): Promise<readonly string[]> =>
      JSON.stringify(await written([namedResult(['a'])], about)).match(/"(?:observation-)?uuid":"[^"]+"/g) ?? []
    const plain = await ids({})
    expect(await ids({})).toEqual(plain)
    const cis = baselineOf('cis')
    for (const about of [
      { tenant: { ...subject.tenant, id: 'other' } },
      { scan: { ...subject.scan, id: 'other' } },
      ...(cis ? [{ baseline: cis }] : []),
    ])
      expect((await ids(about)).filter((id) => plain.includes(id))).toEqual([])
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'))
    expect(uuidOf('a\0b')).not.toBe(uuidOf('a', 'b'))
  })

  it('take any name, and nothing at all', async () => {
    const document = await written([namedResult(hostileNames)], { tenant: { id: '', displayName: '\u202E', domain: '' } })
    expect(resultIn(document).observations[0]?.subjects).toHaveLength(hostileNames.length)
    expect(resultIn(await written(results.slice(0, 1))).observations).toHaveLength(1)
  })

  it('accept a risk only where every finding of it is suppressed', async () => {
    const suppressed = [{ checkId: 'app-secret-expired', findingKey: null, reason: 'Known', owner: 'Grace', byName: 'Ada', until: null }]
    const status = async (result: CheckResult) => resultIn(await written([result], { suppressed })).risks?.[0]?.status
    expect(await status(namedResult(['a']))).toBe('deviation-approved')
    expect(await status(namedResult(['a'], 5))).toBe('open')
  })
})
