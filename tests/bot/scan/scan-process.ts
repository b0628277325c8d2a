/** The scan engine as a program of its own, so that a test can kill it: runs one scan that is under way to its end. For kill tests alone. */
import { facts } from '@countersign/core/posture/facts.ts'
import { z } from 'zod'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { runScan } from '../../../bot/src/engine/scan/scan.ts'
import { makeLog } from '../../../bot/src/log.ts'
import { openStore } from '../../../bot/src/store/database.ts'

const given = z
  .object({
    databaseUrl: z.string(),
    deploymentKey: z.string(),
    graph: z.string(),
    token: z.string(),
    rangesAbove: z.number(),
    job: z.object({ tenantId: z.string(), objectId: z.string(), scanId: z.string() }),
  })
  .parse(JSON.parse(process.env['SCAN'] ?? '{}'))

const log = makeLog('warn')
const store = await openStore({ databaseUrl: given.databaseUrl, deploymentKey: Buffer.from(given.deploymentKey, 'hex') }, log)
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
await store.close()
