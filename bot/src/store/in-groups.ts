/**
 * The items in groups, in their order, each group at most so large that all of it can be in memory at once. An item that is larger by itself
 * is a group of its own.
 */
export function* inGroups<Item>(items: readonly Item[], most: number, sizeOf: (item: Item) => number): Iterable<readonly Item[]> {
  let group: Item[] = []
  let size = 0
  for (const item of items) {
    const own = sizeOf(item)
    if (group.length > 0 && size + own > most) {
      yield group
      group = []
      size = 0
    }
    group.push(item)
    size += own
  }
  if (group.length > 0) yield group
}
