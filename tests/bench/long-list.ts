import type { Locator, Page } from 'playwright-core'

/** A long list of findings, open at its first row. */
export async function openLongList(page: Page, origin: string): Promise<Locator> {
  await page.goto(`${origin}/findings?view=objects`)
  const grid = page.getByRole('grid')
  await grid.locator('[aria-rowindex="2"]').getByRole('rowheader').getByRole('link').waitFor()
  return grid
}

/** Scrolls from the first to the last row, so many pixels a frame, and answers the most rows that were in the page at once. */
export async function scrollThrough(grid: Locator, pixels: number): Promise<number> {
  const most = await grid.evaluate(async (element, step) => {
    const { scrollHeight } = element
    let rows = 0
    for (let top = 0; top < scrollHeight; top += step) {
      element.scrollTop = top
      await new Promise((resolve) => requestAnimationFrame(resolve))
      // Not within the frame, whose own work would then be counted twice.
      await new Promise((resolve) => setTimeout(resolve))
      rows = Math.max(rows, element.querySelectorAll('[role="row"]').length)
    }
    element.scrollTop = scrollHeight
    return rows
  }, pixels)
  const last = await grid.getAttribute('aria-rowcount')
  await grid
    .locator(`[aria-rowindex="${last ?? ''}"]`)
    .getByRole('rowheader')
    .getByRole('link')
    .waitFor()
  return Math.max(most, await grid.getByRole('row').count())
}
