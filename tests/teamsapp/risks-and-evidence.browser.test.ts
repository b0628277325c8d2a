import { describe, expect, test } from '@jest/globals'
import { faultsInLooks } from './tab-browser.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab({ forgives: /409/ })

function asked(path: string): readonly unknown[] {
  return service.seen.filter((one) => one.path === path && one.method === 'POST').map(({ body }) => body)
}

describe('from a figure to what it rests on', () => {
  test.each(['/findings?view=objects&severity=high', '/changes?show=timeline'])(
    '%s fits and passes axe, light and dark, wide and narrow',
    async (path) => {
      expect(await faultsInLooks(await show(path), ['light', 'dark'], [1440, 360, 720])).toEqual([])
    },
  )

  test('a risk is proposed from its row, and what would change is shown there', async () => {
    const { page, tab } = await show('/overview')
    await tab.getByRole('button', { name: 'Fix with the Aid: A guest owns an app that can grant itself any role' }).click()
    await tab.getByText('proposal', { exact: true }).waitFor()
    await page.waitForURL((url) => url.searchParams.has('proposal'))
    expect(asked('/api/proposals')).toMatchObject([{ findingKey: expect.stringContaining('guest-owns-privileged-app:') }])
  })

  test('an Owner sets the score to reach, which is drawn and read', async () => {
    const { tab } = await show('/overview')
    await tab.getByRole('button', { name: 'Change target' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('spinbutton', { name: 'Target' }).fill('120')
    await dialog.getByText('Write a whole number from 1 to 100.').waitFor()
    await dialog.getByRole('spinbutton', { name: 'Target' }).fill('90')
    await dialog.getByRole('button', { name: 'Set target' }).click()
    await tab.getByText('18 below target').waitFor()
    await tab.getByRole('slider', { name: /target 90/ }).waitFor()
  })

  test('the evidence of an object leads to what the tenant answered; its finding is accepted there', async () => {
    const { page, tab } = await show('/findings/guest-owns-privileged-app')
    await tab.getByRole('button', { name: 'applications' }).first().click()
    await soon(async () => expect(await page.evaluate(() => document.activeElement?.id)).toBe('answer-applications'))
    await tab.getByRole('link', { name: 'A client secret for the HR connector expires in 2037' }).waitFor()
    await tab.getByRole('button', { name: 'Accept for a while: Payroll Sync' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The guest leaves in March')
    await dialog.getByRole('button', { name: 'Accept 1 finding' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(asked('/api/suppressions')).toMatchObject([
      { checkId: 'guest-owns-privileged-app', reason: 'The guest leaves in March', owner: 'Maja Lindqvist' },
    ])
  })
})
