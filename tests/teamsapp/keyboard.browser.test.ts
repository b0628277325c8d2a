import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { focused, focusOf, focusOn, focusWithin, tabTo } from './keys.ts'
import { matrix } from './matrix.ts'
import { overview } from './sample-posture.ts'
import { runningScan } from './sample-history.ts'
import { withTab } from './with-tab.ts'

const { service, show: showWith } = await withTab()

const show = async (path: string): Promise<Page> => (await showWith(path)).page

/** The heading has the focus once a page is there: back to the first thing of the document. */
async function toTheTop(page: Page): Promise<void> {
  const isFirst = await page.evaluate(() => {
    const first = document.querySelector<HTMLElement>('a[href], button, input, select, [tabindex="0"]:not([data-tabster-dummy])')
    first?.focus()
    return first?.textContent === 'Skip to the page'
  })
  if (!isFirst) throw new Error('The way past the header is not the first thing that a keyboard meets.')
}

const fullPages = matrix.flatMap(({ name, path, cells: { full } }) =>
  'without' in full || name === 'sign-in' ? [] : [{ name, path: full.path ?? path, full }],
)

/** Every day every third page; in the drill all. */
const tabbedPages = fullPages.filter((_, place) => process.env['DRILL'] === '1' || place % 3 === 0)

test.each(tabbedPages)('$name: Tab leads through all of it, the focus is never lost and always seen', async ({ path, full }) => {
  full.prepare(service)
  const page = await show(path)
  await toTheTop(page)
  const unseen = new Set<string>()
  const met: string[] = []
  for (let presses = 0; presses < 40; presses += 1) {
    if (presses > 0) await page.keyboard.press('Tab')
    const { what, isLost, isSeen } = await focusOf(page)
    // After the last control the focus leaves the page for the browser's own.
    if (isLost) break
    met.push(what)
    if (!isSeen) unseen.add(what)
  }
  expect(met[0]).toContain('Skip to the page')
  expect(met.length).toBeGreaterThan(5)
  expect([...unseen]).toEqual([])
})

describe('the focus', () => {
  test('goes past the header by the first link, and the address stays', async () => {
    const page = await show('/findings?search=guest')
    await toTheTop(page)
    await page.keyboard.press('Enter')
    await focused(page.locator('h1'))
    expect(page.url()).toContain('/findings?search=guest')
  })

  test('stays in a dialog, and returns to what opened it', async () => {
    const page = await show('/settings/exceptions')
    const opener = page.getByRole('button', { name: 'Declare an exception' })
    await tabTo(page, opener)
    await page.keyboard.press('Enter')
    await focusWithin(page.getByRole('dialog'))
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab')
      expect((await focusOf(page)).isLost).toBe(false)
      expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await focusOn(page, /Declare an exception/)
  })

  test('is not lost while a scan begins, goes on and ends', async () => {
    const page = await show('/overview')
    await tabTo(page, page.getByRole('banner').getByRole('button', { name: 'Scan now' }))
    await page.keyboard.press('Enter')
    await page.getByText('Scanning: 1 of 218').waitFor()
    await focusOn(page)
    service.state.overview = { ...overview, runningScan: runningScan(90) }
    service.emit('scan.progressed', 'x')
    await page.getByText('Scanning: 90 of 218').waitFor()
    await focusOn(page)
    service.state.overview = overview
    service.emit('scan.finished', 'x')
    await page.getByText('Scanning: 90 of 218').waitFor({ state: 'detached' })
    await focusOn(page)
  })

  test('is heard of when it cannot be seen', async () => {
    const page = await show('/receipts')
    await page.evaluate(() => {
      const bare = Object.assign(document.createElement('div'), { tabIndex: 0, textContent: 'bare' })
      bare.style.outline = 'none'
      document.body.append(bare)
      bare.focus()
    })
    expect((await focusOf(page)).isSeen).toBe(false)
  })
})

test.each(fullPages.filter(({ name }) => ['overview', 'changes', 'person', 'application'].includes(name)))(
  '$name: every picture has its figures in words or a table within reach',
  async ({ path, full }) => {
    full.prepare(service)
    const page = await show(path)
    const charts = page.locator('main svg[role="img"], main [role="slider"]')
    const without = await charts.evaluateAll((all) =>
      all
        .filter((chart) => chart.getClientRects().length > 0 && chart.clientWidth > 60)
        .filter((chart) => {
          const card = chart.closest('section') ?? document.body
          const offers = [...card.querySelectorAll('button')].some((button) => /as (a )?(table|list)/i.test(button.textContent ?? ''))
          return !offers && card.querySelector('table, ol, ul') === null
        })
        .map((chart) => chart.getAttribute('aria-label') ?? 'unnamed'),
    )
    expect(without).toEqual([])
  },
)

describe('with reduced motion', () => {
  async function moving(page: Page): Promise<string[]> {
    return page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1 && animation.playState === 'running')
        .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.id || 'transition')),
    )
  }

  test('nothing moves, also while a page is loading or a dialog opens; what does is found', async () => {
    const page = await show('/settings/exceptions')
    await page.getByRole('button', { name: 'Declare an exception' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await moving(page)).toEqual([])
    await page.keyboard.press('Escape')
    service.state.held.add('list-receipts')
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Receipts' }).click()
    await page.getByRole('status', { name: 'Loading' }).waitFor()
    expect(await moving(page)).toEqual([])
    const long = { duration: 5000, iterations: Infinity, id: 'planted' }
    await page.evaluate((timing) => void document.body.animate([{ opacity: 1 }, { opacity: 0.9 }], timing), long)
    expect(await moving(page)).toEqual(['planted'])
  })
})
