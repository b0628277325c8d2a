import type { Browser, BrowserContext, Frame, FrameLocator, Page } from 'playwright-core'
import { axeIn } from '../e2e/axe.ts'
import { patience } from '../e2e/patience.ts'
import type { TeamsHostWindow } from '../e2e/teams-host/host-page.ts'
import { blankPath, type MockService } from './mock-service.ts'
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

/** A window with nothing in it yet, which listens for everything that should not happen. */
export type TabWindow = Pick<OpenTab, 'page' | 'context' | 'complaints'>

/** Opens one page of the tab in a window and context of its own. */
export async function openTab(browser: Browser, service: MockService, path: string, options: OpenOptions = {}): Promise<OpenTab> {
  return showIn(await openWindow(browser), service, path, options)
}

/** Opens a window of its own context. Nothing is routed: a page with routes has no cache, and would read all its scripts anew each time. */
export async function openWindow(browser: Browser): Promise<TabWindow> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(patience.step)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (/^(https|wss):/.test(request.url())) complaints.push(`request to ${request.url()}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`))
    // teams-js asks Microsoft for its list of hosts; anything else would be a request that the product must not make.
    const send = window.fetch.bind(window)
    window.fetch = (asked, init) =>
      (asked instanceof Request ? asked.url : String(asked)).startsWith('https://res.cdn.office.net/')
        ? Promise.resolve(Response.json({ validOrigins: [] }))
        : send(asked, init)
  })
  await page.clock.setFixedTime(new Date(sampleNow))
  return { page, context, complaints }
}

/** Shows one page of the tab in a window that is there already. */
export async function showIn(window: TabWindow, service: MockService, path: string, options: OpenOptions = {}): Promise<OpenTab> {
  const { look = 'light', width = 1440, inTeams = look === 'contrast', token = 'made-up.token.value' } = options
  const { page } = window
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' })
  const open = { ...window, tab: inTeams ? page.frameLocator('iframe') : page }
  await goTo(open, service, path, look, { token, ...(options.subPageId === undefined ? {} : { subPageId: options.subPageId }) })
  return open
}

/** Takes everything out of a window that a test left in it: pages beside it, routes, what was stored and what was said. */
export async function emptyWindow({ page, context, complaints }: TabWindow, service: MockService): Promise<void> {
  await Promise.all(context.pages().map((one) => (one === page ? undefined : one.close())))
  page.removeAllListeners('dialog')
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.goto(`${service.url}${blankPath}`)
  await page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await context.clearCookies()
  await context.clearPermissions()
  complaints.length = 0
}

/** Goes to another page of the tab by its address and waits until it shows more than its skeleton, and its heading has the focus. */
export async function goTo(open: OpenTab, service: MockService, path: string, look: Look, host: HostOptions = {}): Promise<void> {
  await loadTab(open, service, path, look, host)
  await headingFocused(open)
}

/**
 * Waits for the heading of a page and until it has taken the focus, which it does a moment after it was drawn: whoever presses a key before
 * would lose the focus to it. The first page of all that shows no skeleton leaves the focus alone: so many turns of the page are enough.
 */
export async function headingFocused({ tab }: Pick<OpenTab, 'tab'>): Promise<void> {
  await tab.locator('main:not([aria-busy]) h1').waitFor()
  await tab.locator('html').evaluate(async (root) => {
    const hasFocus = (): boolean => root.ownerDocument.activeElement?.matches('main:not([aria-busy]) h1') === true
    for (let turns = 0; turns < 15 && !hasFocus(); turns += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })
}

interface HostOptions {
  readonly token?: string
  readonly subPageId?: string
}

/** Loads an address of the tab and waits for nothing beyond its document. */
export async function loadTab(
  { page, tab }: OpenTab,
  service: MockService,
  path: string,
  look: Look,
  host: HostOptions = {},
): Promise<void> {
  const search = new URLSearchParams({ path, token: 'made-up.token.value', theme: look === 'light' ? 'default' : look, ...host })
  await page.goto(tab === page ? `${service.url}${path}` : `${service.url}${teamsHostPath}?${search.toString()}`)
}

/** Turns the shown page to another look and width, without loading it again: the plain browser by its scheme, Teams by its message. */
export async function turnTo({ page, tab }: OpenTab, look: Look, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  if (tab === page) await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' })
  else await page.evaluate((theme) => (window as unknown as TeamsHostWindow).teamsHost.setTheme(theme), look === 'light' ? 'default' : look)
  await tab.locator('body').evaluate(async (body, ground) => {
    // Looked up each time, because a page may be another one at another width; counted, because the page's clock stands still.
    const shown = (): string => {
      const main = body.querySelector('main')
      return main ? getComputedStyle(main).getPropertyValue('--colorNeutralBackground1').trim() : ''
    }
    for (let looks = 0; shown() !== ground; looks += 1) {
      if (looks > 3000) throw new Error(`The ground did not become ${ground}.`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    // What is drawn anew meanwhile takes its transition with it.
    await Promise.allSettled(changing.map((animation) => animation.finished))
  }, grounds[look])
}
/** Colour of the ground in Fluent's themes: whether a look is shown can be read from it. */
const grounds = { light: '#ffffff', dark: '#292929', contrast: '#000000' } as const

/** Axe with its default rules on the tab. */
export async function axeViolations({ page, tab }: OpenTab): Promise<string[]> {
  const violations = await axeIn(tab === page ? page.mainFrame() : frameOf(page))
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

function frameOf(page: Page): Frame {
  const [frame] = page.mainFrame().childFrames()
  if (!frame) throw new Error('The page that plays Teams shows no tab.')
  return frame
}

/** Pixels by which the tab is wider than its window, once what measures itself (charts, the header) has had so many turns to follow. */
export async function overflow({ tab }: OpenTab): Promise<number> {
  return tab.locator('html').evaluate(async (root) => {
    const over = (): number => Math.max(0, root.scrollWidth - root.clientWidth)
    for (let turns = 0; turns < 40 && over() > 0; turns += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return over()
  })
}

const isDrill = process.env['DRILL'] === '1'

/**
 * Turns a shown page through looks and widths: what axe finds and what is wider than its window, a line for each. Axe takes most of the time:
 * on an ordinary day it looks at each look once, at one width after the other; in the drill at all of them.
 */
export async function faultsInLooks(open: OpenTab, looks: readonly Look[], widths: readonly number[]): Promise<string[]> {
  const faults: string[] = []
  for (const [place, look] of looks.entries())
    for (const width of widths) {
      await turnTo(open, look, width)
      const over = await overflow(open)
      if (over > 0) faults.push(`${look}, ${width} px: ${over} px wider than the window`)
      if (!isDrill && width !== widths[place % widths.length]) continue
      faults.push(...(await axeViolations(open)).map((line) => `${look}, ${width} px: ${line}`))
    }
  return faults
}
