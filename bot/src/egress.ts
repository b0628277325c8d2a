import { channel } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { ClientRequest } from 'node:http'
import { Socket } from 'node:net'
import tls from 'node:tls'
import { Agent, setGlobalDispatcher } from 'undici'

/** One attempt to reach something outside. Paths are patterns: ids and queries are left out. */
export interface EgressEntry {
  readonly at: string
  readonly host: string
  readonly port: number
  /** 'CONNECT' for the opening of a connection; an HTTP method for a request on it. */
  readonly method: string
  readonly pathPattern: string
  readonly allowed: boolean
}

export interface Egress {
  /** `host:port` of everything this deployment may reach. */
  readonly allowed: ReadonlySet<string>
  /** The last attempts, oldest first; bounded. */
  readonly ledger: () => readonly EgressEntry[]
  /** Closes idle connections. */
  readonly close: () => Promise<void>
}

export class EgressRefused extends Error {
  constructor(target: string) {
    super(`The connection to ${target} was refused: this deployment may only reach the hosts of its configuration.`)
    this.name = 'EgressRefused'
  }
}

const ledgerLength = 2000

export interface EgressSettings {
  /** Addresses whose host and port may be reached: sign-in, Graph, bot channel, database. */
  readonly addresses: readonly string[]
  /** PEM file of an additional certificate authority; null for the public ones alone. */
  readonly certificateAuthority: string | null
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'postgres:': '5432', 'postgresql:': '5432' }

/**
 * Makes the only way out: every TCP connection of this process is checked against the allow-list and written down, and fetch goes through one
 * dispatcher. Unix sockets (the built-in database) stay open. Call once, before anything connects.
 */
export function openEgress(settings: EgressSettings): Egress {
  const allowed: ReadonlySet<string> = new Set(settings.addresses.map(targetOf))
  const entries: EgressEntry[] = []
  const note = (entry: Omit<EgressEntry, 'at'>): void => {
    entries.push({ at: new Date().toISOString(), ...entry })
    if (entries.length > ledgerLength) entries.splice(0, entries.length - ledgerLength)
  }
  if (settings.certificateAuthority) trustAlso(settings.certificateAuthority)
  guardConnect((host, port) => {
    const isAllowed = allowed.has(`${host}:${port}`)
    note({ host, port, method: 'CONNECT', pathPattern: '', allowed: isAllowed })
    return isAllowed
  })
  noteRequests((host, port, method, path) =>
    note({ host, port, method, pathPattern: pathPattern(path), allowed: allowed.has(`${host}:${port}`) }),
  )
  const dispatcher = new Agent({ connect: { timeout: 10_000 }, headersTimeout: 60_000, bodyTimeout: 60_000 })
  setGlobalDispatcher(dispatcher)
  return { allowed, ledger: () => [...entries], close: () => dispatcher.close() }
}

/** Path without query in which ids, names with @ and key values are `{id}`: the ledger never names a person or an object. */
export function pathPattern(path: string): string {
  const [bare = ''] = path.split('?')
  return bare
    .split('/')
    .map((part) =>
      /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(part) || /[@%']/.test(part) || part.length > 40 ? '{id}' : part.replace(/\(.*\)/, '({key})'),
    )
    .join('/')
}

function targetOf(address: string): string {
  const url = new URL(address)
  return `${url.hostname}:${url.port || defaultPorts[url.protocol] || '443'}`
}

function trustAlso(file: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(file, 'utf8')])
}

type ConnectTarget = { readonly path: string } | { readonly host: string; readonly port: number }

/** Node has no public hook for outgoing connections; every one of them ends in this method, whichever library opens it. */
function guardConnect(permits: (host: string, port: number) => boolean): void {
  const original = Socket.prototype.connect
  function connect(this: Socket, ...input: unknown[]): Socket {
    const target = readTarget(input)
    if ('path' in target || permits(target.host, target.port)) return Reflect.apply(original, this, input)
    const refused = new EgressRefused(`${target.host}:${target.port}`)
    process.nextTick(() => this.destroy(refused))
    return this
  }
  Object.defineProperty(Socket.prototype, 'connect', { value: connect, configurable: true, writable: true })
}

/** The argument shapes of net.Socket.connect: options, path, port and host, or those already normalised into one array. */
function readTarget(input: readonly unknown[]): ConnectTarget {
  const first: unknown = Array.isArray(input[0]) ? input[0][0] : input[0]
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first }
  if (typeof first !== 'object' || first === null)
    return { host: typeof input[1] === 'string' ? input[1] : 'localhost', port: Number(first) }
  const path: unknown = Reflect.get(first, 'path')
  const port: unknown = Reflect.get(first, 'port')
  if (typeof path === 'string' && (port === undefined || port === null)) return { path }
  const host: unknown = Reflect.get(first, 'host')
  return { host: typeof host === 'string' && host !== '' ? host : 'localhost', port: Number(port) }
}

/** Requests on kept connections are not connections: both HTTP stacks announce them on diagnostics channels. */
function noteRequests(note: (host: string, port: number, method: string, path: string) => void): void {
  channel('undici:request:create').subscribe((message) => {
    const request: unknown = Reflect.get(Object(message), 'request')
    const origin = new URL(String(Reflect.get(Object(request), 'origin')))
    note(
      origin.hostname,
      Number(origin.port || (origin.protocol === 'http:' ? 80 : 443)),
      String(Reflect.get(Object(request), 'method')),
      String(Reflect.get(Object(request), 'path')),
    )
  })
  channel('http.client.request.start').subscribe((message) => {
    const request: unknown = Reflect.get(Object(message), 'request')
    if (!(request instanceof ClientRequest)) return
    const isTls = request.protocol === 'https:'
    const target = new URL(`${request.protocol}//${String(request.getHeader('host') ?? request.host)}`)
    note(target.hostname, Number(target.port || (isTls ? 443 : 80)), request.method, request.path)
  })
}
