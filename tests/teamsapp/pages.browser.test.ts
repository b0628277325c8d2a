import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { teamsHostAt } from '../e2e/teams-host/host-page.ts'
import { builtTab } from './built-tab.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { sponsored } from './sample-history.ts'
import { clean, firstRun, overview, proposalIds, runningScan } from './sample-posture.ts'
import { axeViolations, goTo, openTab, overflow, turnTo, type Look, type OpenTab } from './tab-browser.ts'

let browser: Browser
let service: MockService

beforeAll(async () => {
  service = await startMockService({ dist: await builtTab(), extra: teamsHostAt })
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await service.close()
})

interface Shown {
  readonly name: string
  readonly path: string
  readonly prepare?: () => void
}

const pages: readonly Shown[] = [
  { name: 'overview', path: '/overview' },
  {
    name: 'overview while scanning',
    path: '/overview',
    prepare: () => void (service.state.overview = { ...overview, runningScan: runningScan(131) }),
  },
  { name: 'overview before the first scan', path: '/overview', prepare: () => void (service.state.overview = firstRun) },
  { name: 'overview with nothing open', path: '/overview', prepare: () => void (service.state.overview = clean) },
  { name: 'findings', path: '/findings' },
  { name: 'finding with a proposal', path: `/findings/guest-owns-privileged-app?proposal=${proposalIds.open}` },
  { name: 'changes', path: '/changes' },
  { name: 'receipts', path: '/receipts' },
  { name: 'receipt', path: `/receipts/${proposalIds.done}` },
  { name: 'receipt that waits', path: `/receipts/${proposalIds.waiting}` },
  { name: 'receipt with a broken seal', path: `/receipts/${proposalIds.old}` },
  { name: 'trust', path: '/trust' },
  { name: 'settings', path: '/settings' },
  { name: 'settings, permissions', path: '/settings/permissions' },
  { name: 'settings, exceptions', path: '/settings/exceptions' },
  { name: 'settings with scheduled scans', path: '/settings/scans', prepare: () => void (service.state.sponsor = sponsored) },
]
const looks: readonly Look[] = ['light', 'dark', 'contrast']

// Each page is loaded once in a plain browser and once in Teams, and then turned to the other looks and widths.
describe.each([
  { where: 'a browser', first: 'light', shown: ['light', 'dark'] },
  { where: 'Teams', first: 'contrast', shown: ['contrast'] },
] as const)('in $where, $shown', ({ first, shown }) => {
  let open: OpenTab
  beforeAll(async () => {
    service.reset()
    open = await openTab(browser, service, '/overview', { look: first })
  })
  afterAll(() => open.context.close())

  test.each(pages)('$name fits at 1440 and 360 pixels, passes axe and complains about nothing', async ({ path, prepare }) => {
    service.reset()
    prepare?.()
    await goTo(open, service, path, first)
    for (const width of [1440, 360])
      for (const look of shown) {
        await turnTo(open, look, width)
        const over = Math.max(0, await overflow(open))
        expect({ look, width, over, axe: await axeViolations(open) }).toEqual({ look, width, over: 0, axe: [] })
      }
    expect(open.complaints).toEqual([])
  })
})

test.each(looks)('a planted violation is caught in %s', async (look) => {
  service.reset()
  const open = await openTab(browser, service, '/overview', { look })
  await open.tab.locator('main').evaluate((main) => {
    const faint = Object.assign(document.createElement('p'), { textContent: 'Hardly to be read' })
    Object.assign(faint.style, { color: '#808080', background: '#909090' })
    main.append(faint, Object.assign(document.createElement('button'), { type: 'button' }))
  })
  const violations = (await axeViolations(open)).join('\n')
  expect(violations).toContain('button-name')
  expect(violations).toContain('color-contrast')
  await open.context.close()
})

test('a planted style without the nonce is refused and heard of', async () => {
  service.reset()
  const open = await openTab(browser, service, '/overview')
  await open.tab
    .locator('head')
    .evaluate((head) => head.append(Object.assign(document.createElement('style'), { textContent: 'body{outline:1px solid}' })))
  await open.page.waitForTimeout(100)
  expect(open.complaints.join('\n')).toContain('style-src')
  await open.context.close()
})

test('a planted wide thing is measured', async () => {
  service.reset()
  const open = await openTab(browser, service, '/overview', { width: 360 })
  await open.tab.locator('main').evaluate((main) => {
    const wide = document.createElement('div')
    wide.style.width = '500px'
    wide.textContent = 'wide'
    main.append(wide)
  })
  expect(await overflow(open)).toBeGreaterThan(0)
  await open.context.close()
})
