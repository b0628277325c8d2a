const closing: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»' }
/** Stands for what is within quotation marks, one for one, so that places stay what they are. */
const hidden = '\u0000'

/** The text with everything in quotation marks hidden; undefined where a mark is not closed. */
export function maskQuotes(text: string): string | undefined {
  let masked = ''
  for (let place = 0; place < text.length;) {
    const end = closing[text.charAt(place)]
    if (end === undefined) {
      masked += text.charAt(place++)
      continue
    }
    const closes = text.indexOf(end, place + 1)
    if (closes < 0) return undefined
    masked += hidden.repeat(closes - place + 1)
    place = closes + 1
  }
  return masked
}

/** What stands before and after each place where one of these words stands alone, outside of quotation marks. The longest word counts. */
export function cutAt(text: string, words: readonly string[]): readonly { readonly before: string; readonly after: string }[] {
  const any = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(' ', '\\s+'))
    .join('|')
  const places = [...(maskQuotes(text) ?? '').matchAll(new RegExp(`(?<=^|\\s)(?:${any})(?=\\s|$)`, 'giu'))]
  return places.map(({ index, 0: found }) => ({ before: text.slice(0, index).trim(), after: text.slice(index + found.length).trim() }))
}

/** A part as it is meant: without the quotation marks around all of it. Undefined where marks stand within it or are not closed. */
export function unquoted(part: string): string | undefined {
  const masked = maskQuotes(part)
  if (masked === undefined) return undefined
  if (!masked.includes(hidden)) return part
  const isWhole =
    [...masked].every((character) => character === hidden) && part.indexOf(closing[part.charAt(0)] ?? '', 1) === part.length - 1
  const inside = part.slice(1, -1).trim()
  return isWhole && inside !== '' ? inside : undefined
}

/** A list with commas between its entries, each as it is meant; undefined where one is empty or unclear. */
export function listOf(text: string): readonly string[] | undefined {
  const masked = maskQuotes(text)
  if (masked === undefined) return undefined
  const entries: string[] = []
  let from = 0
  for (let place = 0; place <= masked.length; place++) {
    if (place < masked.length && masked.charAt(place) !== ',') continue
    const entry = unquoted(text.slice(from, place).trim())
    if (entry === undefined || entry === '') return undefined
    entries.push(entry)
    from = place + 1
  }
  return entries
}

/** The text without what is in quotation marks and without addresses: a name is not a word of the sentence. */
export function sentenceOf(text: string): string {
  return (maskQuotes(text) ?? text)
    .replaceAll(hidden, ' ')
    .split(' ')
    .filter((token) => !token.includes('@'))
    .join(' ')
    .trim()
}
