import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { builtTab } from './built-tab.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { proposalIds } from './sample-posture.ts'
import { axeViolations, goTo, openTab, overflow, turnTo, type OpenTab } from './tab-browser.ts'

let browser: Browser
let service: MockService
let open: OpenTab

beforeAll(async () => {
  service = await startMockService({ dist: await builtTab() })
  browser = await openBrowser()
  open = await openTab(browser, service, '/overview')
}, 180_000)
afterAll(async () => {
  await open.context.close()
  await browser.close()
  await service.close()
})

// All pages and states are in the matrix, inside Teams; here, that a plain browser's own scheme and window do the same.
test.each(['/overview', `/findings/guest-owns-privileged-app?proposal=${proposalIds.open}`, `/receipts/${proposalIds.done}`])(
  'in a plain browser %s follows the scheme, fits at 1440 and 360 pixels, passes axe and complains about nothing',
  async (path) => {
    await goTo(open, service, path, 'light')
    for (const width of [1440, 360])
      for (const look of ['light', 'dark'] as const) {
        await turnTo(open, look, width)
        const over = Math.max(0, await overflow(open))
        expect({ look, width, over, axe: await axeViolations(open) }).toEqual({ look, width, over: 0, axe: [] })
      }
    expect(open.complaints).toEqual([])
  },
)
