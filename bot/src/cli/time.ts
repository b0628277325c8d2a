import type { z } from 'zod'
import { getChanges } from '@countersign/core/api/changes.ts'
import { getJudgement, listScans } from '@countersign/core/api/history.ts'
import type { Route } from '@countersign/core/api/route.ts'
import { deleteSponsor, getSponsor, putSponsor } from '@countersign/core/api/sponsor.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { ServiceClient } from './service-client.ts'
import type { Terminal } from './terminal.ts'
import { changesReport, judgementReport, scansReport, sponsorReport } from './time-report.ts'
import { ended, withService, type ServiceOptions } from './with-service.ts'

export interface TimeOptions extends ServiceOptions {
  readonly json: boolean
}

type CallOptions = NonNullable<Parameters<ServiceClient['call']>[1]>

/** Asks the running service one thing as the signed-in person and prints the answer: as it came with --json, else in words. */
async function ask<R extends Route>(
  command: string,
  options: TimeOptions,
  terminal: Terminal,
  route: R,
  call: Omit<CallOptions, 'token'>,
  report: (answer: z.output<R['answer']>) => string,
): Promise<ExitCode> {
  const done = await withService(options, terminal, 'nothing was asked', async ({ client, token }) => {
    const answered = await client.call(route, { ...call, token })
    return answered.kind === 'answer' ? { kind: 'answer' as const, body: answered.body } : ended(answered.sentence)
  })
  if (done.kind === 'answer') {
    terminal.out(options.json ? JSON.stringify(done.body, null, 2) : report(done.body))
    return exitCodes.fine
  }
  if (options.json) terminal.out(JSON.stringify({ error: done.sentence }))
  terminal.tell(`countersign ${command}: ${done.sentence}`)
  return exitCodes.notDone
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
