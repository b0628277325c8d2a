import { describe, expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright-core'
import { axeViolations, overflow } from './tab-browser.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show: showWith } = await withTab()

function sent(method: string): unknown[] {
  return service.seen.filter((one) => one.method === method).map(({ path, body }) => [path, body])
}

async function textOf(download: Download): Promise<string> {
  return readFile((await download.path()) ?? '', 'utf8')
}

describe('Baselines', () => {
  async function show() {
    const open = await showWith('/settings/baselines')
    await open.tab.getByRole('heading', { name: 'Parameters' }).waitFor()
    return open
  }

  test('a parameter is set with a reason; what was typed stays when the service refuses', async () => {
    const { tab, complaints } = await show()
    const row = tab.locator('tr', { hasText: 'Days until a new account is used' })
    await row.getByRole('button', { name: /^Change/ }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByLabel('Value, in days').fill('500')
    await dialog.getByText('It takes 1 to 90 days.').waitFor()
    await dialog.getByLabel('Reason').fill('People start once a quarter')
    expect(await dialog.getByRole('button', { name: 'Set the value' }).getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Value, in days').fill('90')
    service.state.refuseBaseline = { title: 'Values contradict each other', detail: 'Change the other value first.' }
    await dialog.getByRole('button', { name: 'Set the value' }).click()
    await dialog.getByText(/Change the other value first/).waitFor()
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('People start once a quarter')
    expect(await dialog.getByLabel('Value, in days').inputValue()).toBe('90')
    await dialog.getByRole('button', { name: 'Set the value' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row.getByText('Asks for less than the baseline').waitFor()
    expect(await row.innerText()).toMatch(/90 days[^]*30 days/)
    expect(sent('PUT').at(-1)).toEqual(['/api/baselines/parameters/newAccountDays', { value: 90, reason: 'People start once a quarter' }])
    expect(complaints.filter((line) => !line.includes('409'))).toEqual([])
  })

  test('an own value is withdrawn, and the baseline’s counts again', async () => {
    const { tab } = await show()
    const row = tab.locator('tr', { hasText: 'Days until an account is left behind' })
    expect(await row.innerText()).toMatch(/Auditors come twice a year[^]*180 days[^]*90 days/)
    await row.getByRole('button', { name: /^Withdraw/ }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByText(/goes back from 180 days to the baseline’s 90 days/).waitFor()
    await dialog.getByLabel('Reason').fill('Audits are over ')
    await dialog.getByRole('button', { name: 'Withdraw it' }).click()
    await row.getByText('Auditors come twice a year').waitFor({ state: 'detached' })
    expect(sent('POST').at(-1)).toEqual(['/api/baselines/parameters/inactiveDays/withdraw', { reason: 'Audits are over' }])
  })

  test('choices and yes or no are set too', async () => {
    const { tab } = await show()
    await tab.locator('tr', { hasText: 'Sign-in risk that must be stopped' }).locator('button:visible').click()
    await tab.getByRole('checkbox', { name: 'Medium' }).check()
    await tab.getByRole('dialog').getByLabel('Reason').fill('As our insurer asks')
    await tab.getByRole('button', { name: 'Set the value' }).click()
    await tab.getByRole('dialog').waitFor({ state: 'detached' })
    await tab.locator('tr', { hasText: 'One policy must cover all' }).locator('button:visible').click()
    await tab.getByRole('dialog').getByLabel('Value').selectOption('no')
    await tab.getByRole('dialog').getByLabel('Reason').fill('Three policies share it')
    await tab.getByRole('button', { name: 'Set the value' }).click()
    await tab.getByRole('dialog').waitFor({ state: 'detached' })
    expect(sent('PUT').map((one) => (one as [string, { value: unknown }])[1].value)).toEqual([['high', 'medium'], false])
  })

  test('a baseline is chosen with a reason, and says what it asks for differently', async () => {
    const { tab } = await show()
    await tab.getByRole('button', { name: 'Choose another baseline' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByLabel('Baseline').selectOption('cis')
    await dialog.getByText('Most Global Administrators: 4 people instead of 8 people').waitFor()
    await dialog.getByLabel('Reason').fill('Our auditor reads CIS')
    await dialog.getByRole('button', { name: 'Choose the baseline' }).click()
    await tab.locator('h2', { hasText: /^CIS Microsoft 365/ }).waitFor()
    expect(sent('PUT')).toEqual([['/api/baselines/chosen', { baseline: 'cis', reason: 'Our auditor reads CIS' }]])
  })

  test('policies are searched, narrowed and downloaded; parameters too', async () => {
    const { tab, page } = await show()
    const policies = tab.getByRole('table', { name: /^Policies of/ })
    await policies.getByRole('rowheader').first().waitFor()
    const all = await policies.getByRole('row').count()
    await tab.getByLabel('Verdict').selectOption('notMet')
    await policies
      .getByRole('row')
      .nth(all - 1)
      .waitFor({ state: 'detached' })
    await tab.getByRole('searchbox', { name: 'Search policies' }).fill('MS.AAD.7')
    await page.waitForURL((url) => url.searchParams.get('policy') === 'MS.AAD.7')
    await policies.getByRole('rowheader', { name: 'MS.AAD.7.4v1', exact: true }).waitFor()
    const tools = tab.getByRole('search', { name: 'Search policies' })
    const [download] = await Promise.all([page.waitForEvent('download'), tools.getByRole('button', { name: 'Download as CSV' }).click()])
    expect(download.suggestedFilename()).toBe('countersign-policies-scuba.csv')
    expect(await textOf(download)).toContain('MS.AAD.7.4v1,Not met,')
    await tab.getByLabel('Values').selectOption('own')
    const parameters = tab.getByRole('table', { name: 'Parameters' }).getByRole('row')
    await parameters.nth(3).waitFor({ state: 'detached' })
    await soon(async () => expect(await parameters.count()).toBe(3))
    await tab.getByRole('searchbox', { name: 'Search policies' }).fill('nothing like it')
    await tab.getByText('No policy fits what you search for.').waitFor()
  })

  test('whoever may not change it sees no button that would', async () => {
    service.state.mayDeclare = false
    const { tab } = await show()
    await tab.getByText('Choosing a baseline and changing parameters needs the role Owner.').waitFor()
    expect(await tab.getByRole('button', { name: /^(Change|Withdraw|Choose)/ }).count()).toBe(0)
  })
})

describe('Suppressions', () => {
  async function show(query = '') {
    const open = await showWith(`/settings/suppressions${query}`)
    await open.tab.getByRole('heading', { name: /^(In force|Lifted or expired)$/, level: 2 }).waitFor()
    return open
  }

  test('one is lifted with a reason', async () => {
    const { tab, complaints } = await show()
    const list = tab.locator('ul[aria-label=Suppressions]')
    expect(await list.getByRole('listitem').first().innerText()).toMatch(
      /Payroll Sync[^]*Jonas Berg answers for it[^]*Covers 1 finding · The check still fails/,
    )
    await list.getByRole('button', { name: 'Lift the suppression of Payroll Sync' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Replaced today')
    await dialog.getByRole('button', { name: 'Lift the suppression' }).click()
    await list.getByText('Payroll Sync').waitFor({ state: 'detached' })
    expect(sent('POST').at(-1)).toEqual([expect.stringMatching(/^\/api\/suppressions\/.*\/lift$/), { reason: 'Replaced today' }])
    await tab.getByLabel('State').selectOption('ended')
    await tab.getByText(/Lifted by Ada Lovelace.*Replaced today/).waitFor()
    expect(complaints).toEqual([])
  })

  test('ended ones are searched and downloaded', async () => {
    const { tab, page } = await show('?state=ended')
    await tab.getByText('Scanner of the front desk').waitFor()
    await tab.getByRole('searchbox', { name: 'Search suppressions' }).fill('mailer')
    await tab.getByText('Scanner of the front desk').waitFor({ state: 'detached' })
    const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
    const text = await textOf(download)
    expect(text.trim().split('\r\n')).toHaveLength(2)
    expect(text).toContain('Mailer')
  })

  test('an owner chooses how they count, and sees both figures', async () => {
    const { tab } = await show()
    expect(await tab.getByRole('radio', { name: 'They count as open: 61' }).isChecked()).toBe(true)
    await tab.getByRole('radio', { name: 'They are left out: 67' }).check()
    await soon(() => expect(sent('PUT')).toEqual([['/api/suppressions/counting', { inScore: 'leftOut' }]]))
    await soon(async () => expect(await tab.getByRole('radio', { name: 'They are left out: 67' }).isChecked()).toBe(true))
    await soon(async () => expect(await tab.locator('input[type=radio]:disabled').count()).toBe(0))
  })
})

test.each(['/settings/baselines', '/settings/suppressions'])(
  '%s has no fault that axe finds, and nothing runs over at 360',
  async (path) => {
    const open = await showWith(path, { width: 360 })
    await open.tab.getByRole('search').first().waitFor()
    expect(await axeViolations(open)).toEqual([])
    expect(await overflow(open)).toBe(0)
  },
)
