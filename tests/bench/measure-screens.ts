import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { z } from 'zod'
import { callService, signIn } from '../../tools/stack/connect-aid.ts'
import { startStack } from '../../tools/stack/stack.ts'
import { openBrowser } from '../e2e/browser.ts'
import { builtTab } from '../teamsapp/built-tab.ts'
import { startMockService } from '../teamsapp/mock-service.ts'
import { manyObjects } from '../teamsapp/sample-objects.ts'
import type { Bench } from './figures.ts'
import { openLongList, scrollThrough } from './long-list.ts'
import { tasksWhile } from './page-tasks.ts'

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
      const work: number[] = []
      // The first load of each kind warms the service and the disk, not the browser: each has a context of its own.
      for (let load = 0; load <= loads; load++) {
        const { took, worked } = await coldLoad(browser, origin, { ...look, storageState }, slowDown)
        if (load > 0) {
          runs.push(took)
          work.push(worked)
        }
      }
      const processor = slowDown === 1 ? 'as it is' : `${slowDown} times slower`
      bench.add(
        `screens.overview.score.${slowDown}x`,
        `cold load of the overview until the score is painted, processor ${processor}`,
        'ms',
        runs,
      )
      bench.add(
        `screens.overview.work.${slowDown}x`,
        `processor time of the page’s main thread in that, processor ${processor}`,
        'ms',
        work,
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

/** Milliseconds by the clock, and of processor time. */
interface ColdLoad {
  readonly took: number
  readonly worked: number
}

async function coldLoad(browser: Browser, origin: string, options: BrowserContextOptions, slowDown: number): Promise<ColdLoad> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
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
  const { metrics } = await session.send('Performance.getMetrics')
  const worked = Math.round((metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000)
  await context.close()
  return { took, worked }
}

async function measureLongList(bench: Bench, browser: Browser, dist: string): Promise<void> {
  const mock = await startMockService({ dist })
  mock.state.objects = manyObjects(findings)
  const most: number[] = []
  const longest: number[] = []
  for (let round = 0; round < 5; round++) {
    const context = await browser.newContext(look)
    const page = await context.newPage()
    const grid = await openLongList(page, mock.url)
    const tasks = await tasksWhile(page, async () => void most.push(await scrollThrough(grid, 1140)))
    longest.push(Math.round(Math.max(...tasks)))
    await context.close()
  }
  await mock.close()
  bench.add('screens.findings.10000.rows', `most rows in the page while ${findings} findings are scrolled`, 'rows', most)
  bench.add(
    'screens.findings.10000.longestTask',
    `processor time of the longest task while ${findings} findings are scrolled, 20 new rows a frame`,
    'ms',
    longest,
  )
}
