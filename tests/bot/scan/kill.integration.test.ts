import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { faster } from '../../../tools/stack/child.ts'
import { startEmulator, type Emulator } from '../../../tools/stack/emulator.ts'
import { registerInTenants } from '../../../tools/stack/registrations.ts'
import { fc } from '../../random.ts'
import { openTestStore, testDeploymentKey, type TestStore } from '../store/test-store.ts'
import { endOf, factsOf, newScan, type ScanEnd } from './scan-world.ts'

const isDrill = process.env['DRILL'] === '1'
const runs = isDrill ? 25 : 1
const killsPerRun = isDrill ? 6 : 3
const seed = 20261122
/** Enough for ranges, and for several pages where a list is one chain. */
const people = isDrill ? 2500 : 1200

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
})
afterAll(async () => {
  // The database first: its server is shared, and is kept only while somebody holds it.
  await test.close()
  await emulator.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Where a process is killed: when so many facts of the scan have ended, and some milliseconds later. */
interface Place {
  readonly facts: number
  readonly laterMs: number
}

/** Runs the engine on a scan that is under way, as far as to the place where it is killed. Answers whether it came to its end. */
async function runEngine(who: StoredJob, scanId: string, place?: Place): Promise<boolean> {
  const given = {
    databaseUrl: test.databaseUrl,
    deploymentKey: Buffer.from(testDeploymentKey).toString('hex'),
    graph: emulator.ready.graph,
    token,
    rangesAbove: 300,
    job: { ...who, scanId },
    ...(place ? { place } : {}),
  }
  const child = spawn(process.execPath, [...faster, join(import.meta.dirname, 'scan-process.ts')], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: emulator.ready.ca, SCAN: JSON.stringify(given) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
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

async function factsEnded(who: StoredJob, scanId: string): Promise<number> {
  const reads = await readTx(test.store, who, (tx) => factReads(tx, scanId))
  return reads.filter(({ state }) => state !== 'reading').length
}

/** Where the log of requests stands. */
async function lastRequest(): Promise<number> {
  return (await requestsSince(0)).at(-1)?.seq ?? 0
}

/** One death: after which share of the facts that were open when the process began, and how long after the last of them. */
const deaths = fc.array(fc.record({ share: fc.double({ min: 0, max: 0.6, noNaN: true }), laterMs: fc.nat(40) }), {
  minLength: killsPerRun,
  maxLength: killsPerRun,
})

describe('kill -9 of the scanner', () => {
  it(`at many places of its progress, in ${runs} scans: it goes on, asks for nothing finished again, and ends as if nothing had happened`, async () => {
    process.stdout.write(`places of death drawn with seed ${seed}\n`)
    const undisturbed = await test.newTenant()
    const first = await newScan(test.store, undisturbed, Date.now())
    expect(await runEngine(undisturbed, first.id)).toBe(true)
    const expected = await endOf(test.store, undisturbed, first.id)
    expect(expected.scan.state).toBe('finished')
    expect(expected.reads.filter(({ state }) => state !== 'read').map(({ fact, reason, detail }) => ({ fact, reason, detail }))).toEqual([])
    const all = expected.reads.length
    const expectedFacts = await factsOf(test.store, undisturbed, first.id)

    // `inTheMiddle`: of a process that had gone on from what another one had finished, and had not come to the end.
    const seen = { kills: 0, partsFinished: 0, inTheMiddle: 0, tooLate: 0 }
    for (const places of fc.sample(deaths, { numRuns: runs, seed })) {
      const who = await test.newTenant()
      const scan = await newScan(test.store, who, Date.now())
      let finished: Finished = { subjects: new Set(), parts: 0 }
      /** One life of the engine: it must not ask for what was finished before it. */
      const live = async (place?: Place): Promise<boolean> => {
        const since = await lastRequest()
        const isOver = await runEngine(who, scan.id, place)
        const again = (await requestsSince(since)).filter(({ path }) => finished.subjects.has(subjectOf(path)))
        expect(again.map(({ path }) => path)).toEqual([])
        return isOver
      }
      for (const { share, laterMs } of places) {
        const ended = await factsEnded(who, scan.id)
        // At least one more than the process before, so that every one goes on from another place.
        const isOver = await live({ facts: ended + 1 + Math.floor(share * (all - ended)), laterMs })
        expect(isOver).toBe(false)
        seen.kills += 1
        if (finished.parts > 0) seen.inTheMiddle += 1
        finished = await finishedIn(who, scan.id)
        seen.partsFinished += finished.parts
      }
      // The last death is at the very end or in the judging after it, and may come too late.
      if (await live({ facts: all, laterMs: 10 * (places[0]?.laterMs ?? 0) })) seen.tooLate += 1
      else {
        finished = await finishedIn(who, scan.id)
        expect(await live()).toBe(true)
      }
      const found = await endOf(test.store, who, scan.id)
      expect(found.scan.state).toBe('finished')
      expect(await factsOf(test.store, who, scan.id)).toEqual(expectedFacts)
      expect(withoutTimes(found)).toEqual(withoutTimes(expected))
    }
    process.stdout.write(`${JSON.stringify(seen)}\n`)
    expect(seen.kills).toBe(runs * killsPerRun)
    expect(seen.inTheMiddle).toBe(runs * (killsPerRun - 1))
    expect(seen.partsFinished).toBeGreaterThan(seen.inTheMiddle)
  }, 1_800_000)
})
