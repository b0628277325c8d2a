import { parseJson } from '@countersign/core/parse-json.ts'

/** No link to a next page is longer than this part of an answer. */
const headLength = 16_384

/**
 * The link to the next page, taken out of the text of an answer so that the page can be asked for before this one is parsed. Graph writes
 * it before `value`. Only a member of the outermost object that stands before any list or object counts: what stands in a row, a display
 * name for example, was written by somebody else and is never reached. Undefined when it stands elsewhere; the parsed answer tells then.
 */
export function earlyNextLink(text: string): string | undefined {
  const head = text.slice(0, headLength)
  let at = skip(head, 0, /[\t\n\r ]*/y)
  if (head[at] !== '{') return undefined
  for (;;) {
    const keyAt = skip(head, at + 1, /[\t\n\r ]*/y)
    const key = readString(head, keyAt)
    if (key === undefined) return undefined
    const colonAt = skip(head, key.end, /[\t\n\r ]*/y)
    if (head[colonAt] !== ':') return undefined
    const valueAt = skip(head, colonAt + 1, /[\t\n\r ]*/y)
    const value = readString(head, valueAt)
    if (key.text === '@odata.nextLink') return value?.text
    const end = value?.end ?? skip(head, valueAt, /-?\d[\d.eE+-]*|true|false|null/y)
    if (end === valueAt) return undefined
    at = skip(head, end, /[\t\n\r ]*/y)
    if (head[at] !== ',') return undefined
  }
}

/** Where the pattern ends, or the same place when it does not stand there. */
function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function readString(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const end = skip(text, at, /"(?:[^"\\]|\\.)*"/y)
  const value = end === at ? undefined : parseJson(text.slice(at, end))
  return typeof value === 'string' ? { text: value, end } : undefined
}
