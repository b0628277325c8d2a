import { getChanges } from '@countersign/core/api/changes.ts'
import { getJudgement, listScans } from '@countersign/core/api/history.ts'
import { deleteSponsor, getSponsor, putSponsor } from '@countersign/core/api/sponsor.ts'
import { ask } from './ask.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { Terminal } from './terminal.ts'
import { changesReport, judgementReport, scansReport, sponsorReport } from './time-report.ts'
import type { ServiceOptions } from './with-service.ts'

export interface TimeOptions extends ServiceOptions {
  readonly json: boolean
}

export function scans(options: TimeOptions & { readonly limit?: string | undefined }, terminal: Terminal): Promise<ExitCode> {
  return ask('scans', options, terminal, listScans, { query: { limit: options.limit } }, ({ scans: lines }) =>
    scansReport(lines, terminal.columns),
  )
}

export function changes(
  options: TimeOptions & { readonly from?: string | undefined; readonly to?: string | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  return ask('changes', options, terminal, getChanges, { query: { from: options.from, to: options.to } }, changesReport)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export async function judge(options: TimeOptions & { readonly scanId: string }, terminal: Terminal): Promise<ExitCode> {
  if (!uuid.test(options.scanId)) {
    terminal.tell(`countersign judge: "${options.scanId.slice(0, 60)}" is not the id of a scan. countersign scans lists the ids.`)
    return exitCodes.notDone
  }
  return ask('judge', options, terminal, getJudgement, { params: { scanId: options.scanId } }, (answer) =>
    judgementReport(answer, terminal.columns),
  )
}

export async function sponsor(
  options: TimeOptions & { readonly hour?: string | undefined; readonly withdraw: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { hour, withdraw } = options
  if (hour !== undefined && withdraw) {
    terminal.tell('countersign sponsor: --hour and --withdraw ask for opposite things; give one of them.')
    return exitCodes.notDone
  }
  if (hour !== undefined && !/^([01]?\d|2[0-3])$/.test(hour)) {
    terminal.tell(`countersign sponsor: --hour must be an hour of the day in UTC, 0 to 23, not "${hour.slice(0, 20)}".`)
    return exitCodes.notDone
  }
  if (withdraw) return ask('sponsor', options, terminal, deleteSponsor, {}, sponsorReport)
  if (hour !== undefined) return ask('sponsor', options, terminal, putSponsor, { body: { hour: Number(hour) } }, sponsorReport)
  return ask('sponsor', options, terminal, getSponsor, {}, sponsorReport)
}
