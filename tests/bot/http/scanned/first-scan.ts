import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { findingSchema, listFindings } from '../../../../core/api/findings.ts'
import { overviewSchema, viewPostureSchema } from '../../../../core/api/posture.ts'
import { trustSchema } from '../../../../core/api/trust.ts'
import { severities } from '../../../../core/posture/check.ts'
import { checks } from '../../../../core/posture/checks.ts'
import { tenantNamed } from '../../service.ts'
import { by, scanToEnd, stack } from '../../shared-stack.ts'
import { having, verdicts } from './verdicts.ts'

/** What the page of each check says. */
async function verdictsOnPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>()
  for (const { id } of checks) pages.set(id, findingSchema.parse((await by('ada').get(`/api/findings/${id}`)).body).verdict)
  return pages
}

describe('a scan of contoso-demo', () => {
  it('goes from token to findings, with evidence that the token only reads, and nothing of it reaches another tenant', async () => {
    await stack().emulator.control('DELETE', '/requests')
    await scanToEnd()
    const overview = overviewSchema.parse((await by('ada').get('/api/overview')).body)
    expect(overview.tenant).toEqual({ displayName: 'Contoso Demo', domain: tenantNamed(stack().emulator, 'contoso-demo').domain })
    const all = await verdictsOnPages()
    expect(all).toEqual(await verdicts())
    expect(having(all, 'unknown')).toEqual([])
    expect(overview.notRead).toEqual([])
    expect(overview.checks).toEqual({ read: checks.length, of: checks.length })
    expect(overview.openFindings).toBeGreaterThan(20)
    const { findings } = listFindings.answer.parse((await by('ada').get('/api/findings')).body)
    expect(
      findings
        .filter(({ open }) => open > 0)
        .map(({ checkId }) => checkId)
        .sort(),
    ).toEqual(having(all, 'warn', 'fail').sort())
    for (const code of ['APP-01', 'APP-02', 'CA-01', 'PR-01'])
      expect(findings.find((finding) => finding.code === code)).toMatchObject({ state: 'open', adds: expect.any(Number) })
    // The five most serious, those first that add most among equals.
    const rank = ({ severity, adds }: { severity: (typeof severities)[number]; adds: number }): number =>
      severities.indexOf(severity) * 1000 - adds
    expect(overview.risks.map(rank)).toEqual(
      findings
        .map(rank)
        .sort((left, right) => left - right)
        .slice(0, 5),
    )

    const page = findingSchema.parse((await by('ada').get('/api/findings/app-secret-expired')).body)
    expect(page.affected.length).toBe(page.open)
    expect(page.affected[0]).toMatchObject({ state: 'open', fix: { actionId: 'remove-app-secret' } })
    expect(page.answers.map(({ request }) => request)).toContainEqual(
      expect.stringMatching(/^GET \/v1\.0\/applications\?\$select=id,appId,displayName,[\w,]*passwordCredentials[\w,]*&\$top=\d+$/),
    )

    const log = z
      .object({ requests: z.array(z.object({ method: z.string(), path: z.string(), effect: z.boolean() })) })
      .parse(await stack().emulator.control('GET', '/requests?since=0'))
    expect(log.requests.length).toBeGreaterThan(50)
    // A batch is a POST to look at; each request in it is logged, and judged here, by itself.
    expect(log.requests.filter(({ method, path, effect }) => effect || (method !== 'GET' && path !== '/v1.0/$batch'))).toEqual([])

    const trust = trustSchema.parse((await by('ada').get('/api/trust')).body)
    expect(trust.claims.find(({ id }) => id === 'read-plane-read-only')).toMatchObject({ standing: 'proven', environment: 'emulator' })

    const eve = by('eve')
    expect(overviewSchema.parse((await eve.get('/api/overview')).body)).toMatchObject({
      lastScan: null,
      score: null,
      openFindings: 0,
      risks: [],
    })
    expect((await eve.get('/api/findings/app-secret-expired')).status).toBe(404)
    expect((await eve.get(`/api/scans/${overview.lastScan?.id}`)).status).toBe(404)
    expect((await eve.get('/api/events?after=0')).body).toMatchObject({ events: [] })
  })

  it('answers an unchanged view with 304', async () => {
    const first = await by('ada').get('/api/view/posture')
    viewPostureSchema.parse(first.body)
    const again = await by('ada').get('/api/view/posture', { 'if-none-match': first.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })
})
