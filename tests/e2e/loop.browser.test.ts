import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, BrowserContext, FrameLocator, Locator, Page, Request } from 'playwright-core'
import { bearerFor } from '../bot/service.ts'
import { builtTab } from '../teamsapp/built-tab.ts'
import { soon } from '../teamsapp/until.ts'
import { beTolerant, isSecondAttempt } from './attempts.ts'
import { openBrowser } from './browser.ts'
import { patience } from './patience.ts'
import { startLoopStack, tenant, type LoopStack } from './loop-stack.ts'
import { teamsHostPage } from './teams-host/host-page.ts'

const teamsOrigin = 'https://teams.microsoft.com'
const sessionCookie = '__Host-countersign'

let stack: LoopStack
let browser: Browser
let context: BrowserContext
/** What must not be there: errors on the console of our pages, violations of their policy, requests to other machines. */
let complaints: string[]

beTolerant()
beforeAll(async () => {
  await builtTab()
  browser = await openBrowser()
  await startStack()
}, patience.start)
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})
beforeEach(async () => {
  // What the first attempt changed cannot be changed once more.
  if (isSecondAttempt()) {
    await stack.stop()
    await startStack()
  }
  complaints = []
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(patience.step)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`))
  })
  await context.route(/^https:\/\//, async (route) => {
    const url = route.request().url()
    // teams-js asks Microsoft for its list of hosts; the chat client is Microsoft's own page and asks for fonts.
    if (url.startsWith('https://res.cdn.office.net/'))
      return route.fulfill({ json: { validOrigins: [] }, headers: { 'access-control-allow-origin': '*' } })
    if (!isOfChatClient(route.request().frame().page())) complaints.push(`request to ${url}`)
    return route.abort()
  })
  context.on('console', (message) => {
    const page = message.page()
    if (message.type() === 'error' && page && !isOfChatClient(page) && !saysWhoIsNotSignedIn(message.text(), message.location().url))
      complaints.push(message.text())
  })
  context.on('weberror', (error) => {
    const page = error.page()
    if (page && !isOfChatClient(page)) complaints.push(error.error().message)
  })
}, patience.start)
afterEach(() => context.close())

async function startStack(): Promise<void> {
  stack = await startLoopStack()
  // For the token that the test obtains itself in the name of the Teams client.
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), await readFile(stack.emulator.ready.ca, 'utf8')])
}

/** Mean of red, green and blue, 0 to 255, of what the tab's heading stands on. */
async function brightness(tab: FrameLocator): Promise<number> {
  const colour = await tab.locator('h1').evaluate((heading) => {
    for (let element: Element | null = heading; element; element = element.parentElement) {
      const { backgroundColor } = getComputedStyle(element)
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  })
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return (red + green + blue) / 3
}

/** Steps of the walk in README.md, each one click. */
async function clicksInReadme(): Promise<number> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
  return [...text.matchAll(/^\d+\. /gm)].length
}

function isOfChatClient(page: Page): boolean {
  return page.url().startsWith(stack.chatClient.ready.url)
}

/** A browser reports every 401, also the one by which the tab learns that nobody is signed in yet. */
function saysWhoIsNotSignedIn(text: string, url: string): boolean {
  return text.includes('401') && url === `${stack.origin}/api/me`
}

test('from the sign-in to the receipt in at most twelve clicks, and on to the closed finding', async () => {
  let clicks = 0
  const click = async (target: Locator): Promise<void> => {
    clicks += 1
    await target.click()
  }
  const clickInto = async (target: Locator): Promise<Page> => (await Promise.all([context.waitForEvent('page'), click(target)]))[0]

  const page = await context.newPage()
  await page.goto(stack.origin)
  await click(page.getByRole('button', { name: 'Sign in' }).or(page.getByRole('link', { name: 'Sign in' })))
  await click(page.getByText('Ada Lindqvist'))
  await click(page.getByRole('button', { name: 'Sign in' }))

  await click(page.getByRole('banner').getByRole('button', { name: 'Scan now' }))
  await click(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Findings' }))
  // Typing is no click: the search has the words of the README.
  await page.getByRole('searchbox', { name: 'Search findings' }).fill('expired secret')
  const table = page.getByRole('grid')
  const found = table.getByRole('link', { name: /^\d+ expired secrets/ })
  await found.waitFor()
  // The whole list has it too: what does not fit has to go first.
  await table.getByRole('rowheader').nth(4).waitFor({ state: 'detached' })
  await click(found)
  await page.getByRole('heading', { level: 1, name: /expired secrets are still kept/ }).waitFor()
  const row = page.getByRole('region', { name: 'Affected' }).getByRole('listitem').first()
  const name = (await row.getByRole('paragraph').first().textContent()) ?? ''
  const open = await page.getByRole('region', { name: 'Affected' }).getByRole('listitem').count()
  await click(row.getByRole('button', { name: `Fix with the Aid: ${name}` }))
  await page.getByText('Nothing changes until you countersign it in the chat').waitFor()
  expect(await stack.writes()).toEqual([])

  const chat = await clickInto(page.getByRole('button', { name: 'Open the chat to countersign' }))
  const card = chat.locator('.ac-adaptiveCard').filter({ hasText: `Remove an expired secret from ${name}` })
  await card.getByText('Nothing changes until you countersign').waitFor()
  await click(card.getByRole('button', { name: 'Countersign', exact: true }))
  await card.getByText('Verified · receipt R-0001').waitFor()
  expect(await card.count()).toBe(1)
  const buttons = card.locator('button')
  expect(await buttons.allTextContents()).toEqual(['Open receipt R-0001'])
  expect(await stack.writes()).toMatchObject([{ method: 'POST', status: 204, effect: true }])

  const receipt = await clickInto(buttons)
  await receipt.getByRole('heading', { level: 1, name: `Remove an expired secret from ${name}` }).waitFor()
  expect(clicks).toBeLessThanOrEqual(12)
  expect(clicks).toBe(await clicksInReadme())
  const auditRow = receipt.getByRole('region', { name: 'Your tenant’s own audit row' })
  await auditRow.getByText('Found in the tenant’s own audit log').waitFor()
  expect(await auditRow.textContent()).toContain(`aid@${stack.domain}`)
  await card.getByText('Found in the tenant’s own audit log').waitFor()

  await receipt.getByRole('banner').getByRole('button', { name: 'Scan now' }).click()
  await receipt.getByRole('link', { name: 'Overview' }).click()
  const since = receipt.getByRole('region', { name: 'Since the last scan' })
  await since.getByText('receipt R-0001').waitFor()
  expect(await since.textContent()).toContain(name)
  await receipt.goto(`${stack.origin}/findings/app-secret-expired`)
  const affected = receipt.getByRole('region', { name: 'Affected' }).getByRole('listitem')
  await affected.first().waitFor()
  expect(await affected.count()).toBe(open - 1)
  expect(complaints).toEqual([])
})

// What is shown here was scanned in the walk above.
test('inside Teams: the token of the host opens the overview, no cookie is set, and Teams’ theme is followed', async () => {
  const token = await bearerFor(stack.emulator, tenant, `ada@${stack.domain}`, { resource: stack.resource })
  await context.route(`${teamsOrigin}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: teamsHostPage({ path: `${stack.origin}/overview`, token, theme: 'dark' }) }),
  )
  // Teams is on the internet and the service here on this machine, for which a browser asks.
  await context.grantPermissions(['local-network-access'], { origin: teamsOrigin })
  const page = await context.newPage()
  const calls: Request[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(`${stack.origin}/api/`)) calls.push(request)
  })
  await page.goto(`${teamsOrigin}/`)
  const tab = page.frameLocator('iframe')
  await tab.getByRole('heading', { level: 1, name: 'Contoso Demo' }).waitFor()
  await tab.getByRole('region', { name: 'Top five risks' }).getByRole('listitem').first().waitFor()
  const seen = await Promise.all(
    calls.map(async (request) => ({ path: new URL(request.url()).pathname, headers: await request.allHeaders() })),
  )
  expect(seen.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/me', '/api/overview']))
  expect(seen.filter(({ headers }) => 'cookie' in headers)).toEqual([])
  expect(seen.filter(({ path, headers }) => path !== '/api/client-settings' && headers['authorization'] !== `Bearer ${token}`)).toEqual([])
  expect((await context.cookies()).filter(({ name }) => name === sessionCookie)).toEqual([])
  await soon(async () => expect(await brightness(tab)).toBeLessThan(80))
  await page.evaluate("window.teamsHost.setTheme('default')")
  await soon(async () => expect(await brightness(tab)).toBeGreaterThan(200))
  expect(complaints).toEqual([])
})
