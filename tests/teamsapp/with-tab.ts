import { afterAll, afterEach, beforeEach, expect } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { beTolerant, isSecondAttempt } from '../e2e/attempts.ts'
import { teamsHostAt } from '../e2e/teams-host/host-page.ts'
import { builtTab } from './built-tab.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { emptyWindow, openWindow, showIn, type OpenOptions, type OpenTab } from './tab-browser.ts'

export interface WithTab {
  readonly browser: Browser
  /** Reset before each test. */
  readonly service: MockService
  /** Shows a page of the tab; emptied after the test. */
  readonly show: (path: string, options?: OpenOptions) => Promise<OpenTab>
  /** The body of the last request to change something there. */
  readonly sent: (path: string, method?: string) => unknown
}

/**
 * The built tab, a mock of its service and one browser for a file of tests, which all use one window: a new one would take longer to open
 * than most tests to run; only a second attempt gets one of its own. With `forgives`, each test fails by what the window complained of, but for lines that match.
 *
 * To be awaited at the top of the file, where building may take its time.
 */
export async function withTab({ forgives }: { readonly forgives?: RegExp } = {}): Promise<WithTab> {
  const service = await startMockService({ dist: await builtTab(), extra: teamsHostAt })
  const browser = await openBrowser().catch(async (error: unknown) => {
    await service.close()
    throw error
  })
  let window = await openWindow(browser)
  beTolerant()
  beforeEach(async () => {
    service.reset()
    if (!isSecondAttempt()) return
    await window.context.close()
    window = await openWindow(browser)
  })
  afterEach(async () => {
    const complaints = [...window.complaints]
    // Whatever was held back is answered now, so that nothing is left to arrive in the next test.
    service.reset()
    await emptyWindow(window, service)
    if (forgives) expect(complaints.filter((line) => !forgives.test(line))).toEqual([])
  })
  afterAll(async () => {
    await browser.close()
    await service.close()
  })
  return {
    browser,
    service,
    show: (path, options) => showIn(window, service, path, options),
    sent: (path, method = 'POST') => service.seen.findLast((one) => one.path === path && one.method === method)?.body,
  }
}
