import { expect, test } from '@jest/globals'
import { proposalIds } from './sample-posture.ts'
import { axeViolations, overflow, turnTo } from './tab-browser.ts'
import { withTab } from './with-tab.ts'

const { show } = await withTab()

// All pages and states are in the matrix, inside Teams; here, that a plain browser's own scheme and window do the same.
test.each(['/overview', `/findings/guest-owns-privileged-app?proposal=${proposalIds.open}`, `/receipts/${proposalIds.done}`])(
  'in a plain browser %s follows the scheme, fits at 1440 and 360 pixels, passes axe and complains about nothing',
  async (path) => {
    const open = await show(path)
    for (const width of [1440, 360])
      for (const look of ['light', 'dark'] as const) {
        await turnTo(open, look, width)
        const over = Math.max(0, await overflow(open))
        expect({ look, width, over, axe: await axeViolations(open) }).toEqual({ look, width, over: 0, axe: [] })
      }
    expect(open.complaints).toEqual([])
  },
)
