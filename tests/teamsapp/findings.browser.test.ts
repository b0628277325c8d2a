import { beforeEach, describe, expect, test } from '@jest/globals'
import { scrollThrough } from '../bench/long-list.ts'
import { tasksWhile } from '../bench/page-tasks.ts'
import { manyObjects, objects } from './sample-objects.ts'
import { type OpenTab } from './tab-browser.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const isDrill = process.env['DRILL'] === '1'
const { service, show: showWith } = await withTab({ forgives: /409/ })

const show = (path: string, width = 1440): Promise<OpenTab> => showWith(path, { width })

function asked(path: string): readonly unknown[] {
  return service.seen.filter((one) => one.path === path && one.method === 'POST').map(({ body }) => body)
}

describe('ten thousand findings', () => {
  beforeEach(() => void (service.state.objects = manyObjects(10_000)))

  test('scrolled to the end, at most 60 rows are in the page, and no task takes more than 50 ms', async () => {
    const { page, tab } = await show('/findings?view=objects')
    const grid = tab.getByRole('grid')
    await grid.getByText('Payroll Sync 00001').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001')
    let most = 0
    const tasks = await tasksWhile(page, async () => void (most = await scrollThrough(grid, isDrill ? 1140 : 11_400)))
    const longest = Math.max(...tasks)
    console.log(`at most ${most} rows; ${tasks.length} tasks, the longest with ${longest.toFixed(1)} ms of processor time`)
    expect(most).toBeLessThanOrEqual(60)
    expect(longest).toBeGreaterThan(1)
    // A processor that does other things besides is slower: the bound is proven by the drill, twenty new rows a frame.
    if (isDrill) expect(longest).toBeLessThan(50)
  })

  test('arrow keys lead from the first to the last row, and the focus survives scrolling', async () => {
    const { page, tab } = await show('/findings?view=objects&order=object')
    const grid = tab.getByRole('grid')
    await grid.locator('[data-row="0"]').getByRole('rowheader').getByRole('link').waitFor()
    await grid.locator('[data-row="0"] [data-column="2"]').focus()
    await page.keyboard.press('ArrowDown')
    await focusIsIn(page, { row: '1', column: '2' })
    await grid.evaluate((element) => void (element.scrollTop = 60_000))
    await grid.locator('[data-row="1060"]').waitFor()
    await focusIsIn(page, { row: '1', column: '2' })
    await page.keyboard.press('PageDown')
    await focusIsIn(page, { row: expect.not.stringMatching(/^1$/), column: '2' })
    await page.keyboard.press('Home')
    await focusIsIn(page, { column: '0' })
    await page.keyboard.press(' ')
    await tab.getByText('1 finding selected').waitFor()
    await tab.getByText(/^of [\d,]+ loaded so far; 10,000 in the list$/).waitFor()
    await page.keyboard.press('Control+End')
    await focusIsIn(page, { row: '9999' })
    await grid.locator('[data-row="9999"]').getByRole('rowheader').getByRole('link').waitFor()
    await page.keyboard.press('ArrowLeft')
    await focusIsIn(page, { row: '9999' })
    await page.keyboard.press('Control+Home')
    await focusIsIn(page, { row: '0', column: '0' })
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await focusIsIn(page, { row: '0', column: '2' })
    await page.keyboard.press('Enter')
    await tab.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Findings' }).waitFor()
  })

  test('below 640 they are cards, of which few are in the page', async () => {
    const { tab } = await show('/findings?view=objects', 360)
    const list = tab.getByRole('list', { name: 'Findings by object' })
    await list.getByText('Payroll Sync 00001').waitFor()
    expect(await list.getByRole('listitem').count()).toBeLessThanOrEqual(60)
    expect(await tab.getByRole('grid').count()).toBe(0)
  })
})

/** Waits until the focus is in a cell of this row and column. */
async function focusIsIn(page: OpenTab['page'], cell: { readonly row?: unknown; readonly column?: string }): Promise<void> {
  await soon(async () => {
    const found = await page.evaluate(() => ({
      row: document.activeElement?.closest('[data-row]')?.getAttribute('data-row'),
      column: document.activeElement?.closest('[data-column]')?.getAttribute('data-column'),
    }))
    expect(found).toMatchObject(cell)
  })
}

describe('filters and views', () => {
  test('facets count, filter and stand in the address, from which they come back', async () => {
    const { page, tab } = await show('/findings?view=objects')
    const filters = tab.getByRole('group', { name: 'Filters' })
    await filters.getByRole('button', { name: /^Critical/ }).click()
    await filters.getByRole('button', { name: /^Fixable by the Aid/ }).click()
    await tab.getByText('2 findings of').waitFor()
    await page.waitForURL((url) => url.searchParams.get('severity') === 'critical')
    await page.reload()
    await tab.getByText('2 findings of').waitFor()
    expect(await filters.getByRole('button', { name: /^Critical/ }).getAttribute('aria-pressed')).toBe('true')
    await tab.getByRole('button', { name: 'Clear filters' }).click()
    await tab.getByText(`${objects.length} findings of`).waitFor()
    await page.waitForURL((url) => url.search === '?view=objects')
  })

  test('filters are kept under a name; a name that is taken keeps what was written', async () => {
    const { page, tab } = await show('/findings?view=objects&severity=high')
    await tab.getByRole('button', { name: 'Save as view' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('critical AND high')
    await dialog.getByRole('button', { name: 'Save view' }).click()
    await dialog.getByText('You see a view with this name already.').waitFor()
    expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('critical AND high')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('High only')
    await dialog.getByRole('button', { name: 'Save view' }).click()
    await tab.getByRole('link', { name: 'High only' }).waitFor()
    expect(service.state.views.at(-1)).toMatchObject({ name: 'High only', query: 'view=objects&severity=high', shared: false })
    await tab.getByRole('button', { name: 'Manage views' }).click()
    await dialog.getByRole('checkbox', { name: 'Show first' }).nth(2).click()
    await dialog.getByRole('button', { name: 'Delete the view Critical and high' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await tab.getByRole('link', { name: 'Critical and high' }).waitFor({ state: 'detached' })
    await soon(() => expect(service.state.views.at(-1)).toMatchObject({ name: 'High only', isDefault: true }))
    await page.goto(`${service.url}/findings`)
    await page.waitForURL(/severity=high/)
  })
})

describe('several at once', () => {
  test('on a phone the fields of their dialog stay within it', async () => {
    const { tab } = await show('/findings?view=objects&search=GU-04', 360)
    await tab
      .getByRole('checkbox', { name: /^Select / })
      .first()
      .check()
    await tab.getByRole('button', { name: 'Declare as exception' }).click()
    const within = await tab.getByRole('dialog').evaluate((dialog) => {
      const edge = dialog.getBoundingClientRect().right
      return [...dialog.querySelectorAll('select, input, textarea')].map((field) => field.getBoundingClientRect().right < edge)
    })
    expect(within).toEqual([true, true, true])
  })

  test('what is refused keeps the words and the selection, and tells of each what happened', async () => {
    const own = objects.filter(({ checkId, state }) => checkId === 'guests-in-use' && state === 'open')
    service.state.notSuppressed = own.slice(0, 1).map(({ findingKey }) => findingKey)
    const { tab } = await show('/findings?view=objects&search=GU-04')
    for (const { name } of own) await tab.getByRole('checkbox', { name: `Select ${name}, GU-04` }).click()
    await tab.getByRole('button', { name: 'Accept for a while' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The vendor changes it in January')
    await dialog.getByRole('button', { name: `Accept ${own.length} findings` }).click()
    await dialog.getByText('This is suppressed already.').waitFor()
    await dialog.getByText(`${own.length - 1} of ${own.length} done, 1 not.`).waitFor()
    expect(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('The vendor changes it in January')
    expect(asked('/api/suppressions')).toHaveLength(own.length)
    service.state.notSuppressed = []
    await dialog.getByRole('button', { name: 'Try 1 finding again' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(asked('/api/suppressions')).toHaveLength(own.length + 1)
    expect(service.state.objects.filter(({ checkId, state }) => checkId === 'guests-in-use' && state === 'open')).toEqual([])
  })

  test('people who no longer come are proposed by one plan, or one by one', async () => {
    const guests = objects.filter(({ checkId, fix }) => checkId === 'guests-in-use' && fix !== null)
    const { tab } = await show('/findings?view=objects&search=GU-04&fixable=yes')
    await tab.getByRole('checkbox', { name: /Select the \d+ findings/ }).click()
    await tab.getByRole('button', { name: 'Propose the fix' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Propose one plan' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(asked('/api/proposals')).toEqual([{ findingKeys: guests.map(({ findingKey }) => findingKey) }])
  })

  test('fixes beyond the limit are told and stay chosen', async () => {
    service.state.problems.set('create-proposal', { title: 'Not proposed', status: 409, detail: '10 of your proposals wait already.' })
    const fixable = objects.filter(({ fix, proposalId }) => fix !== null && proposalId === null)
    const { tab } = await show('/findings?view=objects&fixable=yes')
    await tab.getByRole('checkbox', { name: /Select the \d+ findings/ }).click()
    await tab.getByRole('button', { name: 'Propose the fix' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('button', { name: `Propose ${fixable.length} fixes` }).click()
    await dialog.getByText(`0 of ${fixable.length} done, ${fixable.length} not.`).waitFor()
    expect(await dialog.getByText('10 of your proposals wait already.').count()).toBe(2)
    expect(await dialog.getByText('Not asked: it would be refused, too.').count()).toBe(fixable.length - 2)
    expect(asked('/api/proposals')).toHaveLength(2)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await tab.getByText(/\d+ findings selected/).waitFor()
  })

  test('an account is declared once for all of its findings', async () => {
    const { tab } = await show('/findings?view=objects&search=PR-03')
    await tab.getByRole('checkbox', { name: 'Select Jonas Berg, PR-03' }).click()
    await tab.getByRole('button', { name: 'Declare as exception' }).click()
    const dialog = tab.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'As what' }).selectOption('roleHolder')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Holds it until the move is over')
    await dialog.getByRole('button', { name: 'Declare 1 object' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(asked('/api/exceptions')).toMatchObject([{ kind: 'roleHolder', reason: 'Holds it until the move is over' }])
  })

  test('a receipt that arrives moves the finding on screen, and it is said', async () => {
    const { tab } = await show('/findings?view=objects&search=APP-14')
    const row = tab.getByRole('row').filter({ hasText: 'Payroll Sync' })
    await row.getByText('Open', { exact: true }).waitFor()
    service.state.objects = objects.map((one) => (one.name === 'Payroll Sync' ? { ...one, state: 'fixedAwaitingScan', fix: null } : one))
    service.emit('finding.changed', 'x')
    await row.getByText('Fixed, waiting for the next scan').waitFor()
    await tab.getByText('Payroll Sync: Fixed, waiting for the next scan').waitFor({ state: 'attached' })
  })
})
