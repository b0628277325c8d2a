import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { changesSchema, type Changes } from '../../../core/api/changes.ts'
import { findingSchema } from '../../../core/api/findings.ts'
import { judgementSchema, listScans, trendSchema } from '../../../core/api/history.ts'
import { overviewSchema, scanSchema } from '../../../core/api/posture.ts'
import { problemSchema } from '../../../core/api/problem.ts'
import { sponsorSchema } from '../../../core/api/sponsor.ts'
import { trustSchema } from '../../../core/api/trust.ts'
import type { Role } from '../../../core/principal.ts'
import { tokensFor } from '../../../tools/stack/tokens.ts'
import { runHere } from '../cli/command.ts'
import {
  apiWith,
  bearerFor,
  endService,
  ids,
  register,
  startService,
  startTestEmulator,
  tenantNamed,
  type Api,
  type Service,
} from '../service.ts'
import { until } from '../until.ts'

const folder = mkdtempSync(join(tmpdir(), 'cs-time-'))
const portal = 'c0de0000-0000-4000-8000-0000000000f1'
let emulator: Awaited<ReturnType<typeof startTestEmulator>>
let service: Service
let tenant: { readonly id: string; readonly domain: string }
let ada: Api
let tokenFile: string
const scans: string[] = []

beforeAll(async () => {
  emulator = await startTestEmulator()
  tenant = tenantNamed(emulator, 'contoso-demo')
  service = await startService({
    emulator,
    assignments: {
      'contoso-demo': people(),
    },
  })
  await emulator.control('PUT', '/tenants/contoso-demo/registrations', {
    application: { appId: portal, displayName: 'Portal', publicClient: { redirectUris: [`${emulator.ready.control}/health`] } },
    secrets: [],
    consent: { '00000003-0000-0000-c000-000000000000': ['User.Read', 'Application.ReadWrite.All'] },
    assignments: [],
  })
  const token = await bearerFor(emulator, 'contoso-demo', `ada@${tenant.domain}`, { resource: service.resource })
  ada = apiWith(service.origin, token)
  tokenFile = join(folder, 'ada.token')
  writeFileSync(tokenFile, token, { mode: 0o600 })
})
afterAll(async () => {
  await endService(service)
  await emulator.end()
  rmSync(folder, { recursive: true, force: true })
})

/** Who holds a role in contoso-demo. */
function people(): { readonly user: string; readonly role: Role }[] {
  return [
    { user: `ada@${tenant.domain}`, role: 'owner' },
    { user: `bo@${tenant.domain}`, role: 'admin' },
    { user: `cleo@${tenant.domain}`, role: 'viewer' },
  ]
}

async function as(person: string): Promise<Api> {
  return apiWith(service.origin, await bearerFor(emulator, 'contoso-demo', `${person}@${tenant.domain}`, { resource: service.resource }))
}

async function scan(): Promise<string> {
  const { id } = scanSchema.parse((await ada.post('/api/scans')).body)
  return until(async () => {
    const { state, problem } = scanSchema.parse((await ada.get(`/api/scans/${id}`)).body)
    if (state === 'failed' || state === 'stopped') throw new Error(`The scan ended as ${state}: ${problem ?? ''}`)
    return state === 'finished' ? (scans.push(id), id) : undefined
  }, 100)
}

/** Deletes an expired secret in the tenant, as a person does in the portal; answers the application's id. */
async function removeSecret(): Promise<{ readonly objectId: string; readonly findingKey: string }> {
  const page = findingSchema.parse((await ada.get('/api/findings/app-secret-expired')).body)
  const object = page.affected.find(({ type, state }) => type === 'application' && state === 'open')
  if (!object) throw new Error('No application keeps an expired secret.')
  const { accessToken } = await tokensFor(emulator, tenant.id, `ada@${tenant.domain}`, {
    client: portal,
    scope: 'https://graph.microsoft.com/Application.ReadWrite.All',
  })
  const answer = await fetch(`${emulator.ready.graph}/v1.0/applications/${object.objectId}/removePassword`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ keyId: object.part }),
  })
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  // As long as the emulator's audit log keeps a row back, and a little more.
  await wait(500)
  return object
}

async function changes(query = ''): Promise<Changes> {
  return changesSchema.parse((await ada.get(`/api/changes${query}`)).body)
}

/** What is told of one finding, once the audit log has been asked. */
async function told(findingKey: string): Promise<Changes['checks'][number]['objects'][number]> {
  return until(async () => {
    const object = (await changes()).checks.flatMap(({ objects }) => objects).find((one) => one.findingKey === findingKey)
    return object && object.changedBy.state !== 'notLooked' ? object : undefined
  }, 100)
}

/** Half a day away, so that no scan by the clock begins meanwhile. */
const farHour = (new Date().getUTCHours() + 12) % 24
function timeOf(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

describe('what changed', () => {
  it('has nothing to tell before the second scan, and says so', async () => {
    expect(await changes()).toMatchObject({
      before: null,
      after: null,
      checks: [],
      sentence: expect.stringContaining('Nothing has been scanned'),
    })
    await scan()
    expect(await changes()).toMatchObject({ before: null, after: { id: scans[0] }, sentence: expect.stringContaining('one result so far') })
  })

  it('names the finding that went, the property that changed and the person who changed it', async () => {
    // What it is compared with read everything, also when this is tried again.
    if (scans.length > 1) await scan()
    const { findingKey, objectId } = await removeSecret()
    await scan()
    const object = await told(findingKey)
    expect(object).toMatchObject({ kind: 'fixed', type: 'application', objectId, after: null, moreFacts: 0 })
    expect(object.facts).toMatchObject([
      { fact: 'applications', key: objectId, kind: 'changed', properties: [{ name: 'passwordCredentials' }] },
    ])
    expect(object.changedBy).toMatchObject({ state: 'found', rows: [{ actor: { type: 'user', name: `ada@${tenant.domain}` } }, {}] })
    expect(object.changedBy.sentence).toMatch(new RegExp(`^ada@${tenant.domain} \\(Update application`))
    const all = await changes()
    // Other checks may be about the same secret; nothing else changed.
    expect(all.counts).toMatchObject({ new: 0, returned: 0, worse: 0, notComparable: 0 })
    const shown = all.checks.flatMap(({ objects }) => objects)
    expect(shown.flatMap((one) => (one.kind === 'fixed' && one.objectId !== objectId ? [one] : []))).toEqual([])
    // When this is tried again another secret is gone, and without it something else may be less grave.
    if (scans.length === 2) expect(shown.filter(({ kind }) => kind !== 'fixed')).toEqual([])
    expect(all.checks.find(({ checkId }) => checkId === 'app-secret-expired')?.objects).toHaveLength(1)
    expect(all.areas.filter(({ area, change }) => area !== 'applications' && change !== null && change !== 0)).toEqual([])
    // The same question gets the same bytes.
    expect(await changes()).toEqual(all)
    expect((await changes(`?from=${scans.at(-1)}&to=${scans.at(-2)}`)).counts).toMatchObject({ new: all.counts.fixed, fixed: 0 })
    expect((await changes(`?from=${scans.at(-1)}&to=${scans.at(-1)}`)).checks).toEqual([])
  })

  it('says that the audit log may not be read, and what is missing', async () => {
    await emulator.control('DELETE', `/tenants/contoso-demo/consent/${ids.read}?scope=AuditLog.Read.All`)
    const { changedBy } = await (async () => {
      const { findingKey } = await removeSecret()
      await scan()
      return told(findingKey)
    })().finally(() => register(emulator, 'contoso-demo', service.origin, people()))
    // Two secrets gone move the area, however little one of them weighs.
    const both = await changes(`?from=${scans[0]}&to=${scans.at(-1)}`)
    expect(both.areas.find(({ area }) => area === 'applications')?.change).toBeGreaterThan(0)
    expect(both.score.change).toBeGreaterThanOrEqual(0)
    expect(changedBy).toMatchObject({
      state: 'notReadable',
      rows: [],
      sentence: expect.stringContaining('the permission AuditLog.Read.All'),
    })
  })

  it('finds a result by day, and says clearly what it cannot find', async () => {
    const today = new Date().toISOString().slice(0, 10)
    expect((await changes(`?from=${scans[0]}&to=${today}`)).after?.id).toBe(scans.at(-1))
    for (const [query, status, words] of [
      ['from=2020-01-01', 404, 'no result up to 2020-01-01'],
      ['from=11111111-1111-4111-8111-111111111111', 404, 'does not exist in your tenant'],
      ['from=yesterday', 400, 'not have the shape'],
    ] as const) {
      const answer = await ada.get(`/api/changes?${query}`)
      expect([query, answer.status, problemSchema.parse(answer.body).detail]).toEqual([query, status, expect.stringContaining(words)])
    }
  })
})

describe('history', () => {
  it('lists every scan with its score, and the score of every area over time', async () => {
    const { scans: lines } = listScans.answer.parse((await ada.get('/api/scans')).body)
    expect(lines.map(({ id }) => id)).toEqual([...scans].reverse())
    for (const line of lines)
      expect(line).toMatchObject({ kind: 'scan', kept: true, scheduled: false, sentence: 'A scan by Ada Lindqvist.' })
    const trend = trendSchema.parse((await ada.get('/api/trend')).body)
    expect(trend.points.map(({ score }) => score)).toEqual([...lines].reverse().map(({ score }) => score))
    expect(trend.points.at(-1)?.areas.applications).toBeGreaterThan(trend.points[0]?.areas.applications ?? 100)
    expect(overviewSchema.parse((await ada.get('/api/overview')).body)).toMatchObject({ lastScan: { id: scans.at(-1) }, judgedAt: null })
  })

  it('judges an earlier scan again, and stores nothing', async () => {
    const before = (await ada.get('/api/scans')).body
    const judged = judgementSchema.parse((await ada.get(`/api/scans/${scans[0]}/judgement`)).body)
    expect(judged).toMatchObject({ newChecks: [], goneChecks: [], score: { now: judged.score.then } })
    for (const check of judged.checks) expect([check.checkId, check.verdict]).toEqual([check.checkId, check.verdictThen])
    expect((await ada.get('/api/scans')).body).toEqual(before)
  })

  it('is printed by the command line', async () => {
    const run = (...args: string[]): ReturnType<typeof runHere> =>
      runHere([...args, '--service', service.origin, '--token-file', tokenFile])
    const listed = await run('scans')
    expect([listed.exitCode, listed.out.match(/A scan by Ada Lindqvist/g)?.length]).toEqual([0, scans.length])
    const changed = await run('changes', '--from', scans[0] ?? '', '--to', scans.at(-1) ?? '')
    expect([changed.exitCode, changed.err]).toEqual([0, ''])
    expect(changed.out).toMatch(/fixed {4}.*secret/)
    expect(changed.out).toContain('passwordCredentials')
    expect(changesSchema.parse(JSON.parse((await run('changes', '--json')).out))).toEqual(await changes())
    const judged = await run('judge', scans[0] ?? '')
    expect([judged.exitCode, judged.out]).toEqual([0, expect.stringContaining('Nothing of this is stored.')])
    const wrong = await run('changes', '--from', 'yesterday')
    expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('from must be the id of a scan, a day such as 2026-11-20')])
    const offered = await run('sponsor', '--hour', `${farHour}`)
    expect([offered.exitCode, offered.out]).toEqual([0, expect.stringContaining(`every day at ${timeOf(farHour)} UTC`)])
    expect((await run('sponsor', '--withdraw')).out).toContain('only when a signed-in person starts them')
  })
})

describe('the scan sponsor', () => {
  it('opts in for themselves, is named in the Trust Center, and withdraws', async () => {
    const [bo, cleo] = [await as('bo'), await as('cleo')]
    await ada.delete('/api/sponsor')
    expect(sponsorSchema.parse((await bo.put('/api/sponsor', { hour: farHour })).body)).toMatchObject({
      isYou: true,
      sponsor: { hour: farHour },
    })
    const trust = trustSchema.parse((await cleo.get('/api/trust')).body)
    expect(trust.scans.sentence).toContain(`every day at ${timeOf(farHour)} UTC. They run as Bo`)
    expect((await ada.put('/api/sponsor', { hour: 5 })).status).toBe(409)
    expect((await cleo.put('/api/sponsor', { hour: 5 })).status).toBe(403)
    expect((await cleo.delete('/api/sponsor')).status).toBe(403)
    expect(sponsorSchema.parse((await cleo.get('/api/sponsor')).body)).toMatchObject({ isYou: false, mayWithdraw: false })
    expect((await bo.put('/api/sponsor', { hour: 24 })).status).toBe(400)
    expect((await ada.delete('/api/sponsor', { person: 'bo' })).status).toBe(400)
    const withdrawn = sponsorSchema.parse((await ada.delete('/api/sponsor')).body)
    expect([withdrawn.sponsor, withdrawn.ended[0]?.endReason]).toEqual([null, 'Ada Lindqvist, an owner, withdrew it.'])
  })

  it('shows what changed and who scanned to nobody who may not see findings', async () => {
    const cleo = await as('cleo')
    for (const path of ['/api/scans', '/api/changes', `/api/scans/${scans[0]}/judgement`])
      expect([path, (await cleo.get(path)).status]).toEqual([path, 403])
    expect((await cleo.get('/api/trend')).status).toBe(200)
  })
})
