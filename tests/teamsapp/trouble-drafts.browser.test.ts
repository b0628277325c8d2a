import { describe, expect, test } from '@jest/globals'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { unclear } from './sample-actions.ts'
import { nearMiss } from './sample-near-miss.ts'
import { finding } from './sample-findings.ts'
import { me } from './sample-records.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show, sent } = await withTab()
const isDrill = process.env['DRILL'] === '1'

type Tab = Page | FrameLocator

interface Form {
  readonly name: string
  readonly path: string
  /** Button that opens it; left out where the form is part of its page. */
  readonly opens?: RegExp
  /** Ticked before. */
  readonly chooses?: RegExp
  readonly field: (form: Locator) => Locator
  /** For a radio button: 'chosen'. */
  readonly typed: string
  /** What the service has to say for it to be there. */
  readonly given?: () => void
  /** Looked at every day; the others in the drill. */
  readonly isDaily?: true
}

const reason = (form: Locator): Locator => form.getByLabel('Reason')
const words = 'Half a reason, kept for later'
const lockedOut = 'breakglass@fabrikamnordic.example'

/** Every form of the tab in which something can be typed or chosen. */
const forms: readonly Form[] = [
  { name: 'target', path: '/overview', opens: /^(Set|Change) target$/, field: (form) => form.getByLabel('Target'), typed: '93' },
  { name: 'exception', path: '/settings/exceptions', opens: /^Declare an exception$/, field: reason, typed: words },
  {
    name: 'suppression of one finding',
    path: '/findings/guest-owns-privileged-app',
    opens: /^Accept for a while: Payroll Sync$/,
    field: reason,
    typed: words,
    isDaily: true,
  },
  {
    name: 'suppression of a check',
    path: '/findings/guest-owns-privileged-app',
    opens: /^Accept for a while$/,
    field: reason,
    typed: words,
  },
  {
    name: 'view',
    path: '/findings?view=objects&severity=high',
    opens: /^Save as view$/,
    field: (form) => form.getByRole('textbox', { name: 'Name' }),
    typed: 'Half a name',
  },
  {
    name: 'names of views',
    path: '/findings?view=objects',
    opens: /^Manage views$/,
    field: (form) => form.getByRole('textbox', { name: 'Name of the view Critical and high' }),
    typed: 'Another name',
  },
  {
    name: 'emergency access',
    path: '/findings/second-factor-for-everybody',
    given: () => (service.state.finding = { ...finding, nearMiss }),
    opens: /^Declare as emergency access$/,
    field: reason,
    typed: words,
  },
  {
    name: 'the Aid',
    path: '/settings/aid',
    given: () => (service.state.me = { ...me, aid: { state: 'notConnected', userPrincipalName: null, detail: null } }),
    field: (form) => form.getByLabel('Object ID of the Aid’s user'),
    typed: '3f1d9c20',
  },
  { name: 'my messages', path: '/settings/alerts', field: (form) => form.getByLabel('Quiet from'), typed: '21' },
  { name: 'baseline', path: '/settings/baselines', opens: /^Choose another baseline$/, field: reason, typed: words },
  {
    name: 'parameter',
    path: '/settings/baselines',
    opens: /^Change “Days until a new account/,
    field: reason,
    typed: words,
    isDaily: true,
  },
  {
    name: 'lifting of a suppression',
    path: '/settings/suppressions',
    opens: /^Lift the suppression of Payroll Sync$/,
    field: reason,
    typed: words,
  },
  {
    name: 'alert rule',
    path: '/settings/alerts',
    opens: /^Change Score drop$/,
    field: (form) => form.getByRole('spinbutton', { name: /^Drop/ }),
    typed: '17',
  },
  { name: 'settling', path: '/actions/waiting', opens: new RegExp(`^Settle it: ${unclear.preview.title}$`), field: reason, typed: words },
  {
    name: 'proposing several',
    path: '/findings?view=objects&search=GU-04&fixable=yes',
    chooses: /^Select the \d+ findings/,
    opens: /^Propose the fix$/,
    field: (form) => form.getByRole('radio', { name: 'One proposal for each object' }),
    typed: 'chosen',
  },
  {
    name: 'lock-out',
    path: '/findings/guest-owns-privileged-app',
    given: () => (service.state.locksOut = [lockedOut]),
    opens: /^Fix with the Aid: Payroll Sync$/,
    field: (form) => form.getByLabel(`Write ${lockedOut}`),
    typed: 'breakglass@',
  },
  {
    name: 'withdrawal of an own value',
    path: '/settings/baselines',
    opens: /^Withdraw the own value of “/,
    field: reason,
    typed: words,
  },
  {
    name: 'hour of scheduled scans',
    path: '/settings/scans',
    field: (form) => form.getByLabel('Hour of the day (UTC)'),
    typed: '13',
  },
  { name: 'days for auditors', path: '/receipts', field: (form) => form.getByLabel('From (UTC day)'), typed: '2026-01-05', isDaily: true },
]

async function enter(tab: Tab, form: Form): Promise<Locator> {
  if (form.chooses) await tab.getByRole('checkbox', { name: form.chooses }).check()
  if (!form.opens) return form.field(tab.getByRole('main'))
  // Some stand twice on their page, with the same form behind them.
  await tab.getByRole('button', { name: form.opens }).first().click()
  return form.field(tab.getByRole('dialog'))
}

async function write(field: Locator, typed: string): Promise<void> {
  if (typed === 'chosen') await field.check()
  else if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(typed)
  else await field.fill(typed)
}

async function writtenIn(field: Locator): Promise<string> {
  if ((await field.getAttribute('type')) === 'radio') return (await field.isChecked()) ? 'chosen' : ''
  return field.inputValue()
}

/** The sign-in has ended, is told so, and is taken up in another window. */
async function signInAgain(page: Page, tab: Tab): Promise<void> {
  const ended = tab.getByRole('alertdialog', { name: 'Your sign-in has ended' })
  await ended.waitFor()
  service.state.signedIn = true
  await page.evaluate(() => new BroadcastChannel('countersign-session').postMessage('signedIn'))
  await ended.waitFor({ state: 'detached' })
}

describe('drafts', () => {
  for (const form of forms.filter(({ isDaily }) => isDaily === true || isDrill))
    test(`${form.name}: what was typed is there after a new sign-in and after a reload, and gone once it is cancelled`, async () => {
      form.given?.()
      const { page, tab } = await show(form.path)
      const field = await enter(tab, form)
      const before = await writtenIn(field)
      await write(field, form.typed)
      if (isDrill) {
        service.state.signedIn = false
        service.emit('settings.changed', 'x')
        await signInAgain(page, tab)
        expect(await writtenIn(field)).toBe(form.typed)
      }
      await page.reload()
      const again = await enter(tab, form)
      await soon(async () => expect(await writtenIn(again)).toBe(form.typed))
      if (!form.opens) return
      await tab.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await tab.getByRole('dialog').waitFor({ state: 'detached' })
      const anew = await enter(tab, form)
      await soon(async () => expect(await writtenIn(anew)).toBe(before))
    })

  test('a sign-in that ends just as a lock-out is proposed leaves the name that was written', async () => {
    service.state.locksOut = [lockedOut]
    const { page, tab } = await show('/findings/guest-owns-privileged-app')
    await tab
      .getByRole('button', { name: /^Fix with the Aid: Payroll Sync$/ })
      .first()
      .click()
    const dialog = tab.getByRole('dialog', { name: 'This locks somebody or something out' })
    const field = dialog.getByLabel(`Write ${lockedOut}`)
    await field.fill(lockedOut)
    service.state.signedIn = false
    await dialog.getByRole('button', { name: 'Propose it all the same' }).click()
    await signInAgain(page, tab)
    expect(await field.inputValue()).toBe(lockedOut)
    await dialog.getByRole('button', { name: 'Propose it all the same' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(sent('/api/proposals')).toMatchObject({ named: [lockedOut] })
  })
})
