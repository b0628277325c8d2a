import type { z } from 'zod'
import type { Problem } from '@countersign/core/api/problem.ts'
import type { routes } from '@countersign/core/api/routes.ts'
import type { Host } from '../host/host.ts'
import { problemError, readProblem, unreachable } from './problem.ts'
import type { Watch } from './watch.ts'

type AnyRoute = (typeof routes)[number]
/** 'GET /api/findings/:checkId': a route of the contract by method and path. */
export type RouteKey = AnyRoute extends infer R ? (R extends AnyRoute ? `${R['method']} ${R['path']}` : never) : never
type RouteOf<K extends RouteKey> = K extends `${infer M} ${infer P}` ? Extract<AnyRoute, { method: M; path: P }> : never
export type AnswerOf<K extends RouteKey> = z.infer<RouteOf<K>['answer']>
type Part<R, Name extends string> = R extends { readonly [N in Name]: infer Schema extends z.ZodType }
  ? { readonly [N in Name]: z.input<Schema> }
  : unknown
export type InputOf<K extends RouteKey> = LooseInput & Part<RouteOf<K>, 'params'> & Part<RouteOf<K>, 'body'> & Part<RouteOf<K>, 'query'>

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** The service as screens see it: typed by the contract, signed in by the host's token or by the cookie. */
export interface Service {
  readonly call: <K extends RouteKey>(key: K, input: InputOf<K>) => Promise<AnswerOf<K>>
  /** An answer as it comes, for the event stream. */
  readonly open: (path: string, init: RequestInit) => Promise<Response>
  /** Sent with every change of a cookie session; learnt from /api/me. */
  readonly setCsrfToken: (token: string | null) => void
}

/** Header in which every answer names the version of the service. */
const versionHeader = 'x-countersign-version'

export function makeService(host: Host, watch?: Watch): Service {
  let csrfToken: string | null = null
  return {
    call,
    open,
    setCsrfToken: (token) => {
      csrfToken = token
    },
  }

  async function call<K extends RouteKey>(key: K, input: InputOf<K>): Promise<AnswerOf<K>> {
    const [method = 'GET', pattern = ''] = key.split(' ')
    const { params = {}, query = {}, body }: LooseInput = input
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
    const answer = await open(search === '' ? path : `${path}?${search}`, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // The parsed boundary: the service checks every answer against the same schema before it leaves.
    return (await answer.json()) as AnswerOf<K>
  }

  async function open(path: string, init: RequestInit): Promise<Response> {
    const isChange = init.method !== undefined && init.method !== 'GET'
    // A change that waits for a connection would happen when nobody expects it any more.
    if (isChange && watch?.standing().reach.kind === 'lost') throw problemError(notSentProblem)
    const headers = new Headers(init.headers)
    const token = await host.token()
    if (token.kind === 'needsConsent') throw told(consentProblem)
    if (token.kind === 'failed') throw told({ ...tokenProblem, detail: `The host gave no sign-in token (${token.code}).` })
    if (token.kind === 'bearer') headers.set('authorization', `Bearer ${token.token}`)
    if (token.kind === 'none' && csrfToken !== null && isChange) headers.set('x-csrf-token', csrfToken)
    const answer = await fetch(path, {
      ...init,
      headers,
      credentials: token.kind === 'none' ? 'same-origin' : 'omit',
      cache: 'no-store',
    }).catch((error: unknown) => {
      if (init.signal?.aborted !== true) watch?.noteSilence()
      throw error
    })
    const problem = answer.ok ? undefined : await readProblem(answer)
    if (problem && isFromProxy(problem.status) && problem.requestId === '') {
      watch?.noteSilence()
      throw problemError({ ...unreachable, status: problem.status })
    }
    watch?.noteAnswer(answer.headers.get(versionHeader))
    if (problem) throw told(problem)
    return answer
  }

  function told(problem: Problem): Error {
    watch?.noteProblem(problem)
    return problemError(problem)
  }
}

/** What stands before the service says so when the service is being started. */
function isFromProxy(status: number): boolean {
  return status === 502 || status === 503 || status === 504
}

const notSentProblem: Problem = {
  type: 'about:blank',
  title: 'Not sent',
  status: 0,
  detail: 'Countersign cannot be reached. Nothing was changed, and what you have typed is still here.',
  mend: 'Try again when the connection is back.',
  requestId: '',
}

export const consentProblemType = 'countersign:consent'
const consentProblem = {
  type: consentProblemType,
  title: 'Countersign needs your consent',
  status: 401,
  detail: 'Your organisation asks each person to agree before Countersign may read as you.',
  requestId: '',
}
const tokenProblem = {
  type: 'about:blank',
  title: 'You could not be signed in',
  status: 401,
  detail: '',
  mend: 'Reload the tab. If it stays, sign out of Teams and in again.',
  requestId: '',
}
