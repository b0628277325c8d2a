import { beforeAll, describe, expect, it } from '@jest/globals'
import type { CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { defaultSettings, type Settings } from '../../../core/posture/settings.ts'
import { bothScores } from '../../../core/posture/suppression.ts'
import { csvPieces } from '../../../core/report/csv.ts'
import { htmlPieces } from '../../../core/report/html.ts'
import { jsonPieces } from '../../../core/report/json.ts'
import { reportSchema, type ReportDocument } from '../../../core/report/json-schema.ts'
import { oscalPieces } from '../../../core/report/oscal.ts'
import type { ReportSubject } from '../../../core/report/report.ts'
import { readCsv } from './csv-reader.ts'
import { judgedTenant, reportOver, textOf } from './demo.ts'
import { oscalSchema } from './oscal-shape.ts'

const reason = 'Rotated <b>by</b> a robot'
const override = { parameter: 'secretFailDays', value: 1, reason, by: 'o1', byName: 'Ada', at: '2026-11-01T00:00:00Z' }
const settings: Settings = {
  ...defaultSettings,
  overrides: [override],
  suppressedInScore: 'leftOut',
  declared: [
    {
      id: '',
      kind: 'user',
      objectId: 'u1',
      reason: 'A trip',
      by: 'o1',
      byName: 'Ada',
      at: '2026-11-01T00:00:00Z',
      until: '2026-11-02T00:00:00Z',
    },
  ],
}
const suppressed = [
  {
    checkId: 'app-secret-expired',
    findingKey: null,
    reason: 'Replaced soon',
    owner: 'Grace',
    byName: 'Ada',
    until: '2027-01-01T00:00:00.000Z',
  },
]
const sentence = `Own value, Notice before a credential ends: failing: 1 day instead of the baseline’s 7 days, because “${reason}”.`

let results: readonly CheckResult[] = []
beforeAll(async () => void (results = await judgedTenant('contoso-demo', { settings })))

async function document(about: Partial<ReportSubject> = {}): Promise<ReportDocument> {
  const { report, outcomeOf } = reportOver(results, { settings, suppressed, ...about })
  return reportSchema.parse(JSON.parse(await textOf(jsonPieces(report, outcomeOf))))
}

describe('a report of a tenant with own values and suppressions', () => {
  it('names what was in force, the baseline’s own value beside it, and whether it asks for less', async () => {
    const { baseline } = await document()
    expect(baseline).toMatchObject({
      id: 'default',
      parameters: { secretExpiry: { failDays: 1, warnDays: 30 } },
      baselineParameters: { secretExpiry: { failDays: 7, warnDays: 30 } },
      asOfScan: true,
    })
    expect(baseline.ownValues).toEqual([
      {
        parameter: 'secretFailDays',
        title: 'Notice before a credential ends: failing',
        value: 1,
        baselineValue: 7,
        compared: 'looser',
        reason,
        byName: 'Ada',
        at: override.at,
      },
    ])
  })

  it('says it at each verdict that rests on it, and at no other', async () => {
    const { checks: reported, policies } = await document()
    const marked = reported.filter(({ ownValues }) => ownValues.length > 0)
    expect(marked.map(({ id }) => id)).toEqual(['app-secret-expires-soon', 'app-certificate-ends'])
    for (const { reason: text, ownValues } of marked) {
      expect(text.endsWith(sentence)).toBe(true)
      expect(ownValues).toEqual([{ parameter: 'secretFailDays', value: 1, baselineValue: 7, reason }])
    }
    expect(policies.map(({ exact }) => exact)).toEqual([false, false])
  })

  it('counts suppressed findings as the tenant chose, with both figures', async () => {
    const { open, leftOut } = bothScores(checks, results, suppressed, 'leftOut')
    expect(leftOut).toBeGreaterThan(open ?? Infinity)
    const { score } = await document()
    expect(score).toMatchObject({ value: leftOut, suppressedAre: 'leftOut', suppressedOpen: open, suppressedLeftOut: leftOut })
    const asOpen = await document({ settings: { ...settings, suppressedInScore: 'open' } })
    expect(asOpen.score).toMatchObject({ value: open, suppressedAre: 'open', suppressedOpen: open, suppressedLeftOut: leftOut })
  })

  it('has the end of each exception and the owner and end of each suppression', async () => {
    const { declared, suppressed: listed } = await document()
    expect(declared).toEqual([expect.objectContaining({ objectId: 'u1', until: '2026-11-02T00:00:00Z', counts: false })])
    expect(listed).toEqual([expect.objectContaining({ owner: 'Grace', until: '2027-01-01T00:00:00.000Z' })])
  })

  it('says the same in the table, on the page and in OSCAL', async () => {
    const { report, outcomeOf } = reportOver(results, { settings, suppressed })
    const lines = readCsv(await textOf(csvPieces(report, outcomeOf)))
    const expired = lines.find(({ Check }) => Check === 'app-secret-expired')
    expect(expired).toMatchObject({ 'Suppression answered for by': 'Grace', 'Own values': '', Score: String(report.score.value) })
    expect(expired?.['Score with suppressed as open']).toBe(String(report.scores.open))
    expect(lines.find(({ Check }) => Check === 'app-secret-expires-soon')?.['Own values']).toBe(sentence)

    const page = await textOf(htmlPieces(report, outcomeOf))
    expect(page).toContain('Parameters that differ from Countersign')
    expect(page).toContain('Rotated &lt;b&gt;by&lt;/b&gt; a robot')
    expect(page).toContain(`suppressed findings are left out. With them counted as open it would be ${report.scores.open}.`)
    expect(page).toContain('November 2, 2026: it counts no more')

    const oscal = oscalSchema.parse(JSON.parse(await textOf(oscalPieces(report, outcomeOf))))['assessment-results']
    const props = (oscal.metadata.props ?? []).map(({ name, value }) => [name, value])
    expect(props).toContainEqual(['own-value', sentence])
    expect(props).toContainEqual(['score-suppressed-open', String(report.scores.open)])
    const titles = oscal['back-matter'].resources.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(['Declared exception: user u1', 'Suppression: app-secret-expired']))
  })
})
