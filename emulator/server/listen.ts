import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Certificates } from './certificates.ts'

/** One listener on 127.0.0.1. */
export interface Listener {
  readonly port: number
  /** Stops accepting, lets answers under way finish for a moment, then ends every connection. */
  close(): Promise<void>
}

/** How long answers under way may still take once a listener closes. */
const CLOSE_GRACE_MS = 500

export type ListenOutcome = { readonly ok: true; readonly listener: Listener } | { readonly ok: false; readonly reason: string }

/** Listens on loopback, with TLS when certificates are given. Port 0 takes any free port. */
export function listen(port: number, tls: Certificates | undefined, handler: RequestListener): Promise<ListenOutcome> {
  const server: Server = tls
    ? createHttpsServer({ key: tls.key, cert: tls.certificate, minVersion: 'TLSv1.2' }, handler)
    : createHttpServer(handler)
  // Whoever keeps an idle connection lets go of it first: one that is closed from here may be in use again already.
  server.keepAliveTimeout = 0
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'is already in use' : error.code === 'EACCES' ? 'is not open to this user' : error.message
      resolve({ ok: false, reason: `port ${port} ${reason}` })
    })
    server.listen(port, '127.0.0.1', () => {
      resolve({ ok: true, listener: { port: boundPort(server.address()), close: () => close(server) } })
    })
  })
}

function boundPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('A TCP server that listens must have a port.')
  return address.port
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
