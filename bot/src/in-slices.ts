import { setImmediate as breathe } from 'node:timers/promises'

/** Some milliseconds of work for rows as Graph's lists hold them. */
const slice = 128

/**
 * Maps a long list in slices, between which whatever has arrived meanwhile has its turn: a page that takes the thread for 20 ms at a stretch
 * keeps every other list from asking for its next one.
 */
export async function mapInSlices<Item, Result>(items: readonly Item[], map: (item: Item, index: number) => Result): Promise<Result[]> {
  const results: Result[] = []
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % slice === 0) await breathe()
    results.push(map(item, index))
  }
  return results
}
