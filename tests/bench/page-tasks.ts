import type { Page } from 'playwright-core'
import { z } from 'zod'

/** Chromium's trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds. */
  ts: z.number(),
  /** Microseconds of processor time. */
  tdur: z.number().optional(),
})
const traceSchema = z.object({ traceEvents: z.array(eventSchema.catch({ name: '', ph: '', pid: 0, tid: 0, ts: 0 })) })
const begin = 'countersign-tasks-begin'

/**
 * Milliseconds of processor time of each task that the page's main thread did while `run` went on. Time in which the thread waited for a
 * processor does not count, so that a machine that does other things besides tells nearly the same.
 */
export async function tasksWhile(page: Page, run: () => Promise<void>): Promise<readonly number[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser that could be traced.')
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  await page.evaluate((name) => performance.mark(name), begin)
  await run()
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')))
  const mark = traceEvents.find(({ name }) => name === begin)
  if (!mark) throw new Error('The trace does not tell which thread is the page’s.')
  return traceEvents
    .filter(({ name, ph, pid, tid, ts }) => name.endsWith('RunTask') && ph === 'X' && pid === mark.pid && tid === mark.tid && ts > mark.ts)
    .map(({ tdur = 0 }) => tdur / 1000)
}
