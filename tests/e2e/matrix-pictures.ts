import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { matrix } from '../teamsapp/matrix.ts'
import { states } from '../teamsapp/matrix/cell.ts'
import { closeLanes, inLanes, looks, openLanes, showCell, throughLooks, widths } from '../teamsapp/matrix/lane.ts'

const laneCount = 2

/** Pictures of every page in every state, theme and width whose name has the word; gives how many were written. */
export async function takeMatrix(browser: Browser, options: { dist: string; out: string; only: string }): Promise<number> {
  const named = matrix.flatMap((page) =>
    states.flatMap((state) => {
      const cell = page.cells[state]
      const name = `${page.name}-${state}`
      const isWanted = looks.some((look) => widths.some((width) => `${name}-${look}-${width}`.includes(options.only)))
      return 'without' in cell || !isWanted ? [] : [{ name, page, cell }]
    }),
  )
  if (named.length === 0) return 0
  const lanes = await openLanes(browser, options.dist, Math.min(laneCount, named.length))
  let count = 0
  await inLanes(lanes, named, async (lane, { name, page, cell }) => {
    await showCell(lane, page, cell).catch((error: unknown) => console.error(`${name} is not as the table says: ${String(error)}`))
    const { page: window, tab } = lane.open
    await throughLooks(lane, looks, async (look, width) => {
      const file = `${name}-${look}-${width}`
      if (!file.includes(options.only)) return
      // The tab scrolls inside its frame: the window grows to what it shows.
      const height = await tab.locator('body').evaluate((body) => body.scrollHeight)
      await window.setViewportSize({ width, height: Math.max(height, 600) })
      await window.waitForTimeout(100)
      await window.screenshot({ path: join(options.out, `${file}.png`) })
      count += 1
    })
  })
  await closeLanes(lanes)
  return count
}
