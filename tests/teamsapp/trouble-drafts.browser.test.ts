import { describe, expect, test } from '@jest/globals'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { nearMiss } from './sample-near-miss.ts'
import { finding } from './sample-posture.ts'
import { me } from './sample-records.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

type Tab = Page | FrameLocator

interface Form {
  readonly name: string
  readonly path: string
  /** Button that opens it; left out where the form is part of its page. */
  readonly opens?: RegExp
  readonly field: (form: Locator) => Locator
  readonly typed: string
  /** What the service has to say for it to be there. */
  readonly given?: () => void
  /** Looked at every day; the others in the drill. */
  readonly isDaily?: true
}

const reason = (form: Locator): Locator => form.getByLabel('Reason')
const words = 'Half a reason, kept for later'

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
  {
    name: 'hour of scheduled scans',
    path: '/settings/scans',
    field: (form) => form.getByLabel('Hour of the day (UTC)'),
    typed: '13',
  },
  { name: 'days for auditors', path: '/receipts', field: (form) => form.getByLabel('From (UTC day)'), typed: '2026-01-05', isDaily: true },
]

async function enter(tab: Tab, form: Form): Promise<Locator> {
  if (!form.opens) return form.field(tab.getByRole('main'))
  await tab.getByRole('button', { name: form.opens }).click()
  return form.field(tab.getByRole('dialog'))
}

async function write(field: Locator, typed: string): Promise<void> {
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(typed)
  else await field.fill(typed)
}

describe('drafts', () => {
  for (const form of forms.filter(({ isDaily }) => isDaily === true || process.env['DRILL'] === '1'))
    test(`${form.name}: what was typed is there again after a reload, and gone once it is cancelled`, async () => {
      form.given?.()
      const { page, tab } = await show(form.path)
      const field = await enter(tab, form)
      const before = await field.inputValue()
      await write(field, form.typed)
      await page.reload()
      expect(await (await enter(tab, form)).inputValue()).toBe(form.typed)
      if (!form.opens) return
      await tab.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      expect(await (await enter(tab, form)).inputValue()).toBe(before)
    })
})
