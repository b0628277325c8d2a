import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { chromium, type Browser } from 'playwright-core'
import { meSchema } from '../../core/api/me.ts'
import { openBrowser } from '../e2e/browser.ts'
import { patience } from '../e2e/patience.ts'
import { builtTab } from '../teamsapp/built-tab.ts'
import { until } from '../teamsapp/until.ts'
import { lookInside } from './inside.ts'
import { framesOf } from './leaks.ts'
import { startWalls, type Walls } from './stack.ts'
import { newContext, openInTeams, sessionCookie, signIn } from './tab-walls.ts'

let walls: Walls
let browser: Browser

beforeAll(async () => {
  await builtTab()
  walls = await startWalls({ env: { SHAREPOINT_HOST: 'contoso.sharepoint.com' } })
  browser = await openBrowser()
}, patience.start)
afterAll(async () => {
  await browser?.close()
  await walls?.stop()
})

/** Directives of a policy by name. */
function policyOf(text: string | null): Map<string, string[]> {
  return new Map(
    (text ?? '')
      .split(';')
      .map((part) => part.trim().split(/\s+/))
      .map(([name = '', ...words]) => [name, words]),
  )
}

async function statusWith(cookie: string, init: RequestInit = {}, path = '/api/me'): Promise<number> {
  const response = await fetch(`${walls.origin}${path}`, { ...init, headers: { cookie: `${sessionCookie}=${cookie}`, ...init.headers } })
  await response.arrayBuffer()
  return response.status
}

describe('policy and frames', () => {
  /** Hosts of learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements, and the tenant's own SharePoint. */
  const mayFrame = [
    "'self'",
    'https://teams.microsoft.com',
    'https://*.teams.microsoft.com',
    'https://*.cloud.microsoft',
    'https://*.microsoft365.com',
    'https://*.office.com',
    'https://outlook.office.com',
    'https://outlook.office365.com',
    'https://contoso.sharepoint.com',
  ]

  test('no page allows inline scripts or styles, and each names who may frame it', async () => {
    const tabPages = [
      '/',
      '/overview',
      '/findings/app-secret-expired?q=x',
      '/actions/waiting',
      '/settings/aid',
      '/consent',
      '/consent-done',
      '/signed-in',
    ]
    const plainPages = ['/auth/callback?error=access_denied', '/auth/callback?admin_consent=True', '/auth/aid/callback?error=x']
    const others = ['/nothing', '/api/me', '/healthz', '/mark.svg']
    for (const path of [...tabPages, ...plainPages, ...others]) {
      const response = await fetch(`${walls.origin}${path}`, { redirect: 'manual' })
      const policy = policyOf(response.headers.get('content-security-policy'))
      const text = await response.text()
      const isPage = (response.headers.get('content-type') ?? '').startsWith('text/html')
      expect({ path, isPage }).toEqual({ path, isPage: !others.includes(path) })
      expect({ path, first: policy.get('default-src') }).toEqual({ path, first: ["'none'"] })
      expect({ path, unsafe: [...policy.values()].flat().filter((word) => /unsafe|^\*$|^https?:$/.test(word)) }).toEqual({
        path,
        unsafe: [],
      })
      expect({ path, scripts: policy.get('script-src') ?? [] }).toEqual({ path, scripts: tabPages.includes(path) ? ["'self'"] : [] })
      expect({ path, frames: policy.get('frame-ancestors') }).toEqual({ path, frames: tabPages.includes(path) ? mayFrame : ["'none'"] })
      expect({ path, inline: /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:/i.test(isPage ? text : '') }).toEqual({
        path,
        inline: false,
      })
      expect({ path, old: response.headers.get('x-frame-options') }).toEqual({ path, old: null })
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test.each([
    ['https://teams.microsoft.com', true],
    ['https://emea.teams.microsoft.com', true],
    ['https://m365.cloud.microsoft', true],
    ['https://www.microsoft365.com', true],
    ['https://www.office.com', true],
    ['https://outlook.office365.com', true],
    ['https://contoso.sharepoint.com', true],
    ['https://evil.example', false],
    ['https://teams.microsoft.com.evil.example', false],
    ['https://evilteams.microsoft.com', false],
    ['https://fabrikam.sharepoint.com', false],
  ])('a page of %s %s show the tab', async (frameOrigin, isAllowed) => {
    const context = await newContext(browser)
    await context.route(`${frameOrigin}/`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${walls.origin}/trust"></iframe>` }),
    )
    if (frameOrigin.startsWith('https:')) await context.grantPermissions(['local-network-access'], { origin: frameOrigin })
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await page.goto(`${frameOrigin}/`)
    const isShown = async (): Promise<boolean> =>
      (await page
        .frames()[1]
        ?.evaluate(() => document.getElementById('root') !== null)
        .catch(() => false)) ?? false
    const isRefused = (): boolean => said.some((text) => text.includes('frame-ancestors'))
    await until(async () => isRefused() || (await isShown()))
    expect([await isShown(), isRefused()]).toEqual([isAllowed, !isAllowed])
    await context.close()
  })
})

describe('the session of a plain browser', () => {
  test('lives in one cookie that no script can read and no other site can send', async () => {
    const context = await newContext(browser)
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    // The stand-in for Entra is on the same host and has cookies of its own.
    const own = (await context.cookies()).filter(({ name }) => name.includes('countersign'))
    expect(own).toMatchObject([
      {
        name: sessionCookie,
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
        path: '/',
        domain: new URL(walls.origin).hostname,
        expires: -1,
      },
    ])
    expect(await page.evaluate(() => document.cookie)).toBe('')
    const id = own[0]?.value ?? ''
    const { csrfToken } = meSchema.parse(await (await context.request.get(`${walls.origin}/api/me`)).json())
    const scan = (headers: Record<string, string>): Promise<number> =>
      statusWith(id, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } }, '/api/scans')
    expect(await scan({})).toBe(403)
    expect(await scan({ 'x-csrf-token': 'A'.repeat(43) })).toBe(403)
    expect(
      await statusWith(
        id,
        { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain', 'x-csrf-token': csrfToken ?? '' } },
        '/api/scans',
      ),
    ).toBe(415)
    expect([200, 202]).toContain(await scan({ 'x-csrf-token': csrfToken ?? '' }))
    await page.goto(`${walls.origin}/auth/sign-out`).catch(() => undefined)
    expect((await context.cookies(walls.origin)).filter(({ name }) => name === sessionCookie)).toEqual([])
    expect(await statusWith(id)).toBe(401)
    await context.close()
  })

  test('gets a new id every fifteen minutes, the old one ends after the grace, and so it does for a thief', async () => {
    const context = await newContext(browser)
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    // An open page asks by itself, and would get the new id.
    await page.close()
    const id = (await context.cookies()).find(({ name }) => name === sessionCookie)?.value ?? ''
    const age = (seconds: number): Promise<unknown> =>
      lookInside(walls.dataDir, (client) =>
        client.query(`update countersign.session set rotated_at = rotated_at - make_interval(secs => $1) where kind = 'cookie'`, [seconds]),
      )
    await age(12 * 60)
    const early = await fetch(`${walls.origin}/api/me`, { headers: { cookie: `${sessionCookie}=${id}` } })
    expect([early.status, early.headers.getSetCookie()]).toEqual([200, []])
    await age(4 * 60)
    const rotated = await fetch(`${walls.origin}/api/me`, { headers: { cookie: `${sessionCookie}=${id}` } })
    const [line = ''] = rotated.headers.getSetCookie()
    expect(line).toMatch(/^__Host-countersign=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const next = /=([\w-]{43});/.exec(line)?.[1] ?? ''
    expect(next).not.toBe(id)
    expect([await statusWith(id), await statusWith(next)]).toEqual([200, 200])
    await age(31)
    expect([await statusWith(id), await statusWith(next)]).toEqual([401, 200])
    await context.close()
  })

  test('is never one that was planted before the sign-in', async () => {
    const attacker = await newContext(browser)
    await signIn(attacker, walls.origin, 'Bo')
    const planted = (await attacker.cookies()).find(({ name }) => name === sessionCookie)?.value ?? ''
    const victim = await newContext(browser)
    await victim.addCookies([
      { name: sessionCookie, value: planted, url: walls.origin.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' },
    ])
    const page = await victim.newPage()
    await page.goto(`${walls.origin}/auth/sign-in`)
    await page.getByText('Ada Lindqvist').click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${walls.origin}/overview`)
    const own = (await victim.cookies()).find(({ name }) => name === sessionCookie)?.value ?? ''
    expect(own).not.toBe(planted)
    const nameOf = async (cookie: string): Promise<string> =>
      meSchema.parse(await (await fetch(`${walls.origin}/api/me`, { headers: { cookie: `${sessionCookie}=${cookie}` } })).json())
        .displayName
    expect(await nameOf(own)).toContain('Ada')
    expect(await nameOf(planted)).toContain('Bo')
    expect(await statusWith('B'.repeat(43))).toBe(401)
    await attacker.close()
    await victim.close()
  })
})

test('inside Teams everything works while the browser blocks cookies of third parties', async () => {
  const strict = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--test-third-party-cookie-phaseout'],
  })
  try {
    const context = await newContext(strict)
    const token = await walls.tokenOf('contoso-demo', 'ada')
    const page = await openInTeams(context, walls, token, '/trust')
    const tab = page.frameLocator('iframe')
    await tab.getByRole('heading', { level: 1, name: 'Trust Center' }).waitFor()
    await tab.locator('header').getByRole('link', { name: 'Findings' }).click()
    await tab.getByRole('heading', { level: 1, name: 'Findings' }).waitFor()
    await tab.getByRole('button', { name: 'Scan now' }).waitFor()
    // A cookie of ours would be one of a third party here: it can be neither set nor read.
    const frame = framesOf(page, walls.origin)[0]
    expect(await frame?.evaluate(() => ((document.cookie = 'probe=1; Secure; SameSite=None'), document.cookie))).toBe('')
    expect(await context.cookies()).toEqual([])
    await context.close()
  } finally {
    await strict.close()
  }
})
