import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import type { MockService } from './mock-service.ts'
import { sampleNow } from './sample-posture.ts'
import { teamsHostPath } from '../e2e/teams-host/host-page.ts'

/** How a tab is opened: the plain browser's two schemes, or a page that plays Teams. */
export type Look = 'light' | 'dark' | 'contrast'

export interface OpenTab {
  readonly page: Page
  readonly context: BrowserContext
  /** The tab's own content: the page, or the frame inside the page that plays Teams. */
  readonly tab: Page | FrameLocator
  /** What should never be there: console errors, uncaught errors, violations of the Content-Security-Policy, requests that left this machine. */
  readonly complaints: string[]
}

export interface OpenOptions {
  readonly look?: Look
  readonly width?: number
  readonly inTeams?: boolean
  readonly token?: string
  readonly subPageId?: string
}

/** Opens one page of the tab in a fresh context and listens for everything that should not happen. */
export async function openTab(browser: Browser, service: MockService, path: string, options: OpenOptions = {}): Promise<OpenTab> {
  const { look = 'light', width = 1440, inTeams = look === 'contrast', token = 'made-up.token.value' } = options
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    colorScheme: look === 'dark' ? 'dark' : 'light',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`))
  })
  await page.route(/^https:\/\//, async (route) => {
    // teams-js asks Microsoft for its list of hosts; anything else would be a request that the product must not make.
    if (route.request().url().startsWith('https://res.cdn.office.net/'))
      return route.fulfill({ json: { validOrigins: [] }, headers: { 'access-control-allow-origin': '*' } })
    complaints.push(`request to ${route.request().url()}`)
    return route.abort()
  })
  await page.clock.setFixedTime(new Date(sampleNow))
  const tab = inTeams ? page.frameLocator('iframe') : page
  const open = { page, context, tab, complaints }
  await goTo(open, service, path, look, { token, ...(options.subPageId === undefined ? {} : { subPageId: options.subPageId }) })
  return open
}

/** Goes to another page of the tab by its address and waits until it shows more than its skeleton. */
export async function goTo(
  { page, tab }: OpenTab,
  service: MockService,
  path: string,
  look: Look,
  host: { readonly token?: string; readonly subPageId?: string } = {},
): Promise<void> {
  const search = new URLSearchParams({ path, token: 'made-up.token.value', theme: look === 'light' ? 'default' : look, ...host })
  await page.goto(tab === page ? `${service.url}${path}` : `${service.url}${teamsHostPath}?${search.toString()}`)
  await tab.locator('main:not([aria-busy]) h1').waitFor()
}

/** Axe with its default rules on the tab. Tabster's hidden focus dummies are nothing that a person meets. */
export async function axeViolations({ page, tab }: OpenTab): Promise<string[]> {
  const axe = new AxeBuilder({ page }).exclude('[data-tabster-dummy]')
  if (tab !== page) axe.include(['iframe', '#root']).exclude(['iframe', '[data-tabster-dummy]'])
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

/** Pixels by which the tab is wider than its window. */
export async function overflow({ tab }: OpenTab): Promise<number> {
  return tab.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)
}
