import { setTimeout as wait } from 'node:timers/promises'
import { listFindings } from '@countersign/core/api/findings.ts'
import { getOverview, getScan, startScan, type Scan } from '@countersign/core/api/posture.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { showProgress } from './scan-progress.ts'
import { scanDocument, scanReport } from './scan-report.ts'
import type { ServiceClient } from './service-client.ts'
import { ended, withService, type Ended, type ServiceOptions } from './with-service.ts'
import { printable, type Terminal } from './terminal.ts'

export interface ScanOptions extends ServiceOptions {
  readonly json: boolean
  /** Whether long lists may be read in parallel ranges. */
  readonly ranges: boolean
  /** Whether everything is read anew instead of what changed. */
  readonly full: boolean
}

const lookEveryMs = 500
/** A service that is restarted takes its scans up again; so long it is waited for. */
const patienceMs = 30_000

/** Starts a scan on the running service as the signed-in person, watches it and prints what it found. */
export async function scan(options: ScanOptions, terminal: Terminal): Promise<ExitCode> {
  const done = await scanToEnd(options, terminal)
  if (done.kind === 'printed') return exitCodes.fine
  if (options.json) terminal.out(JSON.stringify({ error: done.sentence }))
  terminal.tell(`countersign scan: ${done.sentence}`)
  return exitCodes.notDone
}

async function scanToEnd(options: ScanOptions, terminal: Terminal): Promise<{ readonly kind: 'printed' } | Ended> {
  return withService(options, terminal, 'no scan was started', async ({ client, token, interrupted }) => {
    const started = await client.call(startScan, { token, body: { ranges: options.ranges, full: options.full } })
    if (started.kind !== 'answer') return ended(started.sentence)
    const wasRunning = started.status === 200
    terminal.tell(
      wasRunning ? `A scan by ${printable(started.body.startedBy)} is already running; watching that one.` : 'The scan has started.',
    )
    const last = await watch(client, token, started.body, terminal, interrupted)
    if (last.kind === 'ended') return last
    return print(client, token, last, options.json, terminal)
  })
}

/** Looks at the scan until it has ended. Ctrl-C ends the watching alone. */
async function watch(
  client: ServiceClient,
  token: string,
  first: Scan,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<{ readonly kind: 'over'; readonly scan: Scan } | Ended> {
  const progress = showProgress(terminal)
  const goesOn = `The scan goes on; see it at ${client.address}/ or run this command again to watch it.`
  try {
    let now = first
    let lastHeardAt = Date.now()
    for (;;) {
      progress.show(now)
      if (!['queued', 'collecting', 'judging'].includes(now.state)) return { kind: 'over', scan: now }
      await wait(lookEveryMs, undefined, { signal: interrupted }).catch(() => undefined)
      if (interrupted.aborted) return ended(`Stopped watching. ${goesOn}`)
      const looked = await client.call(getScan, { token, params: { scanId: first.id } })
      if (looked.kind === 'answer') {
        now = looked.body
        lastHeardAt = Date.now()
        continue
      }
      const isPassing = looked.kind === 'unreachable' || looked.status >= 500
      if (!isPassing || Date.now() - lastHeardAt > patienceMs) return ended(`${looked.sentence} ${goesOn}`)
    }
  } finally {
    progress.end()
  }
}

async function print(
  client: ServiceClient,
  token: string,
  over: { readonly scan: Scan },
  json: boolean,
  terminal: Terminal,
): Promise<{ readonly kind: 'printed' } | Ended> {
  const { scan: last } = over
  if (last.state === 'failed') return ended(printable(last.problem ?? 'The scan failed; the service did not say why.'))
  if (last.state === 'stopped') return ended('The scan was stopped by somebody before it was finished; there is no result.')
  const [overview, findings] = await Promise.all([client.call(getOverview, { token }), client.call(listFindings, { token })])
  if (overview.kind !== 'answer') return ended(`The scan is finished, but its result could not be fetched: ${overview.sentence}`)
  if (findings.kind !== 'answer') return ended(`The scan is finished, but its result could not be fetched: ${findings.sentence}`)
  const result = { service: client.address, scan: last, overview: overview.body, findings: findings.body.findings }
  terminal.out(json ? JSON.stringify(scanDocument(result), null, 2) : scanReport(result, terminal.columns))
  return { kind: 'printed' }
}
