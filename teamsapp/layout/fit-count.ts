/** Pixels between two pages of the header, and those of its "More". */
export const gap = 2
const moreWidth = 104

/** How many of these widths fit, leaving room for "More" unless all do. */
export function fitCount(widths: readonly number[], room: number): number {
  const total = widths.reduce((sum, width) => sum + width + gap, 0)
  if (total <= room) return widths.length
  let used = moreWidth
  let count = 0
  for (const width of widths) {
    used += width + gap
    if (used > room) break
    count += 1
  }
  return count
}
