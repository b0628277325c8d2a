import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { entries } from '../../../teamsapp/layout/pages.ts'

const answersSchema = z.array(
  z.object({
    url: z.string(),
    status: z.number(),
    policy: z.string(),
    cache: z.string(),
    link: z.string(),
    encoding: z.string(),
    vary: z.string(),
    body: z.string(),
  }),
)

function ask(...urls: readonly string[]): z.infer<typeof answersSchema> {
  return askWith({}, ...urls)
}

function askWith(env: Readonly<Record<string, string>>, ...urls: readonly string[]): z.infer<typeof answersSchema> {
  return answersSchema.parse(
    JSON.parse(
      execFileSync(process.execPath, [join(import.meta.dirname, 'static-child.ts'), ...urls], {
        encoding: 'utf8',
        timeout: 120_000,
        env: { ...process.env, ...env },
      }),
    ),
  )
}

describe('the tab’s page', () => {
  it('gets a nonce of its own each time, which its policy names, and may be framed by Microsoft 365 and the tenant’s SharePoint', () => {
    const [first, second] = ask('/findings/app-secret-expired', '/')
    const nonce = /content="([^"]+)"/.exec(first?.body ?? '')?.[1] ?? ''
    expect(nonce).toMatch(/^[A-Za-z0-9+/=]{20,}$/)
    expect(second?.body).not.toContain(nonce)
    expect(first?.policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(first?.policy).not.toContain('unsafe')
    expect(first?.policy).toContain("frame-ancestors 'self' https://teams.microsoft.com")
    expect(first?.policy).toContain('https://contoso.sharepoint.com')
  })

  it('is there for every page of the tab and what lies below it, and for nothing else', () => {
    const below = [...entries.map(({ path }) => path), '/actions/waiting', '/actions/catalogue/enforce-policy', '/settings/permissions']
    const statuses = ask(...below, '/overviews', '/nothing/overview').map(({ status }) => status)
    expect(statuses).toEqual([...below.map(() => 200), 404, 404])
  })

  it('is never served raw, and nothing outside the folder is served at all', () => {
    const [script, ...others] = ask(
      '/assets/main-AbCd1234.js',
      '/index.html',
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
      '/.git/config',
      '/nothing',
      '/api/nothing',
    )
    for (const { url, status } of others) expect([url, status >= 400]).toEqual([url, true])
    expect(others).toHaveLength(7)
    expect(script).toMatchObject({ status: 200, cache: 'public, max-age=31536000, immutable' })
  })
})

describe('the way to the first page', () => {
  const script = '/assets/main-AbCd1234.js'
  const asked = ['/', '/findings/x', '/consent', '/configure', script]
  const browser = askWith({ COOKIE: '__Host-countersign=abc', ENCODING: 'gzip, br' }, ...asked)
  const stranger = ask(...asked)

  it('lets a browser with a session fetch what each page asks for first, and nobody else', () => {
    const early = '</api/me>; rel=preload; as=fetch; crossorigin, </api/overview>; rel=preload; as=fetch; crossorigin'
    expect(browser.map(({ link }) => link)).toEqual([early, early, '', '', ''])
    expect(stranger.map(({ link }) => link)).toEqual(['', '', '', '', ''])
  })

  it('has scripts that were compressed when they were built, for browsers that take them', () => {
    const answer = { status: 200, cache: 'public, max-age=31536000, immutable', vary: 'accept-encoding' }
    expect(browser.at(-1)).toMatchObject({ ...answer, encoding: 'br', body: 'compressed' })
    expect(stranger.at(-1)).toMatchObject({ ...answer, encoding: '', body: '1' })
  })
})
