import { patience } from '../e2e/patience.ts'

/** Waits until something is so that a page cannot show, such as a request that arrived. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + patience.step
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('What was waited for did not come.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits until an expectation holds; one that never does fails with its own words. For what a page does a moment after what can be waited for. */
export async function soon(expectation: () => void | Promise<void>): Promise<void> {
  const end = Date.now() + patience.step
  for (;;) {
    try {
      return await expectation()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
