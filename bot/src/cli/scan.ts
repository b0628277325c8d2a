import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { listFindings } from '@countersign/core/api/findings.ts'
import { getClientSettings } from '@countersign/core/api/me.ts'
import { getOverview, getScan, startScan, type Scan } from '@countersign/core/api/posture.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { showProgress } from './scan-progress.ts'
import { failureSentence, reach } from './network.ts'
import { scanDocument, scanReport } from './scan-report.ts'
import { makeServiceClient, mendOf, serviceAddress, type ServiceClient } from './service-client.ts'
import { printable, type Terminal } from './terminal.ts'

export interface ScanOptions {
  readonly service: string
  /** File that holds a bearer token; without it the person signs in. */
  readonly tokenFile: string | undefined
  /** PEM file of an additional certificate authority. */
  readonly ca: string | undefined
  readonly json: boolean
}

/** What ended a step early: a sentence for the person. */
interface Ended {
  readonly kind: 'ended'
  readonly sentence: string
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
  const address = serviceAddress(options.service)
  if (!address.ok) return ended(address.problem)
  const trusted = options.ca === undefined ? undefined : await trustAlso(options.ca)
  if (trusted) return trusted
  const client = makeServiceClient(address.address)
  const interrupted = new AbortController()
  const forget = terminal.onInterrupt(() => interrupted.abort())
  try {
    const token = await tokenFor(options, client, terminal, interrupted.signal)
    if (typeof token !== 'string') return token
    const started = await client.call(startScan, { token })
    if (started.kind !== 'answer') return ended(started.sentence)
    const wasRunning = started.status === 200
    terminal.tell(
      wasRunning ? `A scan by ${printable(started.body.startedBy)} is already running; watching that one.` : 'The scan has started.',
    )
    const last = await watch(client, token, started.body, terminal, interrupted.signal)
    if (last.kind === 'ended') return last
    return await print(client, token, last, options.json, terminal)
  } finally {
    forget()
  }
}

async function tokenFor(
  options: ScanOptions,
  client: ServiceClient,
  terminal: Terminal,
  interrupted: AbortSignal,
): Promise<string | Ended> {
  if (options.tokenFile !== undefined) return readToken(options.tokenFile)
  const settings = await client.call(getClientSettings)
  if (settings.kind !== 'answer') return ended(settings.sentence)
  const { authority, readAppId, signInTenant } = settings.body
  const reached = await reach(`${authority}/${signInTenant}/v2.0/.well-known/openid-configuration`)
  if (reached.kind === 'failed')
    return ended(`${failureSentence(authority, reached.failure)} That is where you sign in. ${mendOf(authority, reached.failure.kind)}`)
  const { signInAtCommandLine } = await import('../identity/command-line-sign-in.ts')
  const signIn = signInAtCommandLine({ authority, readAppId, tenant: signInTenant }, (page) =>
    terminal.tell(`To sign in, open this address in a browser on this machine:\n\n${page}\n\nWaiting … (Ctrl-C to give up)`),
  )
  const answer = await Promise.race([signIn, untilAborted(interrupted)])
  if (answer === 'aborted') return ended('The sign-in was given up; no scan was started.')
  if (answer.kind === 'refused') return ended(answer.reason)
  terminal.tell(`Signed in as ${printable(answer.userPrincipalName)}.`)
  return answer.token
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

async function readToken(file: string): Promise<string | Ended> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined)
    return ended(`${file} cannot be read. Give --token-file the path of a file that holds a bearer token and nothing else.`)
  const token = text.trim().replace(/^Bearer\s+/i, '')
  if (token === '') return ended(`${file} is empty. It must hold a bearer token for this service.`)
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    return ended(`${file} does not hold a bearer token: that is three parts of letters and digits joined by dots, and nothing else.`)
  return token
}

async function trustAlso(file: string): Promise<Ended | undefined> {
  const pem = await readFile(file, 'utf8').catch(() => undefined)
  if (pem === undefined) return ended(`${file} cannot be read. Give --ca the PEM file of your certificate authority.`)
  if (!isPem(pem)) return ended(`${file} holds no certificate in PEM form.`)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem])
  return undefined
}

function isPem(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0
  } catch {
    return false
  }
}

function untilAborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted'), { once: true }))
}

function ended(sentence: string): Ended {
  return { kind: 'ended', sentence }
}
