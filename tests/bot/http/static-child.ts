import cookie from '@fastify/cookie'
import fastify from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { staticFiles } from '../../../bot/src/http/static-files.ts'

/** Runs outside jest, which cannot load the module that serves files. Prints the answers to the addresses it is given as one JSON line; COOKIE and ENCODING are sent with each. */
const folder = mkdtempSync(join(tmpdir(), 'cs-tab-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
writeFileSync(join(folder, 'assets', 'main-AbCd1234.js'), '1')
writeFileSync(join(folder, 'assets', 'main-AbCd1234.js.br'), 'compressed')
const app = fastify()
await app.register(cookie)
await app.register(async (child) =>
  staticFiles(folder, { authority: 'https://login.example', sharePointHost: 'contoso.sharepoint.com' })(child),
)
const headers = { cookie: process.env['COOKIE'] ?? '', 'accept-encoding': process.env['ENCODING'] ?? 'identity' }
const answers = []
for (const url of process.argv.slice(2)) {
  const { statusCode, headers: given, body } = await app.inject({ url, headers })
  answers.push({
    url,
    status: statusCode,
    policy: String(given['content-security-policy'] ?? ''),
    cache: String(given['cache-control'] ?? ''),
    link: String(given['link'] ?? ''),
    encoding: String(given['content-encoding'] ?? ''),
    vary: String(given['vary'] ?? ''),
    body,
  })
}
process.stdout.write(`${JSON.stringify(answers)}\n`)
rmSync(folder, { recursive: true })
