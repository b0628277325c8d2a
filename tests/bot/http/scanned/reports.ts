import { beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemSchema } from '../../../../core/api/problem.ts'
import { checks } from '../../../../core/posture/checks.ts'
import { reportSchema, type ReportDocument } from '../../../../core/report/json-schema.ts'
import { readCsv } from '../../../core/report/csv-reader.ts'
import { oscalSchema } from '../../../core/report/oscal-shape.ts'
import { runHere } from '../../cli/command.ts'
import { apiWith, type Api } from '../../service.ts'
import { as, by, newestScan, stack } from '../../shared-stack.ts'

let scanId = ''
let folder = ''
async function look(): Promise<void> {
  scanId = await newestScan()
  folder = stack().folder
}

async function sentence(api: Api, rest: string): Promise<[number, string]> {
  const { status, body } = await api.get(`/api/reports/${rest}`)
  const problem = problemSchema.parse(body)
  return [status, `${problem.detail} ${(problem.errors ?? []).map(({ path, message }) => `${path} ${message}`).join(' ')}`]
}

async function documentOf(rest = ''): Promise<ReportDocument> {
  return reportSchema.parse((await by('ada').get(`/api/reports/json${rest}`)).body)
}

describe('GET /api/reports', () => {
  beforeAll(look)

  it('gives the newest scan in every format, as a file that is not kept by anything on the way', async () => {
    const document = await documentOf()
    expect(document).toMatchObject({ scan: { id: scanId, kind: 'scan' }, judgedAgain: false, baseline: { id: 'default' } })
    expect(document.checks).toHaveLength(checks.length)
    const overview = (await by('ada').get('/api/overview')).body
    expect(overview).toMatchObject({ score: { value: document.score.value } })
    const csv = await by('ada').get('/api/reports/csv')
    const lines = readCsv(String(csv.body))
    expect(lines.length).toBeGreaterThan(document.counts.objects)
    expect(csv.headers.get('content-disposition')).toBe(
      `attachment; filename="countersign-report-${document.asOf.slice(0, 10)}-default.csv"`,
    )
    expect([csv.headers.get('content-type'), csv.headers.get('cache-control')]).toEqual(['text/csv; charset=utf-8', 'no-store'])
    const oscal = oscalSchema.parse((await by('ada').get('/api/reports/oscal')).body)
    expect(oscal['assessment-results'].metadata.version).toBe(scanId)
    const html = await by('ada').get('/api/reports/html', { 'accept-language': 'en-GB' })
    expect(String(html.body)).toMatch(/^<!doctype html>[\s\S]*<html lang="en-GB">[\s\S]*<\/html>\n$/)
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('gives the same bytes again, by the id of the scan too', async () => {
    // Of the two by data and the two for people, one each every day.
    for (const format of process.env['DRILL'] === '1' ? ['json', 'csv', 'html', 'oscal'] : ['html', 'oscal']) {
      const { body } = await by('ada').get(`/api/reports/${format}`)
      expect((await by('ada').get(`/api/reports/${format}?scan=${scanId}`)).body).toEqual(body)
    }
  })

  it('judges the stored facts with another baseline, and keeps nothing of it', async () => {
    const before = await documentOf()
    const scuba = await documentOf('?baseline=scuba')
    expect(scuba).toMatchObject({ judgedAgain: true, baseline: { id: 'scuba' }, asOf: before.asOf })
    expect(scuba.policies.find(({ baseline }) => baseline === 'scuba')).toMatchObject({ exact: true })
    expect(await documentOf()).toEqual(before)
    const same = await documentOf('?baseline=default')
    expect(same).toEqual(before)
    const cis = await documentOf('?baseline=cis')
    expect(cis.baseline.parameters).not.toEqual(before.baseline.parameters)
  })

  it('is for those who may export, of their own tenant alone; what is wrong is said', async () => {
    expect((await by('cleo').get('/api/reports/json')).status).toBe(403)
    expect((await apiWith(stack().service.origin, undefined).get('/api/reports/json')).status).toBe(401)
    expect(await sentence(by('eve'), `json?scan=${scanId}`)).toEqual([404, expect.stringContaining('does not exist in your tenant')])
    expect(await sentence(by('ada'), 'json?scan=x')).toEqual([400, expect.stringContaining('query.scan')])
    expect(await sentence(by('ada'), 'json?baseline=nist')).toEqual([400, expect.stringContaining('query.baseline')])
    // What no route knows is passed over, as everywhere: it never names a tenant.
    expect((await by('ada').get('/api/reports/json?tenant=x')).status).toBe(200)
    expect(await sentence(by('ada'), 'pdf')).toEqual([400, expect.stringContaining('params.format')])
  })
})

describe('countersign report', () => {
  beforeAll(look)

  const report = (...args: string[]) => runHere(['report', ...as('ada'), ...args])

  it('saves what the service gives', async () => {
    const out = join(folder, 'report.json')
    rmSync(out, { force: true })
    const ran = await report('--format', 'json', '--out', out, '--scan', scanId, '--baseline', 'cis')
    expect(ran).toMatchObject({ exitCode: 0, err: '', out: `${out}: ${readFileSync(out).length} bytes.\n` })
    expect(reportSchema.parse(JSON.parse(readFileSync(out, 'utf8')))).toEqual(await documentOf('?baseline=cis'))
  })

  it('writes over nothing, and leaves nothing where the service says no', async () => {
    const there = join(folder, 'there.csv')
    writeFileSync(there, 'mine')
    expect(await report('--format', 'csv', '--out', there)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('is there already and was left as it is'),
    })
    expect(readFileSync(there, 'utf8')).toBe('mine')
    const out = join(folder, 'none.html')
    expect(await report('--format', 'html', '--out', out, '--scan', '0f5a2f7e-5a3d-4c47-8a3c-2f4b5f0c9d21')).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('does not exist in your tenant'),
    })
    expect(await report('--format', 'pdf', '--out', out)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--format takes json, csv, html, oscal, not "pdf".'),
    })
    expect(await report('--format', 'html', '--out', join(folder, 'no', 'such', 'folder'))).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('cannot be written'),
    })
    expect(existsSync(out)).toBe(false)
  })
})
