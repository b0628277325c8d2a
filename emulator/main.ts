import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArguments, USAGE } from './server/arguments.ts'
import { startEmulator } from './server/emulator.ts'

/** Starts the emulator, prints where it is as one JSON line, and stops on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const parsed = parseArguments(process.argv.slice(2), join(dirname(fileURLToPath(import.meta.url)), '.data'))
  if (parsed.kind === 'help') {
    process.stdout.write(`${parsed.text}\n`)
    return
  }
  if (parsed.kind === 'bad') {
    process.stderr.write(`${parsed.message}\n\n${USAGE}\n`)
    process.exitCode = 2
    return
  }
  const outcome = await startEmulator(parsed.options)
  if (!outcome.ok) {
    process.stderr.write(`${outcome.message}\n`)
    process.exitCode = 1
    return
  }
  const { ready, close } = outcome.emulator
  let isClosing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isClosing) return
      isClosing = true
      close().then(() => process.exit(0))
    })
  }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
}

await main()
