import { PgBoss } from 'pg-boss'
import type { Store } from '../store/database.ts'
import type { Log } from '../log.ts'

/** A kind of background work: its queue, its data as parsed at the edge, its code. */
export interface JobKind {
  readonly name: string
  /** Takes the stored data and does the work; throws to have it tried again, as often as `retries` says. */
  readonly run: (data: unknown, signal: AbortSignal) => Promise<void>
  readonly retries: number
  /** Jobs of this kind that one process does at the same time. */
  readonly atOnce: number
}

export interface Jobs {
  readonly send: (name: string, data: object, options?: { readonly startAfter?: Date; readonly singletonKey?: string }) => Promise<void>
  /** Repeats a kind of work by a cron line in UTC; one schedule for each name. */
  readonly schedule: (name: string, cron: string, data: object) => Promise<void>
  /** Waits for running jobs, at most ten seconds; aborted ones are taken up again by the next process. */
  readonly stop: () => Promise<void>
}

/** For jobs of other processes and later times; what this process sends is begun at once. */
const pollingSecondsUnlessGiven = 0.5
const heartbeatSeconds = 30

/** Opens the queue on the store's own database and starts working on the given kinds in this process. */
export async function openJobs(
  store: Store,
  kinds: readonly JobKind[],
  log: Log,
  { pollingSeconds = pollingSecondsUnlessGiven }: { readonly pollingSeconds?: number } = {},
): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: store.jobs.executeSql },
    schema: store.jobs.schema,
    createSchema: false,
    superviseIntervalSeconds: 30,
    warningSlowQuerySeconds: 30,
  })
  boss.on('error', (error: Error) => log.error({ err: error }, 'the job queue met an error'))
  await boss.start()
  const stopping = new AbortController()
  const workers = new Map<string, string>()
  for (const kind of kinds) {
    await boss.createQueue(kind.name, {
      policy: 'standard',
      retryLimit: kind.retries,
      retryDelay: 5,
      retryBackoff: true,
      expireInSeconds: 6 * 3600,
      heartbeatSeconds,
      deleteAfterSeconds: 3 * 24 * 3600,
    })
    const worker = await boss.work(
      kind.name,
      { pollingIntervalSeconds: pollingSeconds, localConcurrency: kind.atOnce, batchSize: 1 },
      async (jobs: readonly { readonly data: unknown; readonly signal: AbortSignal }[]) => {
        for (const job of jobs) {
          try {
            await kind.run(job.data, AbortSignal.any([job.signal, stopping.signal]))
          } catch (error) {
            log.error({ err: error, kind: kind.name }, 'a job failed')
            throw error
          }
        }
      },
    )
    workers.set(kind.name, worker)
  }
  return {
    async send(name, data, options = {}) {
      await boss.send(name, data, {
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
        ...(options.singletonKey ? { singletonKey: options.singletonKey } : {}),
      })
      // Somebody may be waiting for it: looked for at once instead of at the next turn.
      const worker = workers.get(name)
      if (worker !== undefined && !options.startAfter && !stopping.signal.aborted) boss.notifyWorker(worker)
    },
    async schedule(name, cron, data) {
      await boss.schedule(name, cron, data, { tz: 'UTC' })
    },
    async stop() {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}
