const broken = /[\0\p{Surrogate}]/u

/** Whether a text can be kept as it is: a text column has no place for U+0000, and UTF-8 none for half of a surrogate pair. */
export function isWholeText(text: string): boolean {
  return !broken.test(text)
}

/** The text with U+FFFD in place of what cannot be kept. */
export function madeWhole(text: string): string {
  return text.replaceAll(new RegExp(broken, 'gu'), '\uFFFD')
}

/** Places of texts and member names that cannot be kept as they are, each with its path below the given one. */
export function brokenTexts(path: string, value: unknown): string[] {
  if (typeof value === 'string') return isWholeText(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    ...(isWholeText(name) ? [] : [path]),
    ...brokenTexts(isWholeText(name) ? `${path}.${name}` : path, member),
  ])
}
