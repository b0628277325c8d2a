import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { beTolerant } from '../e2e/attempts.ts'
import { patience } from '../e2e/patience.ts'
import { builtTab } from './built-tab.ts'
import { countEffects } from './crawl/controls.ts'
import { crawl, type Crawled } from './crawl/crawl.ts'
import { matrix } from './matrix.ts'
import type { StateName } from './matrix/cell.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { openTab, type OpenTab } from './tab-browser.ts'

const isDrill = process.env['DRILL'] === '1'
/** Windows in which pages are crawled side by side. */
const laneCount = 2
/**
 * The full page first; of the others, in the drill, what it does not have. What is loading or shut has nothing to press but the header. Of
 * the rows of a list, which have the same controls, the drill presses forty and every day one, on pages that have the others' parts.
 */
const crawled: readonly StateName[] = isDrill ? ['full', 'partial', 'empty', 'firstRun', 'error'] : ['full']
const rows = isDrill ? 40 : 1

/** The list of the settings is a page of its own only at phone width; beside a section it is crawled with each of them. */
const everyDay = ['overview', 'finding']
const pages = matrix.filter(({ name }) => (isDrill ? name !== 'settings' : everyDay.includes(name)))

beTolerant()

interface Lane {
  readonly mock: MockService
  readonly open: OpenTab
}
const found = new Map<string, Crawled>()
let browser: Browser
let lanes: readonly Lane[] = []

beforeAll(
  async () => {
    const dist = await builtTab()
    browser = await openBrowser()
    const started = Date.now()
    lanes = await Promise.all(Array.from({ length: laneCount }, () => openLane(dist)))
    const waiting = [...pages]
    await Promise.all(
      lanes.map(async (lane) => {
        for (let page = waiting.shift(); page; page = waiting.shift()) found.set(page.name, await crawlPage(lane, page))
      }),
    )
    const count = [...found.values()].reduce((sum, { pressed }) => sum + pressed.length, 0)
    console.log(`${count} controls of ${pages.length} pages in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  },
  isDrill ? 3_600_000 : patience.start,
)
afterAll(async () => {
  await Promise.all(lanes.map(({ open }) => open.context.close()))
  await browser.close()
  await Promise.all(lanes.map(({ mock }) => mock.close()))
})

async function openLane(dist: string): Promise<Lane> {
  const mock = await startMockService({ dist })
  const open = await openTab(browser, mock, '/overview')
  await countEffects(open.page)
  return { mock, open }
}

async function crawlPage({ mock, open }: Lane, page: (typeof matrix)[number]): Promise<Crawled> {
  const all: Crawled = { pressed: [], faults: [] }
  const known = new Set<string>()
  for (const state of crawled) {
    const cell = page.cells[state]
    if ('without' in cell) continue
    const within = page.name === 'overview' ? 'body' : 'main'
    const one = await crawl(open, mock, {
      path: cell.path ?? page.path,
      prepare: cell.prepare,
      shows: cell.shows,
      within,
      rows,
      known,
    }).catch((error: unknown) => ({
      pressed: [],
      faults: [`${state}: ${String(error)}`],
    }))
    all.pressed.push(...one.pressed)
    all.faults.push(...one.faults.map((fault) => `${state}: ${fault}`))
  }
  return all
}

test.each(pages)('$name: every control that is open does something', async (one) => {
  const [lane] = lanes
  // A second attempt presses anew.
  const crawledNow = found.get(one.name) ?? (lane && (await crawlPage(lane, one)))
  found.delete(one.name)
  const { faults, pressed } = crawledNow ?? { faults: ['not crawled'], pressed: [] }
  expect(faults).toEqual([])
  expect(pressed.length).toBeGreaterThan(0)
})

test('a control that does nothing, and a link that leaves the product, are found', async () => {
  const [lane] = lanes
  if (!lane) throw new Error('There is no window.')
  const { page } = lane.open
  await page.addInitScript(() => {
    const plant = (): void => {
      const main = document.querySelector('main:not([aria-busy])')
      if (!main || document.getElementById('planted')) return
      const dead = Object.assign(document.createElement('button'), { type: 'button', id: 'planted', textContent: 'Dead control' })
      const leaving = Object.assign(document.createElement('a'), {
        href: 'https://elsewhere.example/',
        target: '_blank',
        textContent: 'Away',
      })
      main.append(dead, leaving)
    }
    document.addEventListener('DOMContentLoaded', () => new MutationObserver(plant).observe(document, { childList: true, subtree: true }))
  })
  const { faults } = await crawl(lane.open, lane.mock, {
    path: '/receipts',
    prepare: () => undefined,
    shows: 'Countersigned changes',
    within: 'main',
    rows,
    known: new Set(),
  })
  expect(faults).toEqual([
    'button “Dead control” does nothing',
    'a “Away” leads to https://elsewhere.example/',
    'a “Away” leaves without rel="noopener"',
  ])
})
