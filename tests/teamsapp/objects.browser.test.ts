import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { crowdedApplication } from './sample-applications.ts'
import { payrollId } from './sample-application-evidence.ts'
import { applicationLines } from './sample-application-list.ts'
import { methodsUnread, people, personId, withoutReports } from './sample-people.ts'
import { faultsInLooks, turnTo, type OpenOptions, type OpenTab } from './tab-browser.ts'
import { focused } from './keys.ts'
import { soon, until } from './until.ts'
import { withTab } from './with-tab.ts'

const { service: mock, show } = await withTab()

async function on(path: string, act: (open: OpenTab) => Promise<void>, options?: OpenOptions): Promise<void> {
  const open = await show(path, options)
  await act(open)
  expect(open.complaints).toEqual([])
}

async function csvOf({ page, tab }: OpenTab): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
  return (await readFile(await download.path(), 'utf8')).split('\r\n')
}

test('applications: search and filters are in the address, and the address brings them back', async () => {
  await on('/applications', async ({ page, tab }) => {
    await tab.getByLabel('Level of risk', { exact: true }).selectOption('critical')
    await tab.getByLabel('Owners', { exact: true }).selectOption('none')
    await tab.getByLabel('Search applications by name or id').fill('payroll')
    await page.waitForURL(/search=payroll/)
    await tab.getByRole('status').getByText('2 of 46 match').waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ level: 'critical', owners: 'none', search: 'payroll' })
    await page.reload()
    await tab.getByRole('status').getByText('2 of 46 match').waitFor()
    expect(await tab.getByLabel('Search applications by name or id').inputValue()).toBe('payroll')
    await tab.getByRole('button', { name: 'Clear filters' }).click()
    await tab.getByRole('status').getByText('46', { exact: true }).waitFor()
    await page.waitForURL((url) => url.search === '')
  })
})

test('applications: heads sort, a bar narrows, and both have a table', async () => {
  await on('/applications', async ({ page, tab }) => {
    await tab.getByRole('button', { name: 'Application', exact: true }).click()
    await tab.getByRole('columnheader', { name: 'Application' }).and(tab.locator('[aria-sort="ascending"]')).waitFor()
    // The rows of the order before stay until the new ones are there.
    await tab.locator('tbody th').first().getByRole('link', { name: 'Backup365' }).waitFor()
    await tab.getByRole('button', { name: 'Medium', exact: true }).click()
    await page.waitForURL(/level=medium/)
    await tab.getByRole('button', { name: 'Show as table' }).first().click()
    await tab
      .getByRole('region', { name: 'By level of risk as table' })
      .getByRole('row', { name: /^Medium/ })
      .waitFor()
  })
})

test('applications: all that match come as CSV, page by page; a long list is drawn in part', async () => {
  mock.state.applications = applicationLines(450)
  await on('/applications', async (open) => {
    const lines = await csvOf(open)
    expect(lines).toHaveLength(452)
    expect(lines[0]).toContain('Application,Object id')
    // With the keyboard, because the rows that come move the button away from under a pointer.
    for (const rest of [350, 250, 150]) await open.tab.getByRole('button', { name: `Show 100 more of ${rest}` }).press('Enter')
    await open.tab.getByRole('button', { name: 'Show the last 50' }).waitFor()
    expect(await open.tab.locator('tbody tr[data-index]').count()).toBeLessThan(120)
    // The page may grow once more while rows are measured.
    await until(async () => {
      await open.tab.locator('html').evaluate((root) => window.scrollTo(0, root.scrollHeight))
      return (await open.tab.locator('tr[data-index="399"]').count()) > 0
    })
  })
})

test('one application: the graph is walked and read with the keyboard, and said as a list', async () => {
  await on(`/applications/${payrollId}`, async ({ page, tab }) => {
    const graph = tab.getByRole('group', { name: /Ways through Payroll Sync/ })
    await graph.getByRole('button', { name: /Tomás Ruiz/ }).press('ArrowRight')
    await focused(graph.getByRole('button', { name: 'Application Payroll Sync' }))
    await page.keyboard.press('ArrowLeft')
    await graph.getByRole('button', { name: /Tomás Ruiz/ }).press('Enter')
    await tab.getByText('Tomás Ruiz owns its app registration, can add a credential and sign in as Payroll Sync.').waitFor()
    await tab.getByText(/^Rests on applicationOwners/).waitFor()
    await tab.getByRole('link', { name: 'Open Tomás Ruiz' }).waitFor()
    await tab.getByRole('button', { name: 'Show the paths as list' }).click()
    const paths = tab.locator('ol li').getByText(/reaches the control of the tenant\.$/)
    await soon(async () => expect(await paths.count()).toBe(4))
  })
})

test('one application: arrow keys read the credentials one by one, and the table has the same', async () => {
  mock.state.application = crowdedApplication
  await on(`/applications/${payrollId}`, async ({ tab }) => {
    const timeline = tab.getByRole('slider', { name: /credentials over time/ })
    await timeline.press('ArrowDown')
    await timeline.press('ArrowDown')
    await soon(async () => expect(await timeline.getAttribute('aria-valuenow')).toBe('2'))
    expect(await timeline.getAttribute('aria-valuetext')).toMatch(/^Secret deployment-2.*ended on/)
    await tab.getByRole('button', { name: 'Show all 40' }).click()
    await timeline.press('End')
    await soon(async () => expect(await timeline.getAttribute('aria-valuenow')).toBe('40'))
    await tab.getByRole('button', { name: 'Show credentials as table' }).click()
    const rows = tab.getByRole('region', { name: 'Credentials as table' }).locator('tbody tr')
    await soon(async () => expect(await rows.count()).toBe(40))
  })
})

test('one application: labels of the timeline never lie on each other, narrow or wide', async () => {
  mock.state.application = crowdedApplication
  await on(`/applications/${payrollId}`, async (open) => {
    for (const width of [360, 1440]) {
      await turnTo(open, 'light', width)
      const svg = open.tab.getByRole('slider').locator('svg').first()
      const overlaps = (): Promise<number> =>
        svg.evaluate((drawn) => {
          const boxes = [...drawn.querySelectorAll('text')].map((text) => text.getBoundingClientRect())
          const meet = (a: DOMRect, b: DOMRect): boolean =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3
          return boxes.filter((one, index) => boxes.slice(index + 1).some((other) => meet(one, other))).length
        })
      // The chart measures itself anew after its window.
      await soon(async () => expect([width, await overlaps()]).toEqual([width, 0]))
    }
  })
})

test('one application: an expired secret is proposed for removal with exactly the input that the service offered', async () => {
  await on(`/applications/${payrollId}`, async ({ page, tab }) => {
    await tab.getByRole('button', { name: 'Remove it: temporary, Tomás of Payroll Sync' }).click()
    await page.waitForURL(/proposal=/)
    await tab.getByRole('button', { name: 'Open the chat to countersign' }).waitFor()
    const sent = mock.seen.find(({ method, path }) => method === 'POST' && path === '/api/proposals')
    expect(sent?.body).toEqual({ actionId: 'remove-app-secret', input: mock.state.application.offers[1]?.input })
    const shut = tab.getByRole('button', { name: 'Take away: AppRoleAssignment.ReadWrite.All of Payroll Sync' })
    expect([await shut.getAttribute('aria-disabled'), await shut.getAttribute('title')]).toEqual([
      'true',
      expect.stringContaining('switched off'),
    ])
    // A tooltip does not exist on a phone: the page says it, too, once.
    await tab.getByText(/^Switched off in this tenant, so that the buttons are shut: [^,]+\. An Owner switches actions on in/).waitFor()
  })
})

test('people: by role with headings, by person once each, narrowed in the address, and as CSV', async () => {
  await on('/people', async (open) => {
    const { page, tab } = open
    await tab.getByRole('rowheader', { name: /Global Administrator.*held now/ }).waitFor()
    await tab.getByLabel('Kind of holder').selectOption('guest')
    await page.waitForURL(/kind=guest/)
    await tab.getByRole('status').getByText('5 ways to a role, 1 holder').waitFor()
    expect(await csvOf(open)).toHaveLength(7)
    await tab.getByRole('button', { name: 'By person', exact: true }).click()
    await page.waitForURL(/by=person/)
    await tab.getByRole('status').getByText('1 holder', { exact: true }).waitFor()
    await tab.getByRole('link', { name: 'Tomás Ruiz' }).first().click()
    await tab.getByRole('heading', { level: 1, name: 'Tomás Ruiz reaches the control of the tenant' }).waitFor()
  })
})

test('people: a bar narrows to its role, and the way back is a button', async () => {
  await on('/people', async ({ page, tab }) => {
    await tab.getByRole('button', { name: 'Exchange Administrator', exact: true }).click()
    await page.waitForURL(/role=29232cdf/)
    await tab.getByRole('button', { name: 'Show all roles, not only Exchange Administrator' }).click()
    await page.waitForURL((url) => !url.searchParams.has('role'))
  })
})

test('people: judged anew between two pages, the list is read again and has everybody once', async () => {
  const [one] = people
  if (!one) throw new Error('The sample has no person.')
  const names = Array.from({ length: 150 }, (_, index) => `Person ${String(index).padStart(3, '0')}`)
  mock.state.people = names.map((name, index) => ({ ...one, id: `${String(index).padStart(8, '0')}${one.id.slice(8)}`, name }))
  await on('/people?by=person', async ({ tab }) => {
    const shown = tab.locator('tbody th[scope=row]')
    await shown.filter({ hasText: 'Person 099' }).waitFor()
    mock.state.people = mock.state.people.slice(1)
    mock.state.peopleJudgedAt = '2026-11-22T06:00:00.000Z'
    await tab.getByRole('button', { name: 'Show the last 50' }).press('Enter')
    await shown.filter({ hasText: 'Person 000' }).waitFor({ state: 'detached' })
    await shown.filter({ hasText: 'Person 149' }).waitFor()
    const found = (await shown.allInnerTexts()).map((text) => /Person \d{3}/.exec(text)?.[0])
    expect(found).toEqual(names.slice(1))
  })
})

test('people: what was not read is said aloud and never shown as none', async () => {
  mock.state.peopleSources = methodsUnread
  mock.state.people = withoutReports(people)
  await on('/people', async ({ tab }) => {
    await tab.getByText('Sign-in methods could not be read.').waitFor()
    await tab.getByText('Last sign-ins could not be read.').waitFor()
    expect(await tab.locator('tbody').getByText('No second factor').count()).toBe(0)
    expect(await tab.locator('tbody').getByText('Never', { exact: true }).count()).toBe(0)
  })
})

test('one person: each way to a role, and what ends it', async () => {
  await on(`/people/${personId}`, async ({ tab }) => {
    await tab
      .getByRole('group', { name: /Ways from Tomás Ruiz/ })
      .getByRole('button', { name: /^Group Tier 0/ })
      .click()
    await tab.getByText('Tomás Ruiz is a member of Tier 0 administrators.').waitFor()
    await tab.getByRole('button', { name: 'Leave the group: Global Administrator, Tomás Ruiz' }).click()
    await tab.getByRole('button', { name: 'Open the chat to countersign' }).waitFor()
    expect(mock.seen.find(({ method }) => method === 'POST')?.body).toMatchObject({ actionId: 'remove-group-member' })
  })
})

// Other pages of objects are in the matrix.
test('/people?by=person keeps to the rules in every look, at 360 and at 1440 pixels', async () => {
  await on('/people?by=person', async (open) => expect(await faultsInLooks(open, ['light', 'dark', 'contrast'], [360, 1440])).toEqual([]), {
    inTeams: true,
  })
})
