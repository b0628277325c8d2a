import type { RequestListener } from 'node:http'
import type { Certificates } from './certificates.ts'
import { json, readRequest, sendResponse } from './http.ts'
import type { PlainRequest, PlainResponse } from './http.ts'
import { listen } from './listen.ts'
import type { Listener } from './listen.ts'

/** A plain answer, or the order to destroy the connection instead of answering. */
export type Answer = PlainResponse | 'cut'

/** One listener to open. */
export interface ServeOptions {
  /** Named in failures and in the access log. */
  readonly name: string
  readonly port: number
  /** Undefined for plain HTTP. */
  readonly tls: Certificates | undefined
  readonly accessLog: boolean
  handle(request: PlainRequest): Promise<Answer>
}

/** Opens a listener on loopback; throws when the port cannot be had. */
export async function serve(options: ServeOptions): Promise<Listener> {
  const outcome = await listen(options.port, options.tls, listenerOf(options))
  if (!outcome.ok) throw new Error(`${options.name} cannot listen: ${outcome.reason}. Choose another with --ports, or 0 for any free one.`)
  return outcome.listener
}

function listenerOf({ name, tls, accessLog, handle }: ServeOptions): RequestListener {
  return (request, response) => {
    // The Host header may be absent or odd; only path and query are read from the URL.
    readRequest(request, tls ? 'https://localhost' : 'http://localhost')
      .then((plain) => (plain ? handle(plain) : json(413, { error: 'The body is too large.' })))
      .catch((error: unknown) => {
        // A fault of the emulator itself: said in full to whoever runs it, and in one sentence to the client.
        process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`)
        return json(500, { error: { code: 'emulatorFault', message: 'The emulator failed to answer; its standard error says why.' } })
      })
      .then((answer) => {
        if (accessLog)
          process.stderr.write(`${name} ${request.method} ${pathOnly(request.url)} ${answer === 'cut' ? 'cut' : answer.status}\n`)
        if (answer === 'cut') request.socket.destroy()
        else sendResponse(response, answer)
      })
  }
}

/** Queries of sign-in carry codes and hints; the log shows paths only. */
function pathOnly(url: string | undefined): string {
  return (url ?? '/').split('?')[0] ?? '/'
}
