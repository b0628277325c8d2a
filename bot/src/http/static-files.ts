import serveStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getMe } from '@countersign/core/api/me.ts'
import { getOverview } from '@countersign/core/api/posture.ts'
import { sessionCookie } from './auth.ts'
import { pagePolicy, type HeaderSettings } from './security-headers.ts'
import { plainPage } from './plain-page.ts'

/** Stands in the built page where each answer gets its own nonce. */
const noncePlaceholder = '__CSP_NONCE__'
/** Pages of the tab; what lies below one of them is the tab's own affair, every other address is a 404. */
const pageRoots = [
  '/overview',
  '/findings',
  '/applications',
  '/people',
  '/changes',
  '/actions',
  '/receipts',
  '/trust',
  '/settings',
] as const
const pages = ['/', ...pageRoots.flatMap((path) => [path, `${path}/*`])]
/** Pages that show nothing of the tenant. */
const plainPages = ['/consent', '/consent-done', '/signed-in', '/configure'] as const
/** What every page asks for first: a browser with a session fetches it while it still reads the scripts (https://www.rfc-editor.org/rfc/rfc8288). */
const early = [getMe, getOverview].map(({ path }) => `<${path}>; rel=preload; as=fetch; crossorigin`).join(', ')

/** Serves the built tab. Files with a hash in their name never change; the page itself is made anew for each answer. */
export function staticFiles(folder: string, settings: HeaderSettings): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    const file = join(folder, 'index.html')
    const page = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    const sendPage = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const type = reply.type('text/html; charset=utf-8')
      if (page === undefined)
        return type.code(503).send(plainPage('The tab has not been built', 'Run npm run build -w teamsapp and start the service again.'))
      const nonce = randomBytes(16).toString('base64')
      return type.headers({ 'content-security-policy': pagePolicy(settings, nonce) }).send(page.replaceAll(noncePlaceholder, nonce))
    }
    const sendTab = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      sendPage(request, request.cookies[sessionCookie] === undefined ? reply : reply.header('link', early))
    for (const path of pages) app.get(path, sendTab)
    for (const path of plainPages) app.get(path, sendPage)
    if (page === undefined) return
    await app.register(serveStatic, {
      root: folder,
      index: false,
      serveDotFiles: false,
      cacheControl: false,
      // The build lays compressed copies beside the files.
      preCompressed: true,
      // The page itself is sent with a nonce, above; its raw text is of no use.
      allowedPath: (path) => path !== '/index.html',
      setHeaders(response, path) {
        const isHashed = /[/\\]assets[/\\].*-[A-Za-z0-9_-]{8,}\.[a-z0-9]+(\.br)?$/.test(path)
        response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
}
