import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { teamsHostAt, type TeamsHostWindow } from '../e2e/teams-host/host-page.ts'
import { builtTab } from './built-tab.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { me } from './sample-records.ts'
import { axeViolations, openTab, overflow, type OpenOptions, type OpenTab } from './tab-browser.ts'

let browser: Browser
let service: MockService
let open: OpenTab | undefined

beforeAll(async () => {
  service = await startMockService({ dist: await builtTab(), extra: teamsHostAt })
  browser = await openBrowser()
}, 180_000)
beforeEach(() => service.reset())
afterEach(async () => {
  await open?.context.close()
  open = undefined
})
afterAll(async () => {
  await browser.close()
  await service.close()
})

async function show(path: string, options?: OpenOptions): Promise<OpenTab> {
  open = await openTab(browser, service, path, options)
  return open
}

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
    await box.fill('guest')
    await page.waitForTimeout(300)
    service.state.delayMs = 0
    await box.fill('R-0042')
    await tab.getByRole('option', { name: 'Receipt R-0042' }).waitFor()
    await page.waitForTimeout(900)
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
    await first.context.close()
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
    await page.waitForTimeout(200)
    expect((await messages(shown)).some((func) => /navigateBack/.test(func))).toBe(true)
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

describe('trouble', () => {
  test('a lost service: the age of what is shown, no changes, and back by itself', async () => {
    const { page, tab } = await show('/overview')
    await tab.getByText('Top five risks').waitFor()
    await page.route(/\/(api|healthz)/, (route) => route.abort())
    service.emit('scan.finished', 'x')
    const bar = tab.getByRole('alert').filter({ hasText: 'Countersign cannot be reached.' })
    await bar.waitFor({ timeout: 10_000 })
    expect(await bar.textContent()).toMatch(/What you see was read .*Until it is back nothing can be changed/)
    expect(await tab.getByRole('alert').count()).toBe(1)
    const scan = tab.getByRole('button', { name: 'Scan now' })
    expect([await scan.getAttribute('aria-disabled'), await scan.getAttribute('title')]).toEqual([
      'true',
      'Countersign cannot be reached just now',
    ])
    expect(await tab.getByText('Top five risks').count()).toBe(1)
    await page.unroute(/\/(api|healthz)/)
    const before = service.seen.length
    await bar.waitFor({ state: 'detached', timeout: 20_000 })
    await page.waitForTimeout(500)
    expect(service.seen.slice(before).some(({ path }) => path === '/api/overview')).toBe(true)
  })

  test('a sign-in that ended is taken up in place, and what was typed is still there', async () => {
    const { page, context, tab } = await show('/settings/exceptions')
    await tab.getByRole('button', { name: /^Declare/ }).click()
    const reason = tab.getByRole('textbox', { name: 'Reason' })
    await reason.fill('Break glass account, kept in the safe')
    service.state.signedIn = false
    service.emit('settings.changed', 'x')
    const dialog = tab.getByRole('alertdialog', { name: 'Your sign-in has ended' })
    await dialog.waitFor({ timeout: 8000 })
    const [window] = await Promise.all([context.waitForEvent('page'), dialog.getByRole('button', { name: 'Sign in again' }).click()])
    expect(window.url()).toContain('/auth/sign-in?to=%2Fsigned-in')
    service.state.signedIn = true
    await Promise.all([window.waitForEvent('close'), window.goto(`${service.url}/signed-in`).catch(() => undefined)])
    await dialog.waitFor({ state: 'detached' })
    expect(await reason.inputValue()).toBe('Break glass account, kept in the safe')
    expect(page.url()).toContain('/settings/exceptions')
  })

  test('somebody else who signs in finds nothing of the one before', async () => {
    const { page, tab } = await show('/settings/exceptions')
    await tab.getByRole('button', { name: /^Declare/ }).click()
    await tab.getByRole('textbox', { name: 'Reason' }).fill('Private words')
    service.state.me = { ...me, objectId: '99999999-9999-4999-8999-999999999999', displayName: 'Eve' }
    page.on('dialog', (asked) => void asked.accept())
    await Promise.all([page.waitForEvent('load'), page.evaluate(() => new BroadcastChannel('countersign-session').postMessage('signedIn'))])
    await tab.getByRole('button', { name: /^Declare/ }).click()
    expect(await tab.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('')
  })

  test('consent that was withdrawn is named, with what it stops and where it is given again', async () => {
    const { page, tab } = await show('/overview')
    service.state.problems.set('get-overview', {
      title: 'Consent is missing',
      status: 401,
      detail: 'An administrator must grant the permissions of this application in Entra.',
      consent: 'read',
    })
    service.emit('scan.finished', 'x')
    const dialog = tab.getByRole('alertdialog', { name: 'Consent is missing' })
    await dialog.waitFor({ timeout: 8000 })
    expect(await dialog.textContent()).toMatch(/Countersign Read.*Stopped: this tab.*Goes on: the chat/)
    expect(await dialog.getByRole('link', { name: /^Grant the permission for Countersign Read/ }).getAttribute('href')).toContain(
      '/v2.0/adminconsent?',
    )
    expect(await page.title()).toContain('Countersign')
  })

  test('a new version of the service is offered, but not at the price of what is being typed', async () => {
    const { page, tab } = await show('/settings/exceptions')
    let version = '1.0.0'
    await page.route(/\/api\/(me|exceptions)$/, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'x-countersign-version': version } })
    })
    service.emit('aid.changed', 'x')
    await page.waitForTimeout(900)
    version = '1.1.0'
    await tab.getByRole('button', { name: /^Declare/ }).click()
    await tab.getByRole('textbox', { name: 'Reason' }).fill('Half a reason')
    service.emit('settings.changed', 'x')
    await tab.getByText('Countersign has been updated.').waitFor({ state: 'attached', timeout: 8000 })
    const reload = tab.locator('header').getByText('Reload the page')
    await reload.dispatchEvent('click')
    await tab.getByText('a reload would lose it').waitFor({ state: 'attached' })
    expect(await tab.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('Half a reason')
    await tab.getByRole('button', { name: 'Cancel' }).click()
    await Promise.all([page.waitForEvent('load'), reload.click()])
  })

  test('somebody without a role is told what each opens and whom to ask', async () => {
    service.state.me = { ...me, roles: [], owners: ['Maja Lindqvist', 'Tomás Ruiz'] }
    const shown = await show('/findings')
    await shown.tab.getByText('Ask Maja Lindqvist or Tomás Ruiz, who are owners here.').waitFor()
    expect(await axeViolations(shown)).toEqual([])
    service.state.me = me
    await shown.tab.getByRole('button', { name: 'Look again' }).click()
    await shown.tab.getByRole('heading', { level: 1, name: 'Findings' }).waitFor()
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
