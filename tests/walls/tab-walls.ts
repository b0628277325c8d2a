import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { teamsHostPage } from '../e2e/teams-host/host-page.ts'
import { patience } from '../e2e/patience.ts'
import type { Walls } from './stack.ts'

export const sessionCookie = '__Host-countersign'
export const teamsOrigin = 'https://teams.microsoft.com'

/** A context in which nothing leaves this machine: pages of Microsoft 365 are played, its other addresses are refused. */
export async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options })
  context.setDefaultTimeout(patience.step)
  await context.route(/^https:\/\//, (route) =>
    route.request().url().startsWith('https://res.cdn.office.net/')
      ? route.fulfill({ json: { validOrigins: [] }, headers: { 'access-control-allow-origin': '*' } })
      : route.abort(),
  )
  return context
}

/** Signs a person in in a plain browser, as a person does. */
export async function signIn(context: BrowserContext, origin: string, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${origin}/overview`)
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
  await page.getByText(name).click()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${origin}/**`)
  await page.locator('main:not([aria-busy]) h1').waitFor()
  return page
}

/** Opens the tab inside a page that plays Teams, on Teams' own origin, with the token that Teams would hold. */
export async function openInTeams(context: BrowserContext, walls: Walls, token: string, path: string): Promise<Page> {
  await context.route(`${teamsOrigin}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: teamsHostPage({ path: `${walls.origin}${path}`, token }) }),
  )
  // Teams is on the internet and the service here on this machine, for which a browser asks.
  await context.grantPermissions(['local-network-access'], { origin: teamsOrigin })
  const page = await context.newPage()
  await page.goto(`${teamsOrigin}/`)
  return page
}
