/** Rows as Graph's lists hold them that are some milliseconds of work. */
export const slice = 128

const waiting: (() => void)[] = []

/**
 * Lets whatever has arrived have its turn: answers of Graph, people's requests. All work that pauses so shares one place, and goes on one
 * after the other, one in each turn of the event loop: a dozen lists that are parsed and judged at once hold up the others no longer than one.
 */
export function breathe(): Promise<void> {
  return new Promise((goOn) => {
    waiting.push(goOn)
    if (waiting.length === 1) setImmediate(next)
  })
}

function next(): void {
  waiting[0]?.()
  waiting.shift()
  if (waiting.length > 0) setImmediate(next)
}

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
