import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { openEgress } from '../../../bot/src/egress.ts'

/** Runs in a process of its own, because the guard stays for the life of a process. Prints what happened as one JSON line. */
const server = http.createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
const port = typeof address === 'object' && address !== null ? address.port : 0
const egress = openEgress({ addresses: [`http://127.0.0.1:${port}`], certificateAuthority: null })
const said: Record<string, string> = {}

async function attempt(name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    said[name] = String(await work())
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    said[name] = cause instanceof Error ? cause.name : String(cause)
  }
}
function raw(open: () => net.Socket | http.ClientRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const opened = open()
    opened.once('error', reject)
    opened.once('connect', () => resolve('connected'))
    opened.once('response', () => resolve('answered'))
  })
}

await attempt('allowed', async () => (await fetch(`http://127.0.0.1:${port}/v1.0/users/ada%40contoso.example?$select=id`)).text())
await attempt('otherPort', () => raw(() => net.connect(9, '127.0.0.1')))
await attempt('fetchElsewhere', () => fetch('https://example.com/'))
await attempt('httpElsewhere', () => raw(() => http.get('http://example.com/')))
await attempt('httpsElsewhere', () => raw(() => https.get('https://example.com/')))
await attempt('netElsewhere', () => raw(() => net.connect({ host: 'example.com', port: 443 })))
process.stdout.write(`${JSON.stringify({ said, port, ledger: egress.ledger() })}\n`)
process.exit(0)
