import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** A file of the built tab, or its page for any other address, under the service's own Content-Security-Policy. */
export async function sendBuilt(dist: string, pathname: string, response: ServerResponse): Promise<void> {
  const isFile = extname(pathname) !== ''
  const content = await readFile(join(dist, isFile ? normalize(pathname) : 'index.html')).catch(() => undefined)
  if (!content) {
    response.writeHead(404).end()
    return
  }
  const nonce = randomBytes(16).toString('base64url')
  response.writeHead(200, {
    'content-type': contentTypes[isFile ? extname(pathname) : '.html'] ?? 'application/octet-stream',
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://res.cdn.office.net; base-uri 'none'; form-action 'self'; frame-ancestors 'self'`,
    'x-content-type-options': 'nosniff',
  })
  response.end(isFile ? content : content.toString('utf8').replaceAll('__CSP_NONCE__', nonce))
}
