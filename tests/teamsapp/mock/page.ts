import { randomBytes } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** The files of a built tab by their address, as they were when asked for: a later build does not pull them from under a running test. */
export function readBuilt(dist: string): ReadonlyMap<string, Buffer> {
  const files = globSync('**/*', { cwd: dist }).filter((file) => statSync(join(dist, file)).isFile())
  return new Map(files.map((file) => [`/${file}`, readFileSync(join(dist, file))]))
}

/** A file of the built tab, or its page for any other address, under the service's own Content-Security-Policy. */
export function sendBuilt(files: ReadonlyMap<string, Buffer>, pathname: string, response: ServerResponse): void {
  const isFile = extname(pathname) !== ''
  const content = files.get(isFile ? pathname : '/index.html')
  if (!content) {
    response.writeHead(404).end()
    return
  }
  const nonce = randomBytes(16).toString('base64url')
  response.writeHead(200, {
    'content-type': contentTypes[isFile ? extname(pathname) : '.html'] ?? 'application/octet-stream',
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://res.cdn.office.net; base-uri 'none'; form-action 'self'; frame-ancestors 'self'`,
    'x-content-type-options': 'nosniff',
    // As the service does: what has a digest in its name never changes.
    'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(isFile ? content : content.toString('utf8').replaceAll('__CSP_NONCE__', nonce))
}
