import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type TeamsHostWindow } from '../e2e/teams-host/host-page.ts'
import { axeViolations, overflow, type OpenTab } from './tab-browser.ts'
import { focused } from './keys.ts'
import { soon, until } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

/** Messages that the tab has sent to the page that plays Teams. */
async function messages({ page }: OpenTab): Promise<string[]> {
  return page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.messages.map(({ func }) => func))
}

/** What the host was told of the start, with the reason where it failed. */
async function toldHost(page: Page): Promise<readonly unknown[][]> {
  const all = await page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.messages as { func: string; args?: unknown[] }[])
  return all
    .filter(({ func }) => func.startsWith('appInitialization.'))
    .map(({ func, args }) => (func.endsWith('failure') ? [func, args?.[0]] : [func]))
}

describe('the command box', () => {
  test('is opened, read and used with the keyboard alone, and gives the focus back', async () => {
    const shown = await show('/overview')
    const { page, tab } = shown
    await page.keyboard.press('Control+k')
    const box = tab.getByRole('combobox', { name: 'Go to or do' })
    await focused(box)
    expect(await axeViolations(shown)).toEqual([])
    await page.keyboard.type('app-14')
    await tab.getByRole('option', { name: /^A guest owns an app/ }).waitFor()
    await tab
      .getByRole('status')
      .filter({ hasText: /^\d+ results?$/ })
      .waitFor({ state: 'attached' })
    const active = async (): Promise<string | null> =>
      tab.locator(`#${(await box.getAttribute('aria-activedescendant')) ?? 'none'}`).textContent()
    await soon(async () => expect(await active()).toContain('A guest owns an app'))
    await page.keyboard.press('ArrowDown')
    await soon(async () => expect(await active()).toContain('MS.AAD.5.1v1'))
    expect(await tab.locator('[role="option"][aria-selected="true"]').count()).toBe(1)
    await page.keyboard.press('Enter')
    await focused(tab.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }))
    await page.keyboard.press('Meta+k')
    await focused(box)
    await soon(async () => expect(await tab.getByRole('option').first().textContent()).toContain('MS.AAD.5.1v1'))
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
    const opened = (): Promise<string[]> => page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.opened)
    await until(async () => (await opened()).length > 0)
    expect(new URL((await opened())[0] ?? '').searchParams.get('message')).toBe('stale guests')
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

/** Presses the button that copies a link, and answers what is on the clipboard once it was said that it is there. */
async function copied({ context, page, tab }: OpenTab): Promise<string> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // What is said goes again after a moment: it is noted in the page.
  await tab.locator('body').evaluate((body) => {
    const note = (): void => {
      if (body.textContent?.includes('Link copied') === true) body.setAttribute('data-heard', '')
    }
    new MutationObserver(note).observe(body, { childList: true, subtree: true, characterData: true })
  })
  await tab.getByRole('button', { name: 'Copy a link to this page' }).click()
  await tab.locator('body[data-heard]').waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}

describe('addresses', () => {
  test('a link to the page is the address in a browser and a deep link in Teams', async () => {
    const first = await show('/findings?q=guest')
    expect(await copied(first)).toBe(`${service.url}/findings?q=guest`)
    const link = new URL(await copied(await show('/findings?q=guest', { inTeams: true })))
    expect(`${link.origin}${link.pathname}`).toBe('https://teams.microsoft.com/l/entity/c0ffee00-1111-4222-8333-444455556666/home')
    expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: '/findings?q=guest' })
  })

  test('a deep link with a query opens just that', async () => {
    const { page, tab } = await show('/overview', { inTeams: true, subPageId: '/findings?q=payroll&order=-adds' })
    await tab.getByRole('heading', { level: 1, name: 'Findings' }).waitFor()
    await until(() => page.frames()[1]?.url() === `${service.url}/findings?q=payroll&order=-adds`)
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
    // The place is noted when the browser tells of it, a frame later.
    await page.evaluate(async () => {
      const told = new Promise((resolve) => window.addEventListener('scroll', resolve, { once: true }))
      window.scrollTo(0, 300)
      await told
    })
    await tab.getByRole('link', { name: 'A guest owns an app that can grant itself any role' }).first().click()
    await tab.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }).waitFor()
    await page.waitForFunction(() => window.scrollY === 0)
    await page.goBack()
    await page.waitForFunction(() => Math.abs(window.scrollY - 300) < 2)
  })
})

describe('the host', () => {
  test('is told once that the page is there', async () => {
    const shown = await show('/overview', { inTeams: true })
    await shown.tab.getByText('Top five risks').waitFor()
    await soon(async () => expect(await toldHost(shown.page)).toEqual([['appInitialization.appLoaded'], ['appInitialization.success']]))
  })

  test('is told of missing consent as of something expected, so that our question stays in sight', async () => {
    const { page, tab } = await show('/overview', { inTeams: true })
    await page.goto(`${service.url}/__teams-host?path=/overview`)
    await tab.getByRole('button', { name: 'Read and consent' }).waitFor()
    await soon(async () => expect(await toldHost(page)).toEqual([['appInitialization.appLoaded'], ['appInitialization.expectedFailure']]))
  })

  test('is told when the service cannot be reached', async () => {
    const { page, tab } = await show('/overview', { inTeams: true })
    await page.route(/\/(api|healthz)/, (route) => route.abort())
    await page.goto(`${service.url}/__teams-host?path=/overview&token=t`)
    await tab.getByText('Countersign cannot be reached.').first().waitFor()
    await soon(async () => expect(await toldHost(page)).toContainEqual(['appInitialization.failure', 'Timeout']))
  })
})

test.each([1440, 1100, 960, 720, 360])('the header fits %i pixels, every page is reached, and nothing is cut', async (width) => {
  const shown = await show('/overview', { width })
  const { tab } = shown
  expect(await overflow(shown)).toBe(0)
  const cut = (): Promise<(string | null)[]> =>
    tab.locator('header').evaluate((header) =>
      [...header.querySelectorAll('a, button')]
        .filter((element) => element.getClientRects().length > 0)
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
        .map((element) => element.textContent),
    )
  await soon(async () => expect(await cut()).toEqual([]))
  if (width < 940) await tab.getByRole('button', { name: /^Pages, now/ }).click()
  else if ((await tab.getByRole('button', { name: /^More pages/ }).count()) > 0)
    await tab.getByRole('button', { name: /^More pages/ }).click()
  await tab.locator('header').getByRole('link', { name: 'Settings' }).click()
  await shown.page.waitForURL(/\/settings/)
})
