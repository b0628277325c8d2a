import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { callService, signIn } from '../../tools/stack/connect-aid.ts'
import { startStack } from '../../tools/stack/stack.ts'
import { openBrowser } from '../e2e/browser.ts'
import { builtTab } from '../teamsapp/built-tab.ts'
import { startMockService } from '../teamsapp/mock-service.ts'
import { manyObjects } from '../teamsapp/sample-objects.ts'
import type { Bench } from './figures.ts'

const scanSchema = z.object({ id: z.string(), state: z.string() })
const underWay = ['queued', 'collecting', 'judging']
/** Cold loads of each kind; the median is given. */
const loads = 9
const look = { viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', ignoreHTTPSErrors: true } as const
const findings = 10_000

declare global {
  interface Window {
    /** Milliseconds from the start of the navigation to the frame that painted the score. */
    scorePaintedAt?: number
    longTasks?: number[]
  }
}

/** The tab in a real browser: the overview with the real service and the demo tenant, and a long list with made-up findings. */
export async function measureScreens(bench: Bench): Promise<void> {
  const dist = await builtTab()
  const browser = await openBrowser()
  try {
    await measureColdLoads(bench, browser)
    await measureLongList(bench, browser, dist)
  } finally {
    await browser.close()
  }
}

async function measureColdLoads(bench: Bench, browser: Browser): Promise<void> {
  const stack = await startStack()
  try {
    const { origin } = stack
    await scanOnce(origin)
    const storageState = await signedIn(browser, origin)
    for (const slowDown of [1, 4]) {
      const runs: number[] = []
      // The first load of each kind warms the service and the disk, not the browser: each has a context of its own.
      for (let load = 0; load <= loads; load++) {
        const took = await coldLoad(browser, origin, { ...look, storageState }, slowDown)
        if (load > 0) runs.push(took)
      }
      bench.add(
        `screens.overview.score.${slowDown}x`,
        `cold load of the overview until the score is painted, processor ${slowDown === 1 ? 'as it is' : `${slowDown} times slower`}`,
        'ms',
        runs,
      )
    }
  } finally {
    await stack.stop()
  }
}

async function scanOnce(origin: string): Promise<void> {
  const ada = await signIn(origin, 'ada@contoso-demo.example')
  let scan = scanSchema.parse(await callService(ada, origin, 'POST', '/api/scans', {}))
  while (underWay.includes(scan.state)) {
    await wait(100)
    scan = scanSchema.parse(await callService(ada, origin, 'GET', `/api/scans/${scan.id}`))
  }
  if (scan.state !== 'finished') throw new Error(`The scan ended as ${scan.state}.`)
}

/** What a browser holds of somebody who has signed in. */
async function signedIn(browser: Browser, origin: string): Promise<NonNullable<BrowserContextOptions['storageState']>> {
  const context = await browser.newContext(look)
  const page = await context.newPage()
  await page.goto(origin)
  await page
    .getByRole('link', { name: 'Sign in' })
    .or(page.getByRole('button', { name: 'Sign in' }))
    .click()
  await page.getByText('Ada Lindqvist').click()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 2, name: 'Posture score' }).waitFor()
  const state = await context.storageState()
  await context.close()
  return { ...state, origins: [] }
}

async function coldLoad(browser: Browser, origin: string, options: BrowserContextOptions, slowDown: number): Promise<number> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      const card = [...document.querySelectorAll('section')].find((one) => one.querySelector('h2')?.textContent === 'Posture score')
      if (![...(card?.querySelectorAll('span') ?? [])].some(({ textContent }) => /^\d/.test(textContent ?? ''))) return
      seen.disconnect()
      // A task that is posted from within a frame runs once that frame was painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => void (window.scorePaintedAt = performance.now())
        port2.postMessage(undefined)
      })
    })
    seen.observe(document, { childList: true, subtree: true, characterData: true })
  })
  await page.goto(`${origin}/overview`)
  const painted = await page.waitForFunction(() => window.scorePaintedAt)
  const took = Math.round((await painted.jsonValue()) ?? 0)
  await context.close()
  return took
}

async function measureLongList(bench: Bench, browser: Browser, dist: string): Promise<void> {
  const mock = await startMockService({ dist })
  mock.state.objects = manyObjects(findings)
  const most: number[] = []
  const longest: number[] = []
  for (let round = 0; round < 5; round++) {
    const context = await browser.newContext(look)
    const measured = await scrollThrough(await context.newPage(), mock.url)
    most.push(measured.most)
    longest.push(measured.longest)
    await context.close()
  }
  await mock.close()
  bench.add('screens.findings.10000.rows', `most rows in the page while ${findings} findings are scrolled`, 'rows', most)
  bench.add(
    'screens.findings.10000.longestTask',
    `longest task while ${findings} findings are scrolled; 0 is none over 50 ms`,
    'ms',
    longest,
  )
}

async function scrollThrough(page: Page, origin: string): Promise<{ most: number; longest: number }> {
  await page.goto(`${origin}/findings?view=objects`)
  const grid = page.getByRole('grid')
  await grid.locator('[aria-rowindex="2"]').waitFor()
  await page.evaluate(() => {
    const tasks: number[] = (window.longTasks = [])
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  })
  const most = await grid.evaluate(async (element) => {
    const scroller = [element, ...element.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight + 1000) ?? element
    let rows = 0
    for (let top = 0; top < scroller.scrollHeight; top += 1140) {
      scroller.scrollTop = top
      await new Promise((resolve) => requestAnimationFrame(resolve))
      rows = Math.max(rows, element.querySelectorAll('[role="row"]').length)
    }
    return rows
  })
  await grid.locator(`[aria-rowindex="${findings + 1}"]`).waitFor()
  return { most, longest: Math.round(Math.max(0, ...(await page.evaluate(() => window.longTasks ?? [])))) }
}
