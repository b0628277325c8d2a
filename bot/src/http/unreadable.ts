import { randomUUID } from 'node:crypto'
import { problemOf, problemType, refuse, type Refused } from './problem.ts'

type ClientError = Error & { readonly code: string }
/** What is asked of the connection. */
interface Connection {
  readonly destroyed: boolean
  readonly writable: boolean
  write(text: string): unknown
  destroy(error: Error): unknown
}

/** An address with broken escapes, or a part of it that is longer than any id. */
export function addressRefused({ statusCode = 400 }: { readonly statusCode?: number }): Refused {
  return refuse(statusCode, 'Bad address', 'The address of the request could not be read, or a part of it is too long.')
}

/** Answers what is no HTTP that can be read: no request comes of it, so that nothing else could answer. */
export function answerUnreadable(error: ClientError, socket: Connection): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const refused = refusalOf(error.code)
  const body = JSON.stringify(problemOf(refused, randomUUID()))
  const head = [
    `HTTP/1.1 ${refused.status} ${refused.title}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}

function refusalOf(code: string): Refused {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refuse(408, 'Too slow', 'The request did not come to its end in time.')
    case 'HPE_HEADER_OVERFLOW':
      return refuse(431, 'Too much', 'The address and the headers of the request are larger than 16 kB.')
    default:
      return refuse(400, 'Bad request', 'The request is not HTTP that could be read.')
  }
}
