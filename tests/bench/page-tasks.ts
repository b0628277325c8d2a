import type { Page } from 'playwright-core'
import { z } from 'zod'

/** Chromium's trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds of processor time. */
  tdur: z.number().optional(),
  args: z.object({ name: z.string().optional() }).optional(),
})
const traceSchema = z.object({ traceEvents: z.array(eventSchema.catch({ name: '', ph: '', pid: 0, tid: 0 })) })

/**
 * Milliseconds of processor time of each task that the page's main thread did while `run` went on. Time in which the thread waited for a
 * processor does not count, so that a machine that does other things besides tells nearly the same.
 */
export async function tasksWhile(page: Page, run: () => Promise<void>): Promise<readonly number[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page has no browser that could be traced.')
  await browser.startTracing(page, { categories: ['toplevel'] })
  await run()
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')))
  const threads = traceEvents
    .filter(({ name, ph, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) =>
      traceEvents
        .filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name.endsWith('RunTask'))
        .map(({ tdur = 0 }) => tdur / 1000),
    )
  // Chromium keeps a process ready for the next page: it has a main thread, too, which does nothing.
  return threads.sort((one, other) => sum(other) - sum(one))[0] ?? []
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
