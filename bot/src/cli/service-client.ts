import type { z } from 'zod'
import { problemSchema, type Problem } from '@countersign/core/api/problem.ts'
import type { Route } from '@countersign/core/api/route.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import { failureSentence, reach, type NetworkFailure } from './network.ts'
import { printable } from './terminal.ts'

export type ServiceAnswer<Body> =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Body }
  /** The service said no; `sentence` says why and what to do. */
  | { readonly kind: 'refused'; readonly status: number; readonly sentence: string }
  | { readonly kind: 'unreachable'; readonly sentence: string }

export interface ServiceClient {
  /** The service's address without a trailing slash. */
  readonly address: string
  readonly call: <R extends Route>(route: R, options?: CallOptions) => Promise<ServiceAnswer<z.output<R['answer']>>>
}
interface CallOptions {
  readonly token?: string
  /** Values for the `:name` parts of the path. */
  readonly params?: Readonly<Record<string, string>>
  /** Left out where undefined. */
  readonly query?: Readonly<Record<string, string | undefined>>
  /** `{}` where the route takes a body and none is given. */
  readonly body?: unknown
}

/** Speaks the HTTP contract of the service; knows no route of its own. */
export function makeServiceClient(address: string): ServiceClient {
  async function call<R extends Route>(route: R, options: CallOptions = {}): Promise<ServiceAnswer<z.output<R['answer']>>> {
    const { token, params = {}, query = {}, body: sent = {} } = options
    const filled = route.path.replace(/:([A-Za-z]+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
    const asked = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, value)
    const path = asked.size > 0 ? `${filled}?${asked.toString()}` : filled
    const reached = await reach(`${address}${path}`, {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(route.body ? { 'content-type': 'application/json' } : {}),
      },
      ...(route.body ? { body: JSON.stringify(sent) } : {}),
    })
    if (reached.kind === 'failed') return { kind: 'unreachable', sentence: unreachableSentence(address, reached.failure) }
    const json = parseJson(reached.text)
    if (reached.status >= 200 && reached.status < 300) {
      const body = route.answer.safeParse(json)
      // Parsed by the route's own schema just now; TypeScript does not carry the type of a generic member through.
      if (body.success) return { kind: 'answer', status: reached.status, body: body.data as z.output<R['answer']> }
    }
    const problem = problemSchema.safeParse(json)
    if (problem.success) return { kind: 'refused', status: reached.status, sentence: problemSentence(problem.data) }
    return {
      kind: 'refused',
      status: reached.status,
      sentence: `What answers at ${address} does not speak as this version of Countersign does (${route.method} ${path} gave ${reached.status}). Check --service, and that service and command line are of the same version.`,
    }
  }
  return { address, call }
}

/** A problem of the service in one line: what, what to do, and the id to quote where the service itself broke. */
export function problemSentence({ detail, mend, status, requestId, errors = [] }: Problem): string {
  const wrong = errors.map(({ path, message }) => ` ${path.replace(/^(query|body|params)\./, '')} ${message}.`).join('')
  const quoted = status >= 500 ? ` Request id: ${requestId}.` : ''
  return printable(`${detail}${wrong}${mend === undefined ? '' : ` ${mend}`}${quoted}`)
}

function unreachableSentence(address: string, failure: NetworkFailure): string {
  const mend =
    failure.kind === 'refused' ? 'Start the service (npm start), or give its address with --service.' : mendOf(address, failure.kind)
  return `${failureSentence(address, failure)} ${mend}`
}

/** What a person can do about an address that could not be reached. */
export function mendOf(address: string, kind: NetworkFailure['kind']): string {
  if (kind === 'certificate') return 'If its certificate comes from your own authority, name that authority with --ca FILE.'
  if (kind === 'unknownName') return 'Check the address, and that this machine resolves names.'
  return `Check that this machine may reach ${address}.`
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** The origin of a service that a token may be sent to; a sentence when the text is not one. */
export function serviceAddress(
  text: string,
): { readonly ok: true; readonly address: string } | { readonly ok: false; readonly problem: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return { ok: false, problem: `--service must be an address such as https://countersign.contoso.com, not "${printable(text)}".` }
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return {
      ok: false,
      problem: `--service must begin with https:// unless it is this machine: your sign-in would cross the network in the clear to ${url.host}.`,
    }
  if (url.username !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/')
    return { ok: false, problem: `--service must be the address alone, for example ${url.origin}.` }
  return { ok: true, address: url.origin }
}
