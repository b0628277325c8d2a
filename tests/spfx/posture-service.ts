import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { ViewPosture } from '../../core/api/posture.ts'

export type Answer = { readonly view: ViewPosture } | { readonly body: string } | { readonly status: number }

/** Answers `/api/view/posture` as the service does: bearer token, ETag, cross-origin rules; tests change what it says. */
export interface PostureService {
  readonly url: string
  /** Method, status and whether a validator was sent, in order of arrival. */
  readonly requests: readonly {
    readonly method: string
    readonly authorization: string | undefined
    readonly ifNoneMatch: string | undefined
    readonly status: number
  }[]
  answerWith(answer: Answer): void
  /** Keeps every answer back until released. */
  hold(): { release(): void }
  close(): Promise<void>
}

export async function startPostureService(token: string, first: ViewPosture): Promise<PostureService> {
  const requests: PostureService['requests'][number][] = []
  let answer: Answer = { view: first }
  let held = Promise.resolve()
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const { authorization } = request.headers
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '')
    response.setHeader('access-control-allow-headers', 'authorization, if-none-match')
    response.setHeader('access-control-expose-headers', 'etag, x-request-id')
    response.setHeader('x-request-id', `request-${requests.length + 1}`)
    if (request.method === 'OPTIONS') return end(response, 204)
    const body = 'view' in answer ? JSON.stringify(answer.view) : 'body' in answer ? answer.body : ''
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    const status =
      request.url !== '/api/view/posture'
        ? 404
        : authorization !== `Bearer ${token}`
          ? 401
          : 'status' in answer
            ? answer.status
            : request.headers['if-none-match'] === etag
              ? 304
              : 200
    requests.push({ method: request.method ?? '', authorization, ifNoneMatch: request.headers['if-none-match'], status })
    if (status === 200) response.setHeader('content-type', 'application/json').setHeader('etag', etag)
    void held.then(() => end(response, status, status === 200 ? body : undefined))
  }

  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    requests,
    answerWith(next) {
      answer = next
    },
    hold() {
      let release = (): void => undefined
      held = new Promise((resolve) => {
        release = resolve
      })
      return { release: () => release() }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function end(response: ServerResponse, status: number, body?: string): void {
  response.writeHead(status)
  response.end(body)
}
