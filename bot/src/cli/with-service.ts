import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import tls from 'node:tls'
import { getClientSettings } from '@countersign/core/api/me.ts'
import { failureSentence, reach } from './network.ts'
import { makeServiceClient, mendOf, serviceAddress, type ServiceClient } from './service-client.ts'
import { printable, type Terminal } from './terminal.ts'

/** How a command reaches the running service, as whom. */
export interface ServiceOptions {
  readonly service: string
  /** File that holds a bearer token; without it the person signs in. */
  readonly tokenFile: string | undefined
  /** PEM file of an additional certificate authority. */
  readonly ca: string | undefined
}

/** What ended a command early: a sentence for the person. */
export interface Ended {
  readonly kind: 'ended'
  readonly sentence: string
}

export function ended(sentence: string): Ended {
  return { kind: 'ended', sentence }
}

/** A running service, and a person whom it knows. */
export interface Visit {
  readonly client: ServiceClient
  readonly token: string
  /** Aborts at Ctrl-C. */
  readonly interrupted: AbortSignal
}

/** Finds the service, signs the person in and does the work. `left` says what was then not done when the person gives up. */
export async function withService<T>(
  options: ServiceOptions,
  terminal: Terminal,
  left: string,
  work: (visit: Visit) => Promise<T | Ended>,
): Promise<T | Ended> {
  const address = serviceAddress(options.service)
  if (!address.ok) return ended(address.problem)
  const trusted = options.ca === undefined ? undefined : await trustAlso(options.ca)
  if (trusted) return trusted
  const client = makeServiceClient(address.address)
  const interrupted = new AbortController()
  const forget = terminal.onInterrupt(() => interrupted.abort())
  try {
    const token = await tokenFor(options, client, terminal, left, interrupted.signal)
    if (typeof token !== 'string') return token
    return await work({ client, token, interrupted: interrupted.signal })
  } finally {
    forget()
  }
}

async function tokenFor(
  options: ServiceOptions,
  client: ServiceClient,
  terminal: Terminal,
  left: string,
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
  if (answer === 'aborted') return ended(`The sign-in was given up; ${left}.`)
  if (answer.kind === 'refused') return ended(answer.reason)
  terminal.tell(`Signed in as ${printable(answer.userPrincipalName)}.`)
  return answer.token
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
