import { describe, expect, test } from '@jest/globals'
import { type TeamsHostWindow } from '../e2e/teams-host/host-page.ts'
import { axeViolations, overflow, type OpenTab } from './tab-browser.ts'
import { until } from './until.ts'
import { withTab } from './with-tab.ts'

const { browser, service, show } = await withTab()

/** Messages that the tab has sent to the page that plays Teams. */
async function messages({ page }: OpenTab): Promise<string[]> {
  return page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.messages.map(({ func }) => func))
}

describe('the command box', () => {
  test('is opened, read and used with the keyboard alone, and gives the focus back', async () => {
    const shown = await show('/overview')
    const { page, tab } = shown
    await page.keyboard.press('Control+k')
    const box = tab.getByRole('combobox', { name: 'Go to or do' })
    await box.waitFor()
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await axeViolations(shown)).toEqual([])
    await page.keyboard.type('app-14')
    await tab.getByRole('option', { name: /^A guest owns an app/ }).waitFor()
    expect(
      await tab
        .getByRole('status')
        .filter({ hasText: /^\d+ results?$/ })
        .count(),
    ).toBe(1)
    const active = async (): Promise<string | null> =>
      tab.locator(`#${(await box.getAttribute('aria-activedescendant')) ?? 'none'}`).textContent()
    expect(await active()).toContain('A guest owns an app')
    await page.keyboard.press('ArrowDown')
    expect(await active()).toContain('MS.AAD.5.1v1')
    expect(await tab.locator('[role="option"][aria-selected="true"]').count()).toBe(1)
    await page.keyboard.press('Enter')
    await tab.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }).waitFor()
    await page.keyboard.press('Meta+k')
    await box.waitFor()
    expect(await tab.getByRole('option').first().textContent()).toContain('MS.AAD.5.1v1')
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe('[{},{}]')
  })

  test('an answer to words that have changed since is dropped', async () => {
    const { page, tab } = await show('/overview')
    await page.keyboard.press('Control+k')
    const box = tab.getByRole('combobox')
    service.state.delayMs = 900
    const late = Promise.race([page.waitForResponse(/guest/), page.waitForEvent('requestfailed')])
    await box.fill('guest')
    await until(() => service.seen.some(({ path }) => path === '/api/search'))
    service.state.delayMs = 0
    await box.fill('R-0042')
    await tab.getByRole('option', { name: 'Receipt R-0042' }).waitFor()
    await late
    expect((await tab.getByRole('option').allTextContents()).filter((name) => name.includes('guest'))).toEqual([])
  })

  test('words for the Aid open the chat with them; nothing is sent', async () => {
    const { page, tab } = await show('/overview', { inTeams: true })
    await tab.getByRole('button', { name: /^Go to or do/ }).click()
    await tab.getByRole('combobox').fill('ask the Aid: stale guests')
    await tab.getByRole('option', { name: /^Ask the Aid/ }).click()
    const opened = await page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.opened)
    expect(new URL(opened[0] ?? '').searchParams.get('message')).toBe('stale guests')
    expect(service.seen.some(({ method }) => method !== 'GET')).toBe(false)
  })

  test('says when only a part could be searched', async () => {
    service.state.problems.set('search', { title: 'Not allowed', status: 403, detail: 'No.' })
    const { page, tab } = await show('/overview')
    await page.keyboard.press('Control+k')
    await tab.getByRole('combobox').fill('trust')
    await tab.getByText('Only pages and settings were searched. Not allowed.').waitFor()
    expect(await tab.getByRole('option', { name: 'Trust Center' }).count()).toBe(1)
  })
})

describe('addresses', () => {
  test('a link to the page is the address in a browser and a deep link in Teams', async () => {
    const first = await show('/findings?q=guest')
    await first.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await first.tab.getByRole('button', { name: 'Copy a link to this page' }).click()
    await first.tab.getByRole('status').filter({ hasText: 'Link copied' }).waitFor()
    expect(await first.page.evaluate(() => navigator.clipboard.readText())).toBe(`${service.url}/findings?q=guest`)
    const second = await show('/findings?q=guest', { inTeams: true })
    await second.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await second.tab.getByRole('button', { name: 'Copy a link to this page' }).click()
    await second.tab.getByRole('status').filter({ hasText: 'Link copied' }).waitFor()
    const link = new URL(await second.page.evaluate(() => navigator.clipboard.readText()))
    expect(`${link.origin}${link.pathname}`).toBe('https://teams.microsoft.com/l/entity/c0ffee00-1111-4222-8333-444455556666/home')
    expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: '/findings?q=guest' })
  })

  test('a deep link with a query opens just that', async () => {
    const { page, tab } = await show('/overview', { inTeams: true, subPageId: '/findings?q=payroll&order=-adds' })
    await tab.getByRole('heading', { level: 1, name: 'Findings' }).waitFor()
    expect(page.frames()[1]?.url()).toBe(`${service.url}/findings?q=payroll&order=-adds`)
  })

  test("the host's way back goes through our pages and then leaves", async () => {
    const shown = await show('/overview', { inTeams: true })
    const { page, tab } = shown
    await tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Findings' }).click()
    await tab.getByRole('heading', { level: 1, name: 'Findings' }).waitFor()
    await page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.pressBack())
    await tab.getByText('Top five risks').waitFor()
    expect(await messages(shown)).not.toContain('navigateBack')
    await page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.pressBack())
    await until(async () => (await messages(shown)).some((func) => /navigateBack/.test(func)))
  })

  test('who comes back to a page stands where they stood', async () => {
    const { page, tab } = await show('/overview')
    await page.evaluate(() => window.scrollTo(0, 300))
    await page.waitForTimeout(100)
    await tab.getByRole('link', { name: 'A guest owns an app that can grant itself any role' }).first().click()
    await tab.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }).waitFor()
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    await page.goBack()
    await page.waitForFunction(() => Math.abs(window.scrollY - 300) < 2)
  })
})

describe('the host', () => {
  test('is told once that the page is there', async () => {
    const shown = await show('/overview', { inTeams: true })
    await shown.tab.getByText('Top five risks').waitFor()
    const told = (await messages(shown)).filter((func) => func.startsWith('appInitialization.'))
    expect(told).toEqual(['appInitialization.appLoaded', 'appInitialization.success'])
  })

  test('is told of missing consent as of something expected, so that our question stays in sight', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.route(/^https:/, (route) => route.fulfill({ json: { validOrigins: [] }, headers: { 'access-control-allow-origin': '*' } }))
    await page.goto(`${service.url}/__teams-host?path=/overview`)
    await page.frameLocator('iframe').getByRole('button', { name: 'Read and consent' }).waitFor()
    const told = await page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.messages.map(({ func }) => func))
    expect(told.filter((func) => func.startsWith('appInitialization.'))).toEqual([
      'appInitialization.appLoaded',
      'appInitialization.expectedFailure',
    ])
    await context.close()
  })

  test('is told when the service cannot be reached', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.route(/^https:/, (route) => route.fulfill({ json: { validOrigins: [] }, headers: { 'access-control-allow-origin': '*' } }))
    await page.route(/\/(api|healthz)/, (route) => route.abort())
    await page.goto(`${service.url}/__teams-host?path=/overview&token=t`)
    await page.frameLocator('iframe').getByText('Countersign cannot be reached.').first().waitFor()
    const told = await page.evaluate(() =>
      (window as unknown as { teamsHost: { messages: { func: string; args?: unknown[] }[] } }).teamsHost.messages.filter(({ func }) =>
        func.startsWith('appInitialization.'),
      ),
    )
    expect(told.map(({ func, args }) => [func, args?.[0]])).toContainEqual(['appInitialization.failure', 'Timeout'])
    await context.close()
  })
})

test.each([1440, 1100, 960, 720, 360])('the header fits %i pixels, every page is reached, and nothing is cut', async (width) => {
  const shown = await show('/overview', { width })
  const { tab } = shown
  expect(await overflow(shown)).toBe(0)
  const cut = await tab.locator('header').evaluate((header) =>
    [...header.querySelectorAll('a, button')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
      .map((element) => element.textContent),
  )
  expect(cut).toEqual([])
  if (width < 940) await tab.getByRole('button', { name: /^Pages, now/ }).click()
  else if ((await tab.getByRole('button', { name: /^More pages/ }).count()) > 0)
    await tab.getByRole('button', { name: /^More pages/ }).click()
  await tab.locator('header').getByRole('link', { name: 'Settings' }).click()
  await shown.page.waitForURL(/\/settings/)
})
