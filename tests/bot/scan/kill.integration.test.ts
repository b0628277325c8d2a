import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { Fact } from '../../../core/posture/fact.ts'
import { facts } from '../../../core/posture/facts.ts'
import { partPath } from '../../../bot/src/graph/request-path.ts'
import { positionOf, type StoredPart } from '../../../bot/src/store/fact-parts.ts'
import { factReads } from '../../../bot/src/store/facts.ts'
import { readTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { graphToken } from '../../bench/graph-token.ts'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import { registerInTenants } from '../../../tools/stack/registrations.ts'
import { openTestStore, testDeploymentKey, type TestStore } from '../store/test-store.ts'
import { endOf, factsOf, newScan, type ScanEnd } from './scan-world.ts'

const runs = process.env['DRILL'] === '1' ? 25 : 2
const killsAtMost = process.env['DRILL'] === '1' ? 6 : 3
const people = 2500

let folder: string
let emulator: Emulator
let test: TestStore
let token: string
beforeAll(async () => {
  test = await openTestStore()
  folder = await mkdtemp(join(tmpdir(), 'cs-scan-kill-'))
  emulator = await startEmulator({ dataDir: folder, words: ['--tenants', 'large', '--large-users', String(people)] })
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(emulator.ready.ca, 'utf8')])
  const registrations = await registerInTenants(emulator, 'http://localhost:3978', ['large'])
  token = await graphToken({ emulator, registrations }, 'large', `ada@${emulator.ready.tenants['large']?.domain ?? ''}`)
  // So that there is a time in which requests are under way.
  await emulator.control('PUT', '/graph', { latencyMs: 60 })
}, 120_000)
afterAll(async () => {
  await emulator.stop()
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the engine on a scan that is under way; with `killAfterMs`, for that long. Answers whether it came to its end. */
async function runEngine(who: StoredJob, scanId: string, killAfterMs?: number): Promise<boolean> {
  const given = {
    databaseUrl: test.databaseUrl,
    deploymentKey: Buffer.from(testDeploymentKey).toString('hex'),
    graph: emulator.ready.graph,
    token,
    rangesAbove: 300,
    job: { ...who, scanId },
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'scan-process.ts')], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: emulator.ready.ca, SCAN: JSON.stringify(given) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (killAfterMs !== undefined) {
    await Promise.race([wait(killAfterMs), ended])
    child.kill('SIGKILL')
  }
  const code = await ended
  if (code !== null && code !== 0) throw new Error(`The engine ended with exit code ${code}.\n${complaints}`)
  return code === 0
}

const requestsSchema = z.object({
  requests: z.array(z.object({ seq: z.number(), method: z.string(), path: z.string(), status: z.number() })),
})
type Request = z.infer<typeof requestsSchema>['requests'][number]

async function requestsSince(seq: number): Promise<readonly Request[]> {
  return requestsSchema.parse(await emulator.control('GET', `/requests?since=${seq}`)).requests
}

/** What a request asks for, whatever page of it: path, properties and filter. */
function subjectOf(path: string): string {
  const url = new URL(path.startsWith('/v1.0') ? path : `/v1.0${path}`, 'https://graph.local')
  const of = (name: string): string => url.searchParams.get(name) ?? ''
  return [url.pathname, of('$select'), of('$expand'), of('$filter')].join(' | ')
}

interface Finished {
  /** What no later process may ask for again. */
  readonly subjects: ReadonlySet<string>
  readonly parts: number
}

/** Parts and facts that the dead process had finished, by the database. */
async function finishedIn(who: StoredJob, scanId: string): Promise<Finished> {
  return readTx(test.store, who, async (tx) => {
    const reads = await factReads(tx, scanId)
    const subjects = new Set<string>()
    let parts = 0
    const list: readonly Fact[] = facts
    for (const fact of list) {
      const read = reads.find((known) => known.fact === fact.id)
      const done: readonly Pick<StoredPart, 'id'>[] =
        read?.state === 'read'
          ? fact.source.each
            ? []
            : [{ id: '' }]
          : read?.state === 'reading'
            ? ((await positionOf(tx, { scanId, fact: fact.id }, '')).plan?.parts.filter((part) => part.done) ?? [])
            : []
      parts += done.length
      for (const { id } of done) subjects.add(subjectOf(partPath(fact, id)))
    }
    return { subjects, parts }
  })
}

function withoutTimes({ results }: ScanEnd): Record<string, unknown> {
  return Object.fromEntries(results)
}

describe('kill -9 of the scanner', () => {
  it(`at random moments, ${runs} times: it goes on, asks for nothing finished again, and ends as if nothing had happened`, async () => {
    const undisturbed = await test.newTenant()
    const first = await newScan(test.store, undisturbed, Date.now())
    const startedAt = performance.now()
    expect(await runEngine(undisturbed, first.id)).toBe(true)
    const wholeMs = performance.now() - startedAt
    const expected = await endOf(test.store, undisturbed, first.id)
    expect(expected.scan.state).toBe('finished')
    expect(expected.reads.filter(({ state }) => state !== 'read').map(({ fact, reason, detail }) => ({ fact, reason, detail }))).toEqual([])
    const expectedFacts = await factsOf(test.store, undisturbed, first.id)

    const seen = { kills: 0, partsFinished: 0, inTheMiddle: 0 }
    for (let run = 0; run < runs; run += 1) {
      const who = await test.newTenant()
      const scan = await newScan(test.store, who, Date.now())
      for (let kills = 0; kills < killsAtMost; kills += 1) {
        if (await runEngine(who, scan.id, wholeMs * (0.3 + 0.7 * Math.random()))) break
        seen.kills += 1
        const finished = await finishedIn(who, scan.id)
        seen.partsFinished += finished.parts
        const since = (await requestsSince(0)).at(-1)?.seq ?? 0
        const isOver = await runEngine(who, scan.id, wholeMs * (0.2 + 0.6 * Math.random()))
        const again = (await requestsSince(since)).filter(({ path }) => finished.subjects.has(subjectOf(path)))
        expect(again.map(({ path }) => path)).toEqual([])
        if (finished.parts > 0 && !isOver) seen.inTheMiddle += 1
        if (isOver) break
        seen.kills += 1
      }
      const ended = await endOf(test.store, who, scan.id)
      if (ended.scan.state !== 'finished') expect(await runEngine(who, scan.id)).toBe(true)
      const found = await endOf(test.store, who, scan.id)
      expect(found.scan.state).toBe('finished')
      expect(await factsOf(test.store, who, scan.id)).toEqual(expectedFacts)
      expect(withoutTimes(found)).toEqual(withoutTimes(expected))
    }
    expect(seen.kills).toBeGreaterThanOrEqual(runs)
    expect(seen.partsFinished).toBeGreaterThan(0)
  }, 1_800_000)
})
