import { expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { myAlerts, noAlerts } from './sample-alerts.ts'
import { type OpenTab } from './tab-browser.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show: showWith } = await withTab({ forgives: /status of \d/ })

const show = (path: string, width = 1440): Promise<OpenTab> => showWith(path, { width })
function bodyOf(path: string, method = 'PUT'): unknown {
  return service.seen.findLast((one) => one.path === path && one.method === method)?.body
}

test('narrow, the list of sections leads to a section and back; wide, it stands beside', async () => {
  const { tab, page } = await show('/settings', 360)
  await tab.getByRole('link', { name: /^Alerts/ }).click()
  await tab.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor()
  await page.waitForURL((url) => url.pathname === '/settings/alerts')
  await tab.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Settings' }).click()
  await tab.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await page.setViewportSize({ width: 1440, height: 900 })
  await tab
    .getByRole('navigation', { name: 'Sections of Settings' })
    .getByRole('link', { name: /^Members/ })
    .click()
  await tab.getByRole('heading', { level: 1, name: 'Members and roles' }).waitFor()
  await tab
    .getByRole('navigation', { name: 'Sections of Settings' })
    .getByRole('link', { name: /^Alerts/ })
    .waitFor()
})

test('nobody is told anything before they save it; what they chose is sent as it was chosen', async () => {
  service.state.myAlerts = noAlerts
  const { tab } = await show('/settings/alerts')
  const mine = tab.getByRole('region', { name: 'My messages' })
  await mine.getByText('Nothing is sent to you.').waitFor()
  expect(service.seen.filter(({ method }) => method !== 'GET')).toEqual([])
  await mine.getByRole('checkbox', { name: 'As things happen' }).uncheck()
  await mine.getByText('Choose messages as they happen, the daily digest, or both.').waitFor()
  await mine.getByRole('checkbox', { name: 'A daily digest' }).check()
  await mine.getByRole('checkbox', { name: 'Sun' }).check()
  await mine.getByRole('checkbox', { name: 'Mon' }).uncheck()
  await mine.getByLabel('Digest at').selectOption('9')
  await mine.getByLabel('Time zone').selectOption('Europe/Zurich')
  await mine.getByRole('checkbox', { name: 'Quiet hours' }).uncheck()
  await mine.getByRole('checkbox', { name: 'Risky user' }).uncheck()
  await mine.getByRole('button', { name: 'Send me messages' }).click()
  await mine.getByText('On', { exact: true }).waitFor()
  expect(bodyOf('/api/alerts/mine')).toEqual({
    immediate: false,
    digest: true,
    hour: 9,
    timeZone: 'Europe/Zurich',
    weekdays: [2, 3, 4, 5, 7],
    quiet: null,
    rules: noAlerts.rules.map(({ id }) => id).filter((id) => id !== 'risky-user'),
  })
})

test('a refusal leaves what was typed; mute, test and stop do what they say', async () => {
  const { tab } = await show('/settings/alerts')
  const mine = tab.getByRole('region', { name: 'My messages' })
  service.state.problems.set('put-my-alerts', { title: 'The service cannot write', status: 503, detail: 'Nothing was changed.' })
  await mine.getByLabel('Digest at').selectOption('11')
  await mine.getByRole('button', { name: 'Save my messages' }).click()
  await mine.getByText(/The service cannot write/).waitFor()
  expect(await mine.getByLabel('Digest at').inputValue()).toBe('11')
  await mine.getByRole('button', { name: 'Mute for 7 days: Scan failing' }).click()
  await mine.getByRole('button', { name: 'Unmute Scan failing' }).waitFor()
  await mine.getByRole('button', { name: 'Unmute Risky user' }).click()
  await mine.getByRole('button', { name: 'Mute for 7 days: Risky user' }).waitFor()
  await mine.getByRole('button', { name: 'Send a test message' }).click()
  await mine.getByText('The test message is on its way to your chat.').waitFor()
  await mine.getByRole('button', { name: 'Stop my messages' }).click()
  await mine.getByText('Nothing is sent to you.').waitFor()
})

test('without a chat the section says how to begin it, and offers no test', async () => {
  service.state.myAlerts = { ...myAlerts, chat: { ...myAlerts.chat, isKnown: false } }
  const { tab } = await show('/settings/alerts')
  await tab.getByText('Open it and write “hello”').waitFor()
  await tab.getByRole('button', { name: 'Open the chat' }).waitFor()
  expect(await tab.getByRole('button', { name: 'Send a test message' }).getAttribute('aria-disabled')).toBe('true')
})

test('an administrator changes a rule within its limits', async () => {
  const { tab } = await show('/settings/alerts')
  const rules = tab.getByRole('region', { name: 'Rules of this tenant' })
  await rules.getByRole('button', { name: 'Change Score drop' }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.getByRole('spinbutton', { name: /^Drop/ }).fill('51')
  await dialog.getByText('A whole number from 1 to 50.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Save the rule' }).getAttribute('aria-disabled')).toBe('true')
  await dialog.getByRole('spinbutton', { name: /^Drop/ }).fill('8')
  await dialog.getByLabel('In this tenant').selectOption('on')
  await dialog.getByRole('button', { name: 'Save the rule' }).click()
  await dialog.waitFor({ state: 'detached' })
  await tab.getByText('Drop: 8 points').waitFor()
  expect(bodyOf('/api/alerts/rules/score-drop')).toEqual({ isOn: true, severity: 'high', parameters: { points: 8, days: 7 } })
})

test('what roles may do is compared in one table', async () => {
  const { tab } = await show('/settings/members')
  const table = tab.getByRole('table', { name: 'What each role may do' })
  const row = table.getByRole('row', { name: /^See findings/ })
  await row.waitFor()
  expect(await row.getByRole('img').evaluateAll((ticks) => ticks.map((tick) => tick.getAttribute('aria-label')))).toEqual([
    'Owner: yes',
    'Administrator: yes',
    'Reviewer: yes',
  ])
})

test('members are searched and saved; what was not read is said', async () => {
  const { tab, page } = await show('/settings/members')
  await tab.getByText('The members of Service desk could not be read.').waitFor()
  await tab.getByRole('searchbox', { name: 'Search members' }).fill('priya')
  const table = tab.getByRole('table', { name: 'Members' })
  await table.getByRole('rowheader').nth(1).waitFor({ state: 'detached' })
  await table.getByRole('rowheader').first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
  expect(await readFile(await download.path(), 'utf8')).toContain('Security readers,Group,Reviewer,"Ines Duarte, Jonas Weiß, Priya Raman"')
  expect(await tab.getByRole('link', { name: 'Change roles in Entra' }).getAttribute('href')).toMatch(/^https:\/\/entra\.microsoft\.com\//)
})

test('activity is filtered by the service, paged and saved whole', async () => {
  const { tab, page } = await show('/settings/activity')
  const list = tab.getByRole('list', { name: 'Activity' })
  await list.getByRole('button', { name: 'Show earlier activity' }).click()
  await list.getByRole('button', { name: 'Show earlier activity' }).waitFor({ state: 'detached' })
  await soon(async () => expect(await list.getByRole('listitem').count()).toBe(63))
  await tab.getByLabel('Kind').selectOption('aid')
  await tab.getByText('Scan finished').first().waitFor({ state: 'detached' })
  const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(1 + 9)
  expect(lines[1]).toContain('The Aid’s sign-in: lost')
  expect(new URL(page.url()).search).toBe('?kind=aid')
})
