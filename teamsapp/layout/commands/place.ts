const pageStep = 8

/** Where a key leads in a list of so many; undefined for keys that belong to the field. */
export function placeAfter(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  if (key === 'PageDown') return Math.min(count - 1, at + pageStep)
  if (key === 'PageUp') return Math.max(0, at - pageStep)
  return undefined
}
