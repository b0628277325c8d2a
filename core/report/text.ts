/** Longest text that a report shows in one place; longer ones end in an ellipsis. */
const longest = 400

/** Control, bidirectional, zero-width, private and surrogate characters: they can hide or turn round what stands beside them. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]|[\u{E0100}-\u{E01EF}]/gu

/** Text of the tenant for one line of a report: everything that is written in it, and nothing that cannot be seen. */
export function plain(text: string, limit = longest): string {
  const line = visible(text).trim()
  if (line.length <= limit) return line
  return `${[...line].slice(0, limit - 1).join('')}…`
}

/** Everything that can be seen of a text, in one line. */
export function visible(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(invisible, '')
}
