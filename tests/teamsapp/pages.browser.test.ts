import { expect, test } from '@jest/globals'
import { proposalIds } from './sample-posture.ts'
import { faultsInLooks } from './tab-browser.ts'
import { withTab } from './with-tab.ts'

const { show } = await withTab()

// All pages and states are in the matrix, inside Teams; here, that a plain browser's own scheme and window do the same.
test.each(['/overview', `/findings/guest-owns-privileged-app?proposal=${proposalIds.open}`, `/receipts/${proposalIds.done}`])(
  'in a plain browser %s follows the scheme, fits at 1440 and 360 pixels, passes axe and complains about nothing',
  async (path) => {
    const open = await show(path)
    expect(await faultsInLooks(open, ['light', 'dark'], [1440, 360])).toEqual([])
    expect(open.complaints).toEqual([])
  },
)
