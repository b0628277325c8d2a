import { setFlagsFromString } from 'node:v8'
import { readProcessConfig } from './config.ts'
import { makeLog, takeConsole } from './log.ts'
import { startService, type ServiceHooks } from './service.ts'

/**
 * Between two collections the heap may grow by so many percent of what is in use. By itself V8 lets it double and more while memory is free,
 * so that the peak of a scan would say more about the machine than about the tenant.
 */
const heapGrowthPercent = 20

/** Starts, says where it is as one JSON line, and stops on SIGINT or SIGTERM. */
export async function runService(hooks: ServiceHooks = {}): Promise<void> {
  const answer = readProcessConfig()
  if (answer.kind === 'wrong') {
    process.stderr.write(`${answer.message}\n`)
    process.exitCode = 2
    return
  }
  const log = makeLog()
  takeConsole(log)
  const service = await startService(answer.config, log, hooks).catch((error: unknown) => {
    log.error({ err: error }, 'the service could not start')
    process.stderr.write(`Countersign could not start: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
  let isClosing = false
  const stop = (): void => {
    if (isClosing) return
    isClosing = true
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the service did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.stdout.write(`${JSON.stringify({ ready: true, origin: answer.config.origin, port: service.port })}\n`)
}

if (import.meta.main) {
  setFlagsFromString(`--heap-growing-percent=${heapGrowthPercent}`)
  await runService()
}
