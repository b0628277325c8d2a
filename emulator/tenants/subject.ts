/** What a filter sees of a row that is passing. */
export interface Subject {
  /** The value at a path such as `signInActivity/lastSignInDateTime`; null where there is none. */
  value(path: string): unknown
  /** Whether a text begins with these letters (given in lower case), ignoring case. */
  startsWith(path: string, prefix: string): boolean
  /** The code of the text's first letter in lower case; 0 where there is none. */
  firstLetter(path: string): number
}

export type Matcher = (subject: Subject) => boolean

/** The codes of a text's first two letters in lower case. */
export function headOf(value: unknown): number {
  if (typeof value !== 'string' || value === '') return 0
  const lower = value.toLowerCase()
  return (lower.charCodeAt(0) | ((lower.length > 1 ? lower.charCodeAt(1) : 0) << 16)) >>> 0
}

/** The value at a path such as `initiatedBy/user/id`, the subject itself at the empty one; null where there is none. */
export function valueAt(subject: unknown, path: string): unknown {
  if (path === '') return subject
  let value = subject
  for (const step of path.split('/')) {
    if (typeof value !== 'object' || value === null) return null
    value = Object.hasOwn(value, step) ? Reflect.get(value, step) : null
  }
  return value ?? null
}

/** A row that is there in full, as filters see it. */
export function subjectOf(row: unknown): Subject {
  return {
    value: (path) => valueAt(row, path),
    firstLetter: (path) => headOf(valueAt(row, path)) & 0xffff,
    startsWith(path, prefix) {
      const value = valueAt(row, path)
      return typeof value === 'string' && value.toLowerCase().startsWith(prefix)
    },
  }
}
