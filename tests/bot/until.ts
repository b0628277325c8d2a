import { setTimeout as wait } from 'node:timers/promises'

/** Looks until there is something to see, and answers it; how long that may take is for the test's own limit to say. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, everyMs = 50): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await wait(everyMs)
  }
}
