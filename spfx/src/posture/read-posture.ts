import type { PostureView } from './summary.ts'

/** How one reading of the service ended; `problem` kinds are what a person can act on. */
export type ReadResult =
  | { readonly kind: 'fresh'; readonly view: PostureView; readonly etag: string | undefined }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'problem'; readonly problem: ReadProblem }

export type ReadProblem =
  /** SharePoint could not obtain a token: the permission request is not approved, or the person must sign in again. */
  | { readonly kind: 'noToken' }
  /** The service refused: 401 (token not accepted) or 403 (scope or person not allowed). */
  | { readonly kind: 'forbidden'; readonly status: number; readonly requestId: string | undefined }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'service'; readonly status: number; readonly requestId: string | undefined }
  | { readonly kind: 'unreadable'; readonly requestId: string | undefined }

/** The part of a fetch response that is used; AadHttpClientResponse has this shape. */
export interface PostureResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  json(): Promise<unknown>
}

/** Sends one authorised GET. Rejects with a TypeError when the network failed, with anything else when no token came. */
export type SendGet = (url: string, headers: Record<string, string>, signal: AbortSignal) => Promise<PostureResponse>

const TIMEOUT_MS = 20_000

export interface Reading {
  readonly send: SendGet
  /** Undefined when the body is not a posture view. */
  readonly parse: (body: unknown) => PostureView | undefined
  readonly serviceUrl: string
  /** Of the view that is already on screen. */
  readonly etag: string | undefined
}

/** Reads the posture view once; never rejects. */
export async function readPosture({ send, parse, serviceUrl, etag }: Reading): Promise<ReadResult> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (etag) headers['If-None-Match'] = etag

  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  try {
    return await interpret(await send(`${serviceUrl}/api/view/posture`, headers, abort.signal), parse)
  } catch (error) {
    const isNetwork = error instanceof TypeError || abort.signal.aborted
    return { kind: 'problem', problem: { kind: isNetwork ? 'unreachable' : 'noToken' } }
  } finally {
    clearTimeout(timer)
  }
}

async function interpret(response: PostureResponse, parse: Reading['parse']): Promise<ReadResult> {
  const { status } = response
  const requestId = response.headers.get('x-request-id') ?? undefined
  if (status === 304) return { kind: 'unchanged' }
  if (status === 401 || status === 403) return { kind: 'problem', problem: { kind: 'forbidden', status, requestId } }
  if (status !== 200) return { kind: 'problem', problem: { kind: 'service', status, requestId } }

  const body = await response.json().catch(() => undefined)
  const view = parse(body)
  if (!view) return { kind: 'problem', problem: { kind: 'unreadable', requestId } }
  return { kind: 'fresh', view, etag: response.headers.get('etag') ?? undefined }
}
