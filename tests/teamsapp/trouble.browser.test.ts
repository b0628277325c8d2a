import { describe, expect, test } from '@jest/globals'
import { me } from './sample-records.ts'
import { axeViolations } from './tab-browser.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

describe('trouble', () => {
  test('a lost service: the age of what is shown, no changes, and back by itself', async () => {
    const { page, tab } = await show('/overview')
    await tab.getByText('Top five risks').waitFor()
    await page.route(/\/(api|healthz)/, (route) => route.abort())
    service.emit('scan.finished', 'x')
    const bar = tab.getByRole('alert').filter({ hasText: 'Countersign cannot be reached.' })
    await bar.waitFor()
    expect(await bar.textContent()).toMatch(/What you see was read .*Until it is back nothing can be changed/)
    expect(await tab.getByRole('alert').count()).toBe(1)
    const scan = tab.getByRole('button', { name: 'Scan now' })
    expect([await scan.getAttribute('aria-disabled'), await scan.getAttribute('title')]).toEqual([
      'true',
      'Countersign cannot be reached just now',
    ])
    expect(await tab.getByText('Top five risks').count()).toBe(1)
    const again = page.waitForResponse(/\/api\/overview$/)
    await page.unroute(/\/(api|healthz)/)
    // At once, where waiting for the next try by itself could take half a minute.
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await bar.waitFor({ state: 'detached' })
    // What is shown may be old by now.
    expect((await again).status()).toBe(200)
  })

  test('a sign-in that ended is taken up in place, and what was typed is still there', async () => {
    const { page, context, tab } = await show('/settings/exceptions')
    await tab.getByRole('button', { name: /^Declare/ }).click()
    const reason = tab.getByRole('textbox', { name: 'Reason' })
    await reason.fill('Break glass account, kept in the safe')
    service.state.signedIn = false
    service.emit('settings.changed', 'x')
    const dialog = tab.getByRole('alertdialog', { name: 'Your sign-in has ended' })
    await dialog.waitFor()
    const [window] = await Promise.all([context.waitForEvent('page'), dialog.getByRole('button', { name: 'Sign in again' }).click()])
    await window.waitForURL(/\/auth\/sign-in\?to=%2Fsigned-in/)
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
    await dialog.waitFor()
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
    const reason = tab.getByRole('textbox', { name: 'Reason' })
    const declare = tab.getByRole('button', { name: /^Declare/ })
    const reload = tab.locator('header').getByText('Reload the page')
    const type = async (words: string): Promise<void> => {
      await declare.click()
      await reason.fill(words)
      service.emit('settings.changed', 'x')
      await reload.waitFor({ state: 'attached' })
    }
    // Answers from before the route was there name no version.
    const first = page.waitForResponse((answer) => answer.headers()['x-countersign-version'] === version)
    service.emit('settings.changed', 'x')
    await (await first).finished()
    version = '1.1.0'
    // A browser that keeps nothing for pages.
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new Error('Nothing is kept here.')
      }
    })
    await type('Half a reason')
    await reload.dispatchEvent('click')
    await tab.getByText('a reload would lose it').waitFor({ state: 'attached' })
    expect(await reason.inputValue()).toBe('Half a reason')
    await tab.getByRole('button', { name: 'Cancel' }).click()
    await Promise.all([page.waitForEvent('load'), reload.click()])
    await declare.waitFor()
    version = '1.2.0'
    await type('Kept by the browser')
    await Promise.all([page.waitForEvent('load'), reload.dispatchEvent('click')])
    await declare.click()
    expect(await reason.inputValue()).toBe('Kept by the browser')
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
