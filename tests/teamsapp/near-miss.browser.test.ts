import { expect, test } from '@jest/globals'
import { guestsNearMiss, nearMiss } from './sample-near-miss.ts'
import { finding } from './sample-findings.ts'
import { faultsInLooks, type Look, type OpenTab } from './tab-browser.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show: showWith } = await withTab()

const declared = (): unknown[] =>
  service.seen.filter(({ method, path }) => method === 'POST' && path === '/api/exceptions').map(({ body }) => body)

async function show(near: typeof nearMiss): Promise<OpenTab> {
  service.state.finding = { ...finding, nearMiss: near }
  return showWith('/findings/second-factor-for-everybody')
}

test('a few people of the tenant are declared in one step, and the card says what became of the check', async () => {
  const { tab, complaints } = await show(nearMiss)
  const card = tab.getByRole('region', { name: 'Nearest policy' })
  await card.getByRole('listitem').first().waitFor()
  expect(await card.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/Break glass 1[^]*breakglass1@fabrikamnordic.example[^]*Person/),
    expect.stringMatching(/Emergency access[^]*2 people[^]*Group/),
  ])
  await card.getByRole('button', { name: 'Declare as emergency access' }).click()
  const dialog = tab.getByRole('dialog', { name: 'Declare as emergency access' })
  await dialog.getByLabel('Reason').fill('Kept in the safe')
  await dialog.getByLabel('Until').fill('2027-11-01')
  service.state.finding = { ...finding, verdict: 'pass', nearMiss: null }
  await dialog.getByRole('button', { name: 'Declare them' }).click()
  await card.getByText('Judged again: the check passes now.').waitFor()
  expect(declared()).toEqual([
    { kind: 'emergencyAccount', objectId: nearMiss.objects[0]?.id, reason: 'Kept in the safe', until: '2027-11-01' },
    { kind: 'group', objectId: nearMiss.objects[1]?.id, reason: 'Kept in the safe', until: '2027-11-01' },
  ])
  expect(complaints).toEqual([])
})

test('one of them alone may be declared, and then the check still says what it lacks', async () => {
  const { tab } = await show(nearMiss)
  await tab.getByRole('button', { name: 'Declare as emergency access' }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: /Emergency access/ }).uncheck()
  await dialog.getByText('The check passes only once all of them are declared.').waitFor()
  await dialog.getByLabel('Reason').fill('Kept in the safe')
  service.state.finding = { ...finding, nearMiss: { ...nearMiss, objects: nearMiss.objects.slice(1) } }
  await dialog.getByRole('button', { name: 'Declare it' }).click()
  await tab.getByText(/Judged again: the check does not pass yet/).waitFor()
  expect(declared()).toHaveLength(1)
  await soon(async () => expect(await tab.getByRole('region', { name: 'Nearest policy' }).getByRole('listitem').count()).toBe(1))
})

test('what failed half way is gone on with, and nothing is declared twice', async () => {
  const { tab } = await show(nearMiss)
  await tab.getByRole('button', { name: 'Declare as emergency access' }).click()
  const dialog = tab.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('Kept in the safe')
  service.state.problems.set('declare-exception', { title: 'Too many exceptions', status: 409, detail: 'There are 200 exceptions.' })
  await dialog.getByRole('button', { name: 'Declare them' }).click()
  await dialog.getByText('There are 200 exceptions.').waitFor()
  service.state.problems.clear()
  await dialog.getByRole('button', { name: 'Declare them' }).click()
  await tab.getByText(/Judged again/).waitFor()
  expect(declared()).toHaveLength(3)
})

test('what could be anybody’s way in is not offered, and the card says why', async () => {
  const { tab } = await show(guestsNearMiss)
  await tab.getByText(/Not offered as one step: B2B collaboration guests/).waitFor()
  expect(await tab.getByRole('button', { name: 'Declare as emergency access' }).count()).toBe(0)
})

test('who may not declare is told which role may', async () => {
  const { tab } = await show({ ...nearMiss, declaring: { ...nearMiss.declaring, mayDeclare: false } })
  await tab.getByText('Declaring them as emergency access needs the role Owner.').waitFor()
  expect(await tab.getByRole('button', { name: 'Declare as emergency access' }).count()).toBe(0)
})

test.each<Look>(['light', 'dark', 'contrast'])('card and dialog fit and pass axe in %s', async (look) => {
  service.state.finding = { ...finding, nearMiss }
  const open = await showWith('/findings/second-factor-for-everybody', { look })
  for (const isAsking of [false, true]) {
    if (isAsking) await open.tab.getByRole('button', { name: 'Declare as emergency access' }).click()
    if (isAsking) await open.tab.getByRole('dialog').waitFor()
    // On an ordinary day axe looks at the first width alone: the narrow card, the wide dialog.
    expect(await faultsInLooks(open, [look], isAsking ? [1440, 360] : [360, 1440])).toEqual([])
  }
  expect(open.complaints).toEqual([])
})
