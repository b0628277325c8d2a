import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Table from 'cli-table3'
import { baselineOf, baselines } from '@countersign/core/posture/baselines.ts'
import type { Baseline } from '@countersign/core/posture/baseline.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { goingBy } from '@countersign/core/posture/offline/params.ts'
import { judgeOffline, readOffline } from '@countersign/core/posture/offline.ts'
import { reportOf } from '@countersign/core/posture/offline/report.ts'
import type { OfflineReport } from '@countersign/core/posture/offline/report.ts'
import { textOfFile } from './offline-file.ts'
import { printable } from './terminal.ts'

export interface EvaluateOptions {
  /** Files and directories; of a directory, every *.json below it. */
  readonly paths: readonly string[]
  /** Id of a baseline, which counts with its own values alone; the file's own baseline and values unless given. */
  readonly baseline?: string | undefined
  /** One JSON line a file instead of tables. */
  readonly json: boolean
  readonly write: (line: string) => void
}

type Evaluated = { readonly ok: true; readonly report: OfflineReport } | { readonly ok: false; readonly problem: string }

/** Judges Graph's answers from files, without Graph. Returns the exit code: 0, or 2 when something could not be evaluated. */
export async function evaluate({ paths, baseline: baselineId, json, write }: EvaluateOptions): Promise<number> {
  const baseline = baselineId === undefined ? undefined : baselineOf(baselineId)
  if (!baseline && baselineId !== undefined) {
    write(problemLine('', `There is no baseline '${baselineId}'. Known are: ${baselines.map(({ id }) => id).join(', ')}.`, json))
    return 2
  }
  let exitCode = 0
  for (const path of paths) {
    const files = await filesAt(path)
    if (!files.ok) {
      write(problemLine(path, files.problem, json))
      exitCode = 2
      continue
    }
    for (const file of files.files) {
      const evaluated = await evaluateFile(file, baseline)
      if (!evaluated.ok) exitCode = 2
      write(evaluated.ok ? reportLines(file, evaluated.report, json) : problemLine(file, evaluated.problem, json))
    }
  }
  return exitCode
}

async function filesAt(
  path: string,
): Promise<{ readonly ok: true; readonly files: readonly string[] } | { readonly ok: false; readonly problem: string }> {
  try {
    const found = await stat(path)
    if (!found.isDirectory()) return { ok: true, files: [path] }
    // Links to folders are not followed: two that lead back to where they stand would never end.
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith('.json'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
    return files.length > 0 ? { ok: true, files } : { ok: false, problem: 'The directory holds no file that ends in .json.' }
  } catch (error) {
    return { ok: false, problem: `This cannot be opened: ${messageOf(error)}` }
  }
}

/** Files come from anywhere, so whatever one of them causes ends with that file. */
async function evaluateFile(file: string, asked: Baseline | undefined): Promise<Evaluated> {
  try {
    const found = await textOfFile(file)
    if (!found.ok) return found
    const read = readOffline(found.text)
    if (!read.ok) return read
    const { input } = read
    const { baseline, settings } = goingBy(input, asked)
    const suppressing = { suppressed: input.suppressed, counting: settings.suppressedInScore }
    return { ok: true, report: reportOf(checks, judgeOffline({ ...input, settings }, baseline, checks), baseline, suppressing) }
  } catch (error) {
    return { ok: false, problem: `The file could not be evaluated: ${messageOf(error)}` }
  }
}

function reportLines(file: string, report: OfflineReport, json: boolean): string {
  if (json) return JSON.stringify({ file, ...report })
  const table = new Table({
    head: ['check', 'verdict', 'severity', 'reason'],
    colWidths: [34, 16, 10, 90],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const { id, code, verdict, severity, reason, nearMiss, objects } of report.checks) {
    const listed = objects
      .slice(0, 10)
      .map(({ name, reason: sentence, suppressed }) => `- ${printable(name)}: ${printable(sentence)}${suppressed ? ' (suppressed)' : ''}`)
    const more = objects.length > listed.length ? [`… and ${objects.length - listed.length} more`] : []
    table.push([
      `${code} ${id}`,
      verdict,
      severity,
      [printable(reason), ...(nearMiss === undefined ? [] : [printable(nearMiss)]), ...listed, ...more].join('\n'),
    ])
  }
  const policies = Object.entries(report.policies).map(([policy, { verdict }]) => `${policy}: ${verdict}`)
  return [`${printable(file)} (baseline ${report.baseline}, ${scoreText(report.score)})`, table.toString(), ...policies, ''].join('\n')
}

function scoreText({ value, suppressedAre, suppressedOpen, suppressedLeftOut }: OfflineReport['score']): string {
  if (value === null) return 'nothing could be judged'
  if (suppressedOpen === suppressedLeftOut) return `score ${value}`
  const other = suppressedAre === 'open' ? `${suppressedLeftOut} without` : `${suppressedOpen} with`
  return `score ${value}, ${other} what is suppressed`
}

function problemLine(file: string, problem: string, json: boolean): string {
  if (json) return JSON.stringify({ file, error: problem })
  return printable(file === '' ? problem : `${file}: ${problem}`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
