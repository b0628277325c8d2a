import { describe, expect, it } from '@jest/globals'
import { scanDocument, scanReport, type ScanResult } from '../../../bot/src/cli/scan-report.ts'

const finding = {
  checkId: 'app-secret-expired',
  code: 'APP-01',
  title: '8 expired secrets are still kept on applications',
  severity: 'low',
  area: 'applications',
  areaTitle: 'Applications',
  state: 'open',
  open: 8,
  unlisted: 0,
  adds: 3,
  firstSeen: '2026-11-22T12:00:00.000Z',
} as const

function resultWith(more: { findings?: ScanResult['findings']; overview?: Partial<ScanResult['overview']> } = {}): ScanResult {
  const scan = {
    id: '1',
    state: 'finished',
    startedAt: '',
    finishedAt: '',
    startedBy: 'Ada',
    progress: { done: 9, of: 9, now: '' },
    problem: null,
  } as const
  return {
    service: 'https://countersign.contoso.com',
    scan,
    findings: more.findings ?? [finding],
    overview: {
      tenant: { displayName: 'Contoso', domain: 'contoso.com' },
      lastScan: scan,
      judgedAt: null,
      runningScan: null,
      score: { value: 62.5, change: -4, since: '2026-11-21T12:00:00.000Z', trend: [] },
      checks: { read: 3, of: 4 },
      areas: [],
      risks: [],
      openFindings: 8,
      sinceLastScan: [],
      notRead: [],
      receipts: [],
      countersigned: 0,
      ...more.overview,
    },
  }
}

describe('scan report', () => {
  it('shows score, severity, check, title and how many are affected', () => {
    const text = scanReport(resultWith(), 100)
    expect(text).toContain('Score 62.5 of 100 (−4 since the scan before). 3 of 4 checks read. 8 open findings.')
    expect(text).toMatch(/low\s+│ APP-01\s+│ 8 expired secrets are still kept on applications\s+│\s+8 │/)
    expect(text).toContain('Details: https://countersign.contoso.com/')
  })

  it('names what could not be read and what to do, and nothing when all was read', () => {
    const unread = {
      fact: 'organization',
      title: 'Name and domains',
      checks: 1,
      reason: 'scope',
      sentence: 'The permission is missing.',
      mend: 'grantPermission',
    } as const
    expect(scanReport(resultWith({ overview: { notRead: [unread] } }), 100)).toContain(
      'Could not be read:\n- Name and domains (1 check): The permission is missing. An administrator must grant the permission in Entra.',
    )
    expect(scanReport(resultWith(), 100)).not.toContain('Could not be read')
  })

  it('keeps closed findings out of the table and says so when none is open', () => {
    const text = scanReport(resultWith({ findings: [{ ...finding, state: 'closed', open: 0 }], overview: { openFindings: 0 } }), 100)
    expect(text).toContain('No open findings.')
    expect(text).not.toContain('APP-01')
  })

  it('says that there is no score instead of showing zero', () => {
    expect(scanReport(resultWith({ overview: { score: null } }), 100)).toContain('No score: nothing could be judged.')
  })

  it('keeps the table within the terminal, and legible in a narrow one', () => {
    const widest = (columns: number): number =>
      Math.max(
        ...scanReport(resultWith(), columns)
          .split('\n')
          .filter((line) => /^[┌│├└]/.test(line))
          .map((line) => line.length),
      )
    for (const columns of [60, 80, 140]) expect(widest(columns)).toBeLessThanOrEqual(columns)
    expect(widest(20)).toBe(widest(60))
  })

  it('lets no text of the tenant move the cursor or recolour the screen', () => {
    const nasty = { ...finding, title: 'red \u001b[31m\r\nPASS\u202e' }
    const text = scanReport(
      resultWith({ findings: [nasty], overview: { tenant: { displayName: 'Con\u001b]0;x\u0007toso', domain: 'contoso.com' } } }),
      100,
    )
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })

  it('gives programs the same result as one document', () => {
    const document = scanDocument(resultWith())
    expect(JSON.parse(JSON.stringify(document))).toMatchObject({
      service: 'https://countersign.contoso.com',
      score: { value: 62.5 },
      findings: [{ checkId: 'app-secret-expired', open: 8 }],
      notRead: [],
    })
  })
})
