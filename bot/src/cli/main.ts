import process from 'node:process'
import { exitCodes } from './exit-code.ts'
import { run } from './program.ts'
import { printable, processTerminal } from './terminal.ts'

const terminal = processTerminal()

/** A reader that has seen enough (`countersign … | head`) closes the pipe; that is no problem of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.fine)
  throw error
})
process.on('uncaughtException', (error) => {
  terminal.tell(`countersign: ${printable(error.message)}`)
  process.exit(exitCodes.notDone)
})
const exitCode = await run(process.argv.slice(2), terminal)
// Kept connections would hold the process for seconds; what was written goes out first.
process.stdout.write('', () => process.exit(exitCode))
