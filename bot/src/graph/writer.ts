import { z } from 'zod'
import { requestHash, type Warrant } from '@countersign/core/actions/warrant.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import type { TokenFunction } from './reader.ts'

/** What became of the one send that a warrant allows. `unknown`: Graph may or may not have done it; a read-back must tell. */
export type WriteOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly requestId: string }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string; readonly requestId: string }
  | { readonly kind: 'notSent'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }

export interface GraphWriter {
  /** Sends exactly what the warrant holds, once. Never tries again: Graph has no idempotency key. */
  readonly send: (warrant: Warrant) => Promise<WriteOutcome>
}

export interface WriterDependencies {
  /** Graph's origin, from the configuration. */
  readonly graph: string
  /** Milliseconds after which an answer counts as lost. */
  readonly timeoutMs: number
}

const errorSchema = z.object({ error: z.object({ code: z.string().default(''), message: z.string().default('') }) })

/** Makes the only thing in the product that can change a tenant. */
export function makeWriter(token: TokenFunction, { graph, timeoutMs }: WriterDependencies): GraphWriter {
  const origin = new URL(graph).origin
  return {
    async send(warrant) {
      if (requestHash(warrant.request) !== warrant.requestHash)
        throw new Error(`The request of proposal ${warrant.proposalId} is not the one that its warrant was made for; nothing was sent.`)
      const answer = await token()
      if (answer.kind === 'needsSignIn') return { kind: 'notSent', why: answer.reason }
      const { method, path, body } = warrant.request
      try {
        const response = await fetch(`${origin}/v1.0${path}`, {
          method,
          headers: {
            authorization: `Bearer ${answer.token}`,
            'client-request-id': warrant.clientRequestId,
            'user-agent': warrant.userAgent,
            ...(method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
          },
          ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        })
        return await outcomeOf(response)
      } catch (error) {
        return { kind: 'unknown', why: whyLost(error) }
      }
    },
  }
}

/** Server faults and a missing answer settle nothing; every other status is Graph's word. */
async function outcomeOf(response: Response): Promise<WriteOutcome> {
  const requestId = response.headers.get('request-id') ?? ''
  const text = await response.text()
  if (response.ok) return { kind: 'answered', status: response.status, requestId }
  if (response.status >= 500) return { kind: 'unknown', why: `Graph answered ${response.status}` }
  const parsed = errorSchema.safeParse(parseJson(text))
  const { code, message } = parsed.success ? parsed.data.error : { code: '', message: '' }
  return { kind: 'refused', status: response.status, code, message, requestId }
}

function whyLost(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'Graph did not answer in time'
  return 'the connection to Graph was lost'
}
