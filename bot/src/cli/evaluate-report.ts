import { sha256Hex } from '@countersign/core/digest.ts'
import { baselineOf, baselines } from '@countersign/core/posture/baselines.ts'
import { readOffline } from '@countersign/core/posture/offline.ts'
import { offlineReport } from '@countersign/core/report/offline.ts'
import { reportWriters } from '@countersign/core/report/pieces.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { textOfFile } from './offline-file.ts'
import { formatNamed, noSuchFormat, readersLocale } from './report.ts'
import { saveFile, type Saved } from './save-file.ts'
import { printable, type Terminal } from './terminal.ts'

export interface EvaluateReportOptions {
  readonly paths: readonly string[]
  readonly baseline?: string | undefined
  readonly format: string
  /** Standard output unless given. */
  readonly out: string | undefined
}

/** Judges one file and writes what it found as a report, without Graph and without the service. */
export async function evaluateReport(options: EvaluateReportOptions, terminal: Terminal): Promise<ExitCode> {
  const done = await write(options, terminal)
  if (done.kind === 'notSaved') {
    terminal.tell(`countersign evaluate: ${printable(done.sentence)}`)
    return exitCodes.notDone
  }
  if (options.out !== undefined) terminal.out(`${options.out}: ${done.bytes} bytes.`)
  return exitCodes.fine
}

async function write({ paths, baseline: baselineId, format: wanted, out }: EvaluateReportOptions, terminal: Terminal): Promise<Saved> {
  const no = (sentence: string): Saved => ({ kind: 'notSaved', sentence })
  const format = formatNamed(wanted)
  if (!format) return no(noSuchFormat(wanted))
  const baseline = baselineId === undefined ? undefined : baselineOf(baselineId)
  if (!baseline && baselineId !== undefined)
    return no(`There is no baseline '${baselineId}'. Known are: ${baselines.map(({ id }) => id).join(', ')}.`)
  const [path, another] = paths
  if (path === undefined || another !== undefined) return no('A report is about one tenant: give --graph one file.')
  try {
    const found = await textOfFile(path)
    if (!found.ok) return no(`${path}: ${found.problem}`)
    const { text } = found
    const read = readOffline(text)
    if (!read.ok) return no(`${path}: ${read.problem}`)
    const { report, outcomeOf } = offlineReport(read.input, baseline, sha256Hex(text))
    const pieces = reportWriters[format].pieces(report, outcomeOf, readersLocale())
    if (out !== undefined) return await saveFile(out, pieces, messageOf)
    let whole = ''
    for await (const piece of pieces) whole += piece
    terminal.out(whole.trimEnd())
    return { kind: 'saved', bytes: whole.length }
  } catch (error) {
    return no(`${path} could not be evaluated: ${messageOf(error)}`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
