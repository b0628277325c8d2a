import { problemSchema } from '@countersign/core/api/problem.ts'
import { downloadReport, reportFormats, type ReportFormat } from '@countersign/core/api/reports.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { failureOf, failureSentence } from './network.ts'
import { saveFile, type Saved } from './save-file.ts'
import { problemSentence } from './service-client.ts'
import type { Terminal } from './terminal.ts'
import { ended, withService, type Ended, type ServiceOptions, type Visit } from './with-service.ts'

export interface ReportOptions extends ServiceOptions {
  readonly format: string
  readonly out: string
  readonly scan: string | undefined
  readonly baseline: string | undefined
}

/** The format by its name; undefined where there is none of that name. */
export function formatNamed(text: string): ReportFormat | undefined {
  return reportFormats.find((format) => format === text)
}

export function noSuchFormat(text: string): string {
  return `--format takes ${reportFormats.join(', ')}, not "${text}".`
}

/** Saves a report of the running service as it comes in. */
export async function report(options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const format = formatNamed(options.format)
  const saved = format
    ? await withService(options, terminal, 'nothing was written', (visit) => save(visit, options, format))
    : ended(noSuchFormat(options.format))
  if (saved.kind === 'saved') {
    terminal.out(`${options.out}: ${saved.bytes} bytes.`)
    return exitCodes.fine
  }
  terminal.tell(`countersign report: ${saved.sentence}`)
  return exitCodes.notDone
}

async function save(
  { client, token, interrupted }: Visit,
  { out, scan, baseline }: ReportOptions,
  format: ReportFormat,
): Promise<Saved | Ended> {
  const query = new URLSearchParams({ ...(scan === undefined ? {} : { scan }), ...(baseline === undefined ? {} : { baseline }) })
  const path = downloadReport.path.replace(':format', format)
  let response: Response
  try {
    response = await fetch(`${client.address}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
      headers: { authorization: `Bearer ${token}`, 'accept-language': readersLocale() },
      redirect: 'manual',
      signal: interrupted,
    })
  } catch (error) {
    return ended(interrupted.aborted ? 'It was given up; nothing was written.' : failureSentence(client.address, failureOf(error)))
  }
  if (!response.ok || !response.body) return ended(await refusalOf(response, client.address, path))
  return saveFile(out, response.body, (error) => {
    const why = interrupted.aborted ? 'It was given up' : failureSentence(client.address, failureOf(error)).replace(/\.$/, '')
    return `${why}; what had arrived was not whole and was not kept.`
  })
}

/** The machine's language and region, as a browser would send it. */
export function readersLocale(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale
}

async function refusalOf(response: Response, address: string, path: string): Promise<string> {
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined))
  return problem.success
    ? problemSentence(problem.data)
    : `What answers at ${address} does not speak as this version of Countersign does (${path} gave ${response.status}). Check --service.`
}
