import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { beTolerant, isSecondAttempt } from '../e2e/attempts.ts'
import { patience } from '../e2e/patience.ts'
import { builtTab } from './built-tab.ts'
import { matrix } from './matrix.ts'
import { states, type StateName } from './matrix/cell.ts'
import { faults } from './matrix/examine.ts'
import { closeLanes, inLanes, looks, openLanes, showCell, throughLooks, widths, type Lane } from './matrix/lane.ts'
import { turnTo } from './tab-browser.ts'
import { soon } from './until.ts'

beTolerant()
/** More windows than cores, because some of them wait for a skeleton or a second attempt. */
const laneCount = 3
/** Every day each state is shown in one theme, which follows from its place, at both widths, with axe at one of them; in the drill all of it. */
const isDrill = process.env['DRILL'] === '1'
/** What the browser itself says of an answer that the cell asked for. */
const askedFor = /^Failed to load resource: the server responded with a status of (401|403|503)/

/** On an ordinary day each page is looked at when it is full, and every other one in one more state, which follows from its place. */
const others = states.filter((state) => state !== 'full')
const isShown = (state: StateName, place: number): boolean =>
  isDrill || state === 'full' || (place % 2 === 0 && state === others[(place / 2) % others.length])

const cells = matrix
  .flatMap((page, place) =>
    states.flatMap((state) => {
      const cell = page.cells[state]
      return 'without' in cell || !isShown(state, place) ? [] : [{ name: `${page.name}, ${state}`, page, cell }]
    }),
  )
  .map((one, index) => ({
    ...one,
    shown: isDrill ? looks : looks.filter((_, place) => place === index % looks.length),
    axeAt: isDrill ? widths : widths.filter((_, place) => place === index % widths.length),
  }))
const found = new Map<string, readonly string[]>()
let browser: Browser
let lanes: readonly Lane[] = []

beforeAll(
  async () => {
    const dist = await builtTab()
    browser = await openBrowser()
    const started = Date.now()
    lanes = await openLanes(browser, dist, laneCount)
    await inLanes(lanes, cells, async (lane, one) => {
      found.set(one.name, await faultsOf(lane, one))
    })
    console.log(
      `${cells.length} states of ${matrix.length} pages, ${cells.reduce((sum, { shown }) => sum + 2 * shown.length, 0)} cells in ${((Date.now() - started) / 1000).toFixed(1)} s`,
    )
  },
  isDrill ? 3_600_000 : patience.start,
)
afterAll(async () => {
  await closeLanes(lanes)
  await browser.close()
})

async function faultsOf(lane: Lane, { page, cell, shown, axeAt }: (typeof cells)[number]): Promise<string[]> {
  const all: string[] = []
  try {
    await showCell(lane, page, cell)
    await throughLooks(lane, shown, async (look, width) => {
      const here = (
        await faults(
          lane.open,
          axeAt.some((one) => one === width),
        )
      ).filter((fault) => !askedFor.test(fault))
      all.push(...here.map((fault) => `${look}, ${width} px: ${fault}`))
    })
  } catch (error) {
    all.push(String(error))
  }
  return all
}

test.each(cells)('$name: fits, reads and is whole in the themes shown, at two widths', async (one) => {
  const [lane] = lanes
  // A second attempt looks anew.
  const all = found.get(one.name) ?? (lane && (await faultsOf(lane, one)))
  found.delete(one.name)
  expect(all).toEqual([])
})

describe('a planted fault is found', () => {
  let isShown = false

  /** A page that is whole, loaded once for all of them: what is planted is taken out again. */
  async function wholePage(): Promise<Lane> {
    const [lane] = lanes
    const page = matrix.find(({ name }) => name === 'receipts')
    if (!lane || !page || 'without' in page.cells.full) throw new Error('There is nothing to plant in.')
    if (!isShown) await showCell(lane, page, page.cells.full)
    isShown = true
    return lane
  }
  beforeEach(() => {
    if (isSecondAttempt()) isShown = false
  })
  afterEach(() =>
    lanes[0]?.open.tab.locator('body').evaluate((body) => body.querySelectorAll('[data-planted]').forEach((one) => one.remove())),
  )

  test.each([
    { fault: 'none at all, where nothing is planted', finds: /^$/, withAxe: true, html: '' },
    { fault: '500 px wide', finds: /px wider than the window/, withAxe: false, html: `<p data-planted>${'wide'.repeat(600)}</p>` },
    { fault: 'a button without a name', finds: /button-name/, withAxe: true, html: '<button type="button" data-planted></button>' },
    { fault: 'a second heading of the first level', finds: /2 headings/, withAxe: false, html: '<h1 data-planted>Once more</h1>' },
    ...['Lorem ipsum', 'TODO: words', 'undefined of 12', 'NaN points', '[object Object]', 'Hello {name}', 'Invalid Date', 'null'].map(
      (words) => ({
        fault: `the words “${words}”`,
        finds: /matches/,
        withAxe: false,
        html: `<p data-planted>${words}</p>`,
      }),
    ),
  ])('$fault', async ({ finds, html, withAxe }) => {
    const { open } = await wholePage()
    await open.tab.locator('main').evaluate((main, planted) => void main.insertAdjacentHTML('beforeend', planted), html)
    expect((await faults(open, withAxe)).join('\n')).toMatch(finds)
  })

  test.each(['light', 'dark', 'contrast'] as const)('words hardly to be read in %s', async (look) => {
    const { open } = await wholePage()
    await open.tab.locator('main').evaluate((main) => {
      const faint = Object.assign(document.createElement('p'), { textContent: 'Hardly to be read' })
      Object.assign(faint.style, { color: '#808080', background: '#909090' })
      faint.dataset['planted'] = ''
      main.append(faint)
    })
    await turnTo(open, look, 1440)
    expect((await faults(open)).join('\n')).toContain('color-contrast')
  })

  test('a style without the nonce, and an error in the console', async () => {
    const { open } = await wholePage()
    await open.tab.locator('head').evaluate((head) => {
      head.append(Object.assign(document.createElement('style'), { textContent: 'body{outline:1px solid}' }))
      console.error('something went wrong')
    })
    const said: string[] = []
    await soon(async () => {
      said.push(...(await faults(open, false)))
      expect(said).toEqual(expect.arrayContaining([expect.stringContaining('style-src'), expect.stringContaining('something went wrong')]))
    })
  })
})
