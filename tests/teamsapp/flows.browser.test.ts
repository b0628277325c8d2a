import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { chooseIn, focused, focusOn, focusWithin, pressOn, tabTo, writeIn } from './keys.ts'
import { withTab } from './with-tab.ts'

const { service, show, sent } = await withTab({ forgives: /^$/ })

/** The page by itself: these flows are walked in a plain browser, and without a mouse. */
async function on(path: string): Promise<Page> {
  return (await show(path)).page
}

/** The dialog that a button opened, with the focus in it. */
async function opened(page: Page, name: string | RegExp) {
  const dialog = page.getByRole('dialog', { name })
  await dialog.waitFor()
  await focusWithin(dialog)
  return dialog
}

describe('findings', () => {
  test('one is found by words, opened and accepted for a while', async () => {
    const page = await on('/findings')
    await writeIn(page, page.getByRole('searchbox', { name: 'Search findings' }), 'guest owns')
    await page.waitForURL(/search=guest\+owns/)
    // One row is left below the heads; a grid is one stop for Tab, and arrows lead on.
    await page.getByRole('grid').and(page.locator('[aria-rowcount="2"]')).waitFor()
    await tabTo(page, page.locator('[role="grid"] [tabindex="0"]'))
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowDown')
    const link = page.getByRole('link', { name: 'A guest owns an app that can grant itself any role' })
    for (let steps = 0; steps < 8 && !(await link.evaluate((element) => document.activeElement?.contains(element) === true)); steps += 1)
      await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await focused(page.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }))
    const accept = page.getByRole('button', { name: 'Accept for a while: Payroll Sync' })
    await pressOn(page, accept)
    const dialog = await opened(page, 'Accept 1 finding for a while')
    await writeIn(page, dialog.getByRole('textbox', { name: 'Reason' }), 'Replaced in January')
    await pressOn(page, dialog.getByRole('button', { name: 'Accept 1 finding' }))
    await accept.waitFor({ state: 'detached' })
    await focusOn(page, /Affected/)
    expect(sent('/api/suppressions')).toMatchObject({ reason: 'Replaced in January', owner: 'Maja Lindqvist' })
  })

  test('filters are kept as a view, which is deleted again', async () => {
    const page = await on('/findings?view=objects&severity=high')
    await pressOn(page, page.getByRole('button', { name: 'Save as view' }))
    const naming = await opened(page, /./)
    await writeIn(page, naming.getByRole('textbox', { name: 'Name' }), 'High only')
    await page.keyboard.press('Enter')
    await naming.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'High only' }).waitFor()
    await focusOn(page, /Save as view/)
    await pressOn(page, page.getByRole('button', { name: 'Manage views' }))
    const managing = await opened(page, 'Saved views')
    const remove = managing.getByRole('button', { name: 'Delete the view High only' })
    await pressOn(page, remove)
    await remove.waitFor({ state: 'detached' })
    await focusOn(page)
    await page.keyboard.press('Escape')
    await managing.waitFor({ state: 'detached' })
    await focusOn(page, /Manage views/)
    await page.getByRole('link', { name: 'High only' }).waitFor({ state: 'detached' })
  })
})

describe('what stands', () => {
  test('a suppression is lifted', async () => {
    const page = await on('/settings/suppressions')
    const lift = page.getByRole('button', { name: 'Lift the suppression of Payroll Sync' })
    await pressOn(page, lift)
    const dialog = await opened(page, /^Lift/)
    await writeIn(page, dialog.getByLabel('Reason'), 'Replaced today')
    await pressOn(page, dialog.getByRole('button', { name: 'Lift the suppression' }))
    await lift.waitFor({ state: 'detached' })
    await focusOn(page, /In force/)
  })

  test('an exception is declared, and removed again', async () => {
    const page = await on('/settings/exceptions')
    const objectId = '5a7c1e90-2d3b-4f61-8a9c-6e0f1b2d3c4a'
    await pressOn(page, page.getByRole('button', { name: 'Declare an exception' }))
    const declaring = await opened(page, 'Declare an exception')
    await chooseIn(page, declaring.getByRole('combobox', { name: 'What it is' }), 'emergencyAccount')
    await writeIn(page, declaring.getByRole('textbox', { name: 'Object ID' }), objectId)
    await writeIn(page, declaring.getByRole('textbox', { name: 'Reason' }), 'Kept in the safe')
    await pressOn(page, declaring.getByRole('button', { name: 'Declare it' }))
    const remove = page.getByRole('button', { name: `Remove the exception for ${objectId}` })
    await remove.waitFor()
    await focusOn(page, /Declare an exception/)
    expect(sent('/api/exceptions')).toEqual({ kind: 'emergencyAccount', objectId, reason: 'Kept in the safe' })
    await pressOn(page, remove)
    await pressOn(page, (await opened(page, 'Remove the exception')).getByRole('button', { name: 'Remove it' }))
    await remove.waitFor({ state: 'detached' })
    // The part that the row was in: its heading, or the button that began it all when the list is drawn first.
    await focusOn(page, /Declared as wanted|Declare an exception/)
  })
})

describe('settings', () => {
  test('a rule of alerts is changed', async () => {
    const page = await on('/settings/alerts')
    await pressOn(page, page.getByRole('button', { name: 'Change Score drop' }))
    const dialog = await opened(page, /Score drop/)
    await writeIn(page, dialog.getByRole('spinbutton', { name: /^Drop/ }), '8')
    await pressOn(page, dialog.getByRole('button', { name: 'Save the rule' }))
    await page.getByText('Drop: 8 points').waitFor()
    await focusOn(page, /Change Score drop/)
    expect(sent('/api/alerts/rules/score-drop', 'PUT')).toMatchObject({ parameters: { points: 8 } })
  })

  test('a parameter gets an own value with a reason, and the baseline’s again', async () => {
    const page = await on('/settings/baselines')
    const change = page.getByRole('button', { name: 'Change “Days until a new account is used”' })
    await pressOn(page, change)
    const dialog = await opened(page, /./)
    await writeIn(page, dialog.getByLabel('Value, in days'), '60')
    await writeIn(page, dialog.getByLabel('Reason'), 'People start once a quarter')
    await pressOn(page, dialog.getByRole('button', { name: 'Set the value' }))
    const withdraw = page.getByRole('button', { name: 'Withdraw the own value of “Days until a new account is used”' })
    await withdraw.waitFor()
    await focusOn(page, /Days until a new account is used/)
    await pressOn(page, withdraw)
    const leaving = await opened(page, /./)
    await writeIn(page, leaving.getByLabel('Reason'), 'They start each week now')
    await pressOn(page, leaving.getByRole('button', { name: 'Withdraw it' }))
    await withdraw.waitFor({ state: 'detached' })
    await focusOn(page)
    expect(sent('/api/baselines/parameters/newAccountDays/withdraw')).toEqual({ reason: 'They start each week now' })
  })

  test('members are narrowed to a role, and the way to change it is reached', async () => {
    const page = await on('/settings/members')
    const table = page.getByRole('table', { name: 'Members' })
    await table.getByRole('rowheader').first().waitFor()
    const all = await table.getByRole('rowheader').count()
    const role = page.getByRole('combobox', { name: 'Role' })
    await chooseIn(page, role, 'reviewer')
    await page.waitForURL(/role=reviewer/)
    await table
      .getByRole('rowheader')
      .nth(all - 1)
      .waitFor({ state: 'detached' })
    await focused(role)
    await tabTo(page, page.getByRole('link', { name: 'Change roles in Entra' }))
    await focusOn(page)
  })
})

test('two scans are compared, and the choice keeps the focus', async () => {
  const page = await on('/changes')
  const from = page.getByRole('combobox', { name: 'From' })
  await tabTo(page, from)
  await page.keyboard.press('ArrowUp')
  await page.waitForURL(/from=/)
  await page.locator('main:not([aria-busy])').getByRole('combobox', { name: 'From' }).waitFor()
  expect(service.seen.some(({ path }) => path === '/api/changes')).toBe(true)
  await focused(from)
})
