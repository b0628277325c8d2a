/** Longest name that a card shows; longer ones end in an ellipsis. */
const longest = 80

/** Control characters, bidirectional overrides and isolates, zero-width characters, byte-order marks, tag characters and variation selectors. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu
/** What Markdown, HTML or Adaptive Cards templating would read as markup. */
const markup = /[`*_~[\]<>|{}$\\#]/g

/** A name from the tenant, safe to show beside our own words: normalised, without invisible characters or markup, in one line, cut to 80 characters. */
export function cleanName(name: string): string {
  const plain = name.normalize('NFKC').replace(/\s+/gu, ' ').replace(invisible, '').replace(markup, '').replace(/ {2,}/g, ' ').trim()
  const characters = [...plain]
  if (characters.length === 0) return '(no name)'
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : plain
}
