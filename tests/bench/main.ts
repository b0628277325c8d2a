/**
 * `npm run bench`: medians of five on this machine, against the local emulator. Prints figures and judges none.
 * `-- --json`: one document with stable names. `-- --only NAME`: only the subjects whose name begins so.
 */
import { parseArgs } from 'node:util'
import { measureAct } from './measure-act.ts'
import { measureDemoTenant } from './demo-tenant.ts'
import { openBench, rounds, thisMachine, type Bench } from './figures.ts'
import { measureJudging } from './measure-judging.ts'
import { measureLargeTenant } from './measure-large-tenant.ts'
import { measureScreens } from './measure-screens.ts'

const subjects: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  act: measureAct,
  demo: measureDemoTenant,
  judge: measureJudging,
  large: measureLargeTenant,
  screens: measureScreens,
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } })
const chosen = Object.entries(subjects).filter(([name]) => name.startsWith(values.only))
if (chosen.length === 0) {
  process.stderr.write(`There is no subject "${values.only}". Choose one of: ${Object.keys(subjects).join(', ')}.\n`)
  process.exit(2)
}
const bench = openBench()
for (const [name, measure] of chosen) {
  process.stderr.write(`Measuring: ${name}\n`)
  await measure(bench)
}

const machine = thisMachine()
if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ schema: 1, at: new Date().toISOString(), machine, rounds, figures: bench.figures() }, null, 2)}\n`,
  )
} else {
  process.stdout.write(
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${machine.node}; medians of ${rounds} where repeated\n`,
  )
  for (const { value, unit, title, runs } of bench.figures())
    process.stdout.write(`${String(value).padStart(10)} ${unit.padEnd(8)}  ${title}${runs.length === 1 ? ' (once)' : ''}\n`)
}
