import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { CheckResult } from '../../../core/posture/check.ts'
import { baselineOf } from '../../../core/posture/baselines.ts'
import { checks } from '../../../core/posture/checks.ts'
import { defaultSettings } from '../../../core/posture/settings.ts'
import { csvPieces } from '../../../core/report/csv.ts'
import { htmlPieces, listedInAll, listedPerCheck } from '../../../core/report/html.ts'
import { sha256Source } from '../../../core/report/html-parts.ts'
import { jsonPieces } from '../../../core/report/json.ts'
import { reportSchema, reportSchemaText, type ReportDocument } from '../../../core/report/json-schema.ts'
import { offlineReport } from '../../../core/report/offline.ts'
import { reportWriters } from '../../../core/report/pieces.ts'
import { readOffline } from '../../../core/posture/offline.ts'
import { readCsv } from './csv-reader.ts'
import { judgedTenant, reportOver, textOf } from './demo.ts'
import { hostileNames, namedResult } from './hostile.ts'

let results: readonly CheckResult[] = []
beforeAll(async () => void (results = await judgedTenant('contoso-demo', { leave: ['riskyUsers'] })))

const page = new URL('../../../docs/', import.meta.url)
const expired = 'app-secret-expired'

async function documentOf(made: Parameters<typeof jsonOf>[0]): Promise<ReportDocument> {
  return reportSchema.parse(JSON.parse(await jsonOf(made)))
}
function jsonOf({ report, outcomeOf }: ReturnType<typeof reportOver>): Promise<string> {
  return textOf(jsonPieces(report, outcomeOf))
}
async function linesOf({ report, outcomeOf }: ReturnType<typeof reportOver>) {
  return readCsv(await textOf(csvPieces(report, outcomeOf)))
}

describe('every way of writing', () => {
  it.each(Object.entries(reportWriters))(
    '%s: the same results give the same bytes, in whatever order they came',
    async (_name, { pieces }) => {
      const one = reportOver(results)
      const other = reportOver([...results].reverse())
      expect(await textOf(pieces(other.report, other.outcomeOf, 'en'))).toBe(await textOf(pieces(one.report, one.outcomeOf, 'en')))
    },
  )

  it('asks for the objects of one check at a time, and for each at most once', async () => {
    for (const { pieces } of Object.values(reportWriters)) {
      const { report, outcomeOf } = reportOver(results)
      const asked: string[] = []
      let running = 0
      await textOf(
        pieces(report, async (checkId) => {
          expect(++running).toBe(1)
          asked.push(checkId)
          const outcome = await outcomeOf(checkId)
          running -= 1
          return outcome
        }),
      )
      expect(new Set(asked).size).toBe(asked.length)
      expect(asked.length).toBeGreaterThan(50)
    }
  })

  it('breaks off with a sentence where a verdict went away meanwhile', async () => {
    const { report } = reportOver(results)
    for (const { pieces } of Object.values(reportWriters))
      await expect(textOf(pieces(report, async () => undefined))).rejects.toThrow(
        /The verdict of \S+ went away while the report was written\./,
      )
  })

  it('leaves out what did not exist at the time of the scan, and says nothing of retired checks', async () => {
    const retired: CheckResult = { checkId: 'retired', outcome: { verdict: 'pass', reason: 'x', values: {}, basis: [] } }
    const made = reportOver([...results.filter(({ checkId }) => checkId !== expired), retired])
    const { checks: reported, policies } = await documentOf(made)
    expect(reported).toHaveLength(checks.length - 1)
    expect(policies.map(({ baseline }) => baseline)).toEqual(['scuba', 'cis'])
  })
})

describe('JSON', () => {
  it('is countersign-report/1: what was judged, counted, not read and declared', async () => {
    const declared = [
      {
        id: '6f2d7a0e-58c5-4c14-9a3c-0b6cf6a3d111',
        kind: 'user' as const,
        objectId: 'u1',
        reason: 'Emergency access',
        by: 'o1',
        byName: 'Ada',
        at: '2026-11-01T00:00:00Z',
      },
    ]
    const settings = { ...defaultSettings, declared, exclusions: { ...defaultSettings.exclusions, users: ['u1', 'u2'] } }
    const document = await documentOf(reportOver(results, { settings }))
    const by = (verdict: string) => document.checks.filter((check) => check.verdict === verdict)
    for (const [verdict, count] of Object.entries(document.counts.verdicts)) expect(by(verdict)).toHaveLength(count)
    expect(document.counts.objects).toBe(document.checks.reduce((sum, { affected }) => sum + affected.listed + affected.unlisted, 0))
    for (const { objects, affected } of document.checks) expect(objects).toHaveLength(affected.listed)
    expect(document.unread).toEqual([
      {
        fact: 'riskyUsers',
        title: expect.any(String),
        reason: 'scope',
        detail: expect.stringContaining('was not granted'),
        checks: by('unknown').map(({ id }) => id),
      },
    ])
    for (const check of by('unknown')) expect(check).toMatchObject({ reasonId: 'scope', unread: { fact: 'riskyUsers' }, objects: [] })
    expect(document.declared).toEqual([
      { kind: 'user', objectId: 'u1', reason: 'Emergency access', byName: 'Ada', at: '2026-11-01T00:00:00Z', until: null, counts: true },
      { kind: 'user', objectId: 'u2', reason: '', byName: '', at: null, until: null, counts: true },
    ])
    expect(document.checks.flatMap(({ objects }) => objects).length).toBeGreaterThan(100)
    expect(document.score.value).toBeGreaterThan(0)
  })

  it('gives the policies of each framework, and says where they were judged with other parameters', async () => {
    const cis = baselineOf('cis')
    if (!cis) throw new Error('There is no baseline cis.')
    const exact = async (about: object) =>
      (await documentOf(reportOver(results, about))).policies.map(({ baseline, exact: is }) => [baseline, is])
    expect(await exact({ baseline: cis })).toEqual([
      ['scuba', false],
      ['cis', true],
    ])
    const { policies } = await documentOf(reportOver(results))
    const verdicts = Object.values(policies[0]?.verdicts ?? {})
    expect(verdicts.length).toBeGreaterThan(25)
    for (const { verdict, reason, decidedBy, checks: ids } of verdicts) {
      expect(ids).toContain(decidedBy)
      if (verdict !== 'notApplicable') expect(reason).toMatch(/\.$/)
    }
  })

  it('marks what is suppressed: one finding, a check, the tenant', async () => {
    const entry = { reason: 'Known', owner: 'Grace', byName: 'Ada', until: '2027-01-01T00:00:00Z' }
    const [object] = namedResult(['a', 'b']).outcome.verdict === 'fail' ? ['00000000-0000-4000-8000-000000000000/key-0'] : []
    const suppressedIn = async (suppressed: object[]) =>
      (await documentOf(reportOver([namedResult(['a', 'b'])], { suppressed: suppressed as never }))).checks[0]
    expect(await suppressedIn([{ checkId: expired, findingKey: `${expired}:${object}`, ...entry }])).toMatchObject({
      affected: { listed: 2, suppressed: 1 },
      objects: [{ suppressed: true }, { suppressed: false }],
    })
    expect(await suppressedIn([{ checkId: expired, findingKey: null, ...entry }])).toMatchObject({ affected: { suppressed: 2 } })
    const lines = await linesOf(reportOver([namedResult(['a', 'b'])], { suppressed: [{ checkId: expired, findingKey: null, ...entry }] }))
    expect(lines[0]).toMatchObject({ Suppressed: 'yes', 'Suppressed because': 'Known', 'Suppressed until': '2027-01-01T00:00:00Z' })
  })

  it('the published schema and page are those of the code', () => {
    expect(JSON.parse(readFileSync(new URL('report.schema.json', page), 'utf8'))).toEqual(JSON.parse(reportSchemaText()))
    const text = readFileSync(new URL('reports.md', page), 'utf8')
    for (const name of Object.keys(reportSchema.shape)) expect(text).toContain(`\`${name}\``)
  })
})

describe('CSV', () => {
  it('has one line for each affected object and one for a finding about the tenant; the lines add up', async () => {
    const made = reportOver([...results.filter(({ checkId }) => checkId !== expired), namedResult(['a', 'b'], 12)])
    const lines = await linesOf(made)
    const stands = lines.reduce((sum, line) => sum + Number(line['Findings in this line']), 0)
    const aboutTenant = lines.filter((line) => line['Object type'] === 'tenant')
    expect(aboutTenant.length).toBeGreaterThan(20)
    expect(stands).toBe(made.report.counts.objects + aboutTenant.filter((line) => line['Object id'] === '').length)
    expect(lines.filter(({ Check }) => Check === expired).map((line) => [line['Object'], line['Findings in this line']])).toEqual([
      ['a', '1'],
      ['b', '1'],
      ['', '12'],
    ])
  })

  it('begins with the mark by which Excel knows UTF-8, and ends its lines with CRLF', async () => {
    const { report, outcomeOf } = reportOver(results)
    const text = await textOf(csvPieces(report, outcomeOf))
    expect(text.startsWith('\uFEFF"Severity",')).toBe(true)
    expect(text.endsWith('"\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('lets no name become a formula, a line or a field of its own', async () => {
    const lines = await linesOf(reportOver([namedResult(hostileNames)]))
    expect(lines).toHaveLength(hostileNames.length)
    for (const line of lines) for (const cell of Object.values(line)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|[\p{Cc}\u202a-\u202e]/u)
    expect(lines.map((line) => line['Object'])).toEqual(
      expect.arrayContaining(['\'=HYPERLINK("https://evil.example","open")', '"quoted", with comma']),
    )
  })
})

describe('the page', () => {
  const tags =
    /<(?!\/?(?:html|head|meta|title|style|body|main|header|h[1-4]|p|span|bdi|dl|div|dt|dd|svg|circle|text|rect|table|caption|thead|tbody|tr|th|td|section|ol|li|a)\b)[^>]*>/gi

  it('allows itself nothing but its own style, which it names by its hash', async () => {
    const { report, outcomeOf } = reportOver(results)
    const text = await textOf(htmlPieces(report, outcomeOf))
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? ''
    expect(text).toContain(`content="default-src 'none'; style-src ${sha256Source(style)}; base-uri 'none'; form-action 'none'"`)
    expect(sha256Source('')).toBe("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='")
    expect(text.replace('<!doctype html>', '').match(tags) ?? []).toEqual([])
    expect(text).not.toMatch(/ (?:style|src|srcset|on\w+)=|url\(|@import|javascript:/i)
    for (const [, address = ''] of text.matchAll(/ href="([^"]*)"/g)) expect(address).toMatch(/^https:\/\//)
  })

  it('shows hostile names as text', async () => {
    const { report, outcomeOf } = reportOver([namedResult(hostileNames)], {
      tenant: { id: '', displayName: hostileNames[2], domain: hostileNames[1] },
    })
    const text = await textOf(htmlPieces(report, outcomeOf))
    expect(text.replace('<!doctype html>', '').match(tags) ?? []).toEqual([])
    expect(text).toContain('&lt;script&gt;document.title = &quot;taken&quot;&lt;/script&gt;')
    expect(text).toContain('(no name)')
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u)
  })

  it('tells dates in the words of the reader’s region', async () => {
    const { report, outcomeOf } = reportOver([namedResult(['a'])])
    expect(await textOf(htmlPieces(report, outcomeOf, 'en-GB'))).toContain('22 November 2026')
    expect(await textOf(htmlPieces(report, outcomeOf, 'en-US'))).toContain('November 22, 2026')
  })

  it('lists the first and counts the others: 10,000 findings in every check stay below 5 MB, whatever their names', async () => {
    const many = results.map((result): CheckResult => {
      const { checkId, outcome } = result
      if (outcome.verdict !== 'fail' && outcome.verdict !== 'warn') return result
      const [object] = outcome.objects
      if (!object) return result
      const longest = { ...object, name: '&'.repeat(500) }
      return { checkId, outcome: { ...outcome, objects: Array.from({ length: 10_000 }, () => longest), unlisted: 90_000 } }
    })
    const secrets = namedResult(
      Array.from({ length: 10_000 }, () => '&'.repeat(500)),
      90_000,
    )
    const { report, outcomeOf } = reportOver([...many.filter(({ checkId }) => checkId !== expired), secrets])
    expect(report.counts.objects).toBeGreaterThan(3_000_000)
    const text = await textOf(htmlPieces(report, outcomeOf))
    expect(text).toContain('100,000 objects are affected')
    expect(text).toContain('99,900 more are counted and not listed here')
    expect(text).toContain('100,000 more are counted and not listed here')
    expect(text.match(/<bdi>&amp;/g)).toHaveLength(listedInAll)
    expect(Buffer.byteLength(text)).toBeLessThan(5_000_000)
    const one = await textOf(htmlPieces(reportOver([secrets]).report, reportOver([secrets]).outcomeOf))
    const perRow = Buffer.byteLength(one) / listedPerCheck
    expect(perRow * listedInAll).toBeLessThan(5_000_000)
  })
})

describe('a file', () => {
  it('gives the same report again, about whom the file names', async () => {
    const text = JSON.stringify({
      asOf: '2026-11-01T02:00:00+02:00',
      graph: {
        '/applications': { value: [] },
        '/servicePrincipals': { value: [] },
        '/organization': {
          value: [
            {
              id: '5d0f1c62-0f4e-4c3a-9a51-3c1f1a2b7e10',
              displayName: 'Fabrikam',
              verifiedDomains: [{ name: 'fabrikam.com', isDefault: true, isInitial: false }],
              onPremisesSyncEnabled: null,
              onPremisesLastSyncDateTime: null,
            },
          ],
        },
      },
    })
    const read = readOffline(text)
    const scuba = baselineOf('scuba')
    if (!read.ok || !scuba) throw new Error('The file cannot be read.')
    const document = await documentOf(offlineReport(read.input, scuba, 'd'.repeat(64)))
    expect(document).toMatchObject({
      tenant: { displayName: 'Fabrikam', domain: 'fabrikam.com' },
      scan: { id: `file-${'d'.repeat(32)}`, kind: 'file', factsAsOf: '2026-11-01T00:00:00.000Z' },
      baseline: { id: 'scuba' },
    })
    expect(document.policies[0]).toMatchObject({ baseline: 'scuba', exact: true })
  })
})
