/**
 * The scan engine as a program of its own: runs one scan that is under way to its end, or to the place at which it is to be killed. It looks
 * for that place itself, so that whoever started it may be as slow as it is. For kill tests alone.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { facts } from '@countersign/core/posture/facts.ts'
import { z } from 'zod'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { runScan } from '../../../bot/src/engine/scan/scan.ts'
import { makeLog } from '../../../bot/src/log.ts'
import { openStore } from '../../../bot/src/store/database.ts'
import { factReads } from '../../../bot/src/store/facts.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'

const given = z
  .object({
    databaseUrl: z.string(),
    deploymentKey: z.string(),
    graph: z.string(),
    token: z.string(),
    rangesAbove: z.number(),
    job: z.object({ tenantId: z.string(), objectId: z.string(), scanId: z.string() }),
    place: z.object({ facts: z.number(), laterMs: z.number() }).optional(),
  })
  .parse(JSON.parse(process.env['SCAN'] ?? '{}'))

const log = makeLog('warn')
const store = await openStore({ databaseUrl: given.databaseUrl, deploymentKey: Buffer.from(given.deploymentKey, 'hex') }, log)
let isOver = false
const dying = given.place ? dieAt(given.place) : undefined
const scopes = facts.flatMap((fact) => [...fact.scopes])
await runScan(
  {
    store,
    identity: {
      prepareReading: async () => ({ kind: 'ready' }),
      readerFor: () =>
        makeReader(async () => ({ kind: 'token', token: given.token, scopes }), { graph: given.graph, userAgent: 'Countersign/test' }),
    },
    enqueue: async () => undefined,
    afterScan: async () => undefined,
    log,
    now: () => Date.now(),
    rangesAbove: given.rangesAbove,
  },
  given.job,
  new AbortController().signal,
)
isOver = true
await dying
await store.close()

/** Kills this process without a word when so many facts of the scan have ended, and some milliseconds later; not when the scan is over by then. */
async function dieAt(place: { readonly facts: number; readonly laterMs: number }): Promise<void> {
  for (; !isOver; await wait(5)) {
    const reads = await readTx(store, given.job, (tx) => factReads(tx, given.job.scanId))
    if (reads.filter(({ state }) => state !== 'reading').length < place.facts) continue
    await wait(place.laterMs)
    if (!isOver) process.kill(process.pid, 'SIGKILL')
    return
  }
}
