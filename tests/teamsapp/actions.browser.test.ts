import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { actionList, manyProposals, stopped, unclear } from './sample-actions.ts'
import { me } from './sample-records.ts'
import { faultsInLooks, type Look } from './tab-browser.ts'
import { soon, until } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

function bodyOf(path: string): unknown {
  return service.seen.find((request) => request.method === 'POST' && request.path === path)?.body
}

// Loaded once in a plain browser and once in Teams; each state is turned to the other looks and widths.
test.each([
  { where: 'a browser', first: 'light', shown: ['light', 'dark'] },
  { where: 'Teams', first: 'contrast', shown: ['contrast'] },
] as const)('in $where, $shown, 1440 and 360 wide: each tab, an action and a dialog fit and pass axe', async ({ first, shown }) => {
  const opened = await show('/actions/waiting', { look: first })
  const { tab } = opened
  const holds = async (what: string, looks: readonly Look[] = shown): Promise<void> =>
    expect({ what, faults: await faultsInLooks(opened, looks, [360, 1440]) }).toEqual({ what, faults: [] })
  await tab.getByRole('group', { name: 'Read now' }).waitFor()
  await holds('waiting')
  await tab.getByRole('tab', { name: 'History' }).click()
  await tab.getByRole('heading', { name: 'History' }).waitFor()
  // What these two are drawn with is on the others, too: one scheme shows whether they hold together.
  if (first === 'light') await holds('history', ['light'])
  await tab.getByRole('tab', { name: 'Catalogue' }).click()
  // Six rows show what twenty-nine do, in a fifth of axe's time.
  await tab.getByRole('combobox', { name: 'Switched on or off' }).selectOption('on')
  await holds('catalogue')
  await tab.getByRole('link', { name: 'Switch a report-only policy on' }).click()
  await tab.getByText('It cannot be carried out yet.').waitFor()
  if (first === 'light') await holds('action', ['light'])
  await tab.getByRole('button', { name: 'Switch it off' }).click()
  await tab.getByRole('dialog').waitFor()
  await holds('dialog')
  expect(opened.complaints).toEqual([])
})

describe('the catalogue', () => {
  test('an owner switches an action on with the keyboard, knowing what the Aid then needs', async () => {
    const { page, tab } = await show('/actions?search=delete+guest')
    const control = tab.getByRole('switch', { name: 'Delete a guest: switched off' })
    await control.focus()
    await page.keyboard.press('Space')
    const dialog = tab.getByRole('dialog', { name: 'Switch on: Delete a guest' })
    await dialog.getByText('User.DeleteRestore.All').waitFor()
    await dialog.getByText('directory role User Administrator').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(bodyOf('/api/actions/delete-guest/switch')).toBeUndefined()
    await control.press('Space')
    await dialog.getByRole('button', { name: 'Switch it on' }).click()
    await tab.getByRole('switch', { name: 'Delete a guest: switched on' }).waitFor()
    expect(bodyOf('/api/actions/delete-guest/switch')).toEqual({ enabled: true })
    service.state.actions = { ...service.state.actions, actions: service.state.actions.actions.filter(({ id }) => id !== 'delete-guest') }
    service.emit('action.changed', 'delete-guest')
    await tab.getByText('No action fits the search and what was chosen.').waitFor()
  })

  test('a reviewer sees words in place of switches; a viewer is told which roles see it', async () => {
    service.state.me = { ...me, roles: ['reviewer'], may: { ...me.may, propose: false, scan: false, manageAid: false } }
    service.state.actions = { ...actionList, maySwitch: false }
    const { page, tab } = await show('/actions')
    await tab.getByRole('table').waitFor()
    expect(await tab.getByRole('switch').count()).toBe(0)
    const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
    expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n').length).toBe(actionList.actions.length + 1)
    await tab.getByRole('tab', { name: /^Waiting/ }).click()
    await tab.getByText('Settling it needs the role Owner or Administrator.').waitFor()
    expect(await tab.getByRole('button', { name: /^(Settle|Withdraw|Decline|Countersign|Propose)/ }).count()).toBe(0)
    service.state.problems.set('list-actions', { title: 'Not allowed', status: 403, detail: 'No.', roles: ['owner', 'admin', 'reviewer'] })
    await page.reload()
    await tab.getByText('It is open to people with the role Owner, Administrator, or Reviewer.').waitFor()
  })
})

describe('what waits', () => {
  test('a doubt is settled with a reason, a stopped plan goes on, a second person declines', async () => {
    const { tab } = await show('/actions/waiting')
    await tab.getByRole('button', { name: `Settle it: ${unclear.preview.title}` }).click()
    const dialog = tab.getByRole('dialog')
    const settle = dialog.getByRole('button', { name: 'Settle it' })
    await dialog.getByRole('radio', { name: 'The change was made' }).click()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('ab')
    expect(await settle.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The secret is gone in Entra.')
    await settle.click()
    await tab.getByRole('heading', { name: 'Look and decide' }).waitFor({ state: 'detached' })
    expect(bodyOf(`/api/proposals/${unclear.id}/settle`)).toEqual({ as: 'done', because: 'The secret is gone in Entra.' })
    await tab.getByRole('button', { name: `Propose the rest: ${stopped.preview.title}` }).click()
    await tab.getByRole('button', { name: 'Close proposal' }).waitFor()
    expect(bodyOf('/api/proposals')).toEqual({ resume: stopped.id })
    const decline = tab.getByRole('button', { name: /^Decline: Switch the policy/ })
    await decline.click()
    await until(() => service.seen.some(({ path }) => path.endsWith('c701/reject')))
  })

  test('an error offers another try, and nothing waiting says so', async () => {
    service.state.problems.set('list-proposals', { title: 'The store is busy', status: 409, detail: 'Nothing was changed.' })
    const { tab } = await show('/actions/waiting')
    await tab.getByRole('alert').getByText('The store is busy.').waitFor()
    service.state.problems.clear()
    service.state.proposals = []
    await tab.getByRole('button', { name: 'Try again' }).click()
    await tab.getByText('No change waits for a countersignature').waitFor()
    await tab.getByRole('tab', { name: 'History' }).click()
    await tab.getByText('Nothing has been proposed yet.').waitFor()
  })
})

test('five hundred changes come a hundred at a time, and all of them into the CSV', async () => {
  service.state.proposals = manyProposals(500)
  const { page, tab } = await show('/actions/history')
  await tab.getByText('500 changes').waitFor()
  await soon(async () => expect(await tab.getByRole('row').count()).toBe(101))
  await tab.getByRole('button', { name: 'Show 100 more of 400' }).press('Enter')
  await tab.getByRole('button', { name: 'Show 100 more of 300' }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
  expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n').length).toBe(501)
  await tab.getByRole('searchbox', { name: 'Search history' }).fill('Application 499')
  await tab.getByText('1 change', { exact: true }).waitFor()
  await page.waitForURL(/search=Application\+499/)
})

test('a lock-out is proposed only by whoever writes the name out', async () => {
  service.state.locksOut = ['breakglass@fabrikamnordic.example']
  const { tab } = await show('/findings/guest-owns-privileged-app')
  await tab.getByRole('button', { name: 'Fix with the Aid: Payroll Sync' }).first().click()
  const dialog = tab.getByRole('dialog')
  const go = dialog.getByRole('button', { name: 'Propose it all the same' })
  const name = dialog.getByRole('textbox', { name: 'Write breakglass@fabrikamnordic.example' })
  await name.fill('breakglass@fabrikamnordic.exampel')
  await dialog.getByText('This is not the same name.').waitFor()
  expect(await go.getAttribute('aria-disabled')).toBe('true')
  await name.fill('Breakglass@fabrikamnordic.example')
  await name.press('Enter')
  await tab.getByText('One person must countersign').waitFor()
  await tab.getByText('Payroll Sync keeps one owner, Ida Holm.').waitFor()
  const sent = service.seen.filter(({ method, path }) => method === 'POST' && path === '/api/proposals')
  expect(sent.map(({ body }) => body)).toEqual([
    { findingKey: 'guest-owns-privileged-app:7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af' },
    { findingKey: 'guest-owns-privileged-app:7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af', named: ['Breakglass@fabrikamnordic.example'] },
  ])
})

test('a receipt shows both people and each step, and the journal is exported for a range of days', async () => {
  const { page, tab } = await show(`/receipts/${stopped.id}`)
  await tab.getByRole('heading', { name: 'Countersigned 2 of 2' }).waitFor()
  expect(await tab.getByRole('list', { name: 'Steps' }).getByRole('listitem').count()).toBe(4)
  await tab.getByRole('button', { name: 'Propose the rest' }).waitFor()
  await tab.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Receipts' }).click()
  await tab.getByLabel('From (UTC day)').fill('2026-11-01')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tab.getByRole('button', { name: 'Download signed journal' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toBe('journal ?format=json&from=2026-11-01')
})

test('settings tell what is missing and too much, and an owner declares an exception', async () => {
  const { page, tab } = await show('/settings/permissions')
  const permissions = tab.getByRole('region', { name: 'Needed and granted' })
  await permissions
    .getByText(/^Missing: .*Policy\.ReadWrite\.ConditionalAccess.*to be removed in Entra: Directory\.ReadWrite\.All\.$/)
    .waitFor()
  await tab.getByRole('navigation', { name: 'Sections of Settings' }).getByRole('link', { name: 'Exceptions' }).click()
  const region = tab.getByRole('region', { name: 'Declared as wanted' })
  await region.getByRole('button', { name: 'Declare an exception' }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Object ID' }).fill('3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e60')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The account for emergencies.')
  await dialog.getByRole('button', { name: 'Declare it' }).click()
  await dialog.waitFor({ state: 'detached' })
  await region.getByText('2 exceptions').waitFor()
  await soon(async () => expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Declare an exception'))
  expect(bodyOf('/api/exceptions')).toEqual({
    kind: 'user',
    objectId: '3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e60',
    reason: 'The account for emergencies.',
  })
})
