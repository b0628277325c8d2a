/** Beyond any test's own limit: whoever waits in vain is told by that, and nothing goes on waiting after it. */
const longestMs = 120_000

/** Waits until something is so that a page cannot show, such as a request that arrived. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + longestMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('What was waited for did not come.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
