export interface Begun<Item> {
  readonly items: AsyncIterable<Item>
  /** For whoever does without the items: ends the iteration, where it stands. */
  readonly drop: () => void
}

/** Takes the first step of an iteration at once, for whoever goes through it later. */
export function beginNow<Item>(source: AsyncIterable<Item>): Begun<Item> {
  const steps = source[Symbol.asyncIterator]()
  const first = steps.next()
  // Whoever goes through the items is told of a failure; nobody else waits for it.
  first.catch(() => undefined)
  return {
    items: {
      async *[Symbol.asyncIterator]() {
        try {
          for (let step = await first; step.done !== true; step = await steps.next()) yield step.value
        } finally {
          await steps.return?.()
        }
      },
    },
    drop: () => void steps.return?.().catch(() => undefined),
  }
}
