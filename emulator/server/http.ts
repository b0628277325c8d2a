import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as breathe } from 'node:timers/promises'

/** A request read whole; header names are lower case. */
export interface PlainRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface PlainResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string
  /** The body is spread over so many milliseconds. */
  readonly trickleMs?: number | undefined
  /** The connection ends in the middle of the body. */
  readonly cutBody?: true | undefined
}

/** Into so many pieces a slow body is cut. */
const PIECES = 20

/** Bytes that are sent before other requests have their turn. */
const PIECE_BYTES = 64 * 1024

/** Far above any form or Graph batch that a client sends. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** Reads a request whole, or undefined when its body is larger than a client of ours ever sends. */
export async function readRequest(request: IncomingMessage, origin: string): Promise<PlainRequest | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(bytes)
  }
  const path = request.url ?? '/'
  const safePath = path.startsWith('/') ? path : '/'
  return {
    method: request.method ?? 'GET',
    url: new URL(origin + safePath),
    headers: plainHeaders(request),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

/** Sends an answer; does nothing when the client has gone. */
export function sendResponse(response: ServerResponse, answer: PlainResponse): void {
  if (response.destroyed) return
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, typeof value === 'string' ? value : [...value])
  // With its length said, a body that ends early is known to be cut.
  const body = Buffer.from(answer.body)
  if (answer.cutBody) response.setHeader('content-length', body.length)
  response.writeHead(answer.status)
  if (answer.cutBody) response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy())
  else if (answer.trickleMs !== undefined) trickle(response, body, answer.trickleMs)
  else if (body.length <= PIECE_BYTES) response.end(body)
  else pipeline(Readable.from(inPieces(body)), response).catch(() => response.destroy())
}

/** As Graph streams a page: whoever has read its beginning can ask for the next one while the rest is on its way. */
async function* inPieces(body: Buffer): AsyncIterable<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    yield body.subarray(at, at + PIECE_BYTES)
    await breathe()
  }
}

function trickle(response: ServerResponse, body: Buffer, spreadMs: number): void {
  const step = Math.max(1, Math.ceil(body.length / PIECES))
  let sent = 0
  const timer = setInterval(() => {
    if (response.destroyed || sent >= body.length) {
      clearInterval(timer)
      response.end()
      return
    }
    response.write(body.subarray(sent, sent + step))
    sent += step
  }, spreadMs / PIECES)
}

/** A JSON answer that nobody may cache. */
export function json(status: number, body: unknown, headers: PlainResponse['headers'] = {}): PlainResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  }
}

/** The cookies of a request; the first of a name wins, as browsers send the most specific first. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim()
    if (!cookies.has(name)) cookies.set(name, part.slice(at + 1).trim())
  }
  return cookies
}

/** Form fields of a body or query; the first of a name wins. */
export function readForm(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(text)) fields[name] ??= value
  return fields
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}
