import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** RFC 8785 canonical JSON: keys sorted by UTF-16 code units, no white space, ECMAScript numbers. Throws on a number JSON cannot hold. */
export function canonicalJson(value: Json): string {
  // The engine's own writer over a copy in the right order is several times faster than putting the text together here.
  return holdsOddKey(value) ? spelled(value) : JSON.stringify(inOrder(value))
}

/** Keys that an object of the language cannot hold in an order of our choice. */
function isOddKey(key: string): boolean {
  return key === '__proto__' || /^\d+$/.test(key)
}

function holdsOddKey(value: Json): boolean {
  if (value === null || typeof value !== 'object') return false
  if (isArray(value)) return value.some(holdsOddKey)
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (isOddKey(key) || (member !== undefined && holdsOddKey(member))) return true
  }
  return false
}

function inOrder(value: Json): Json {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`The number ${value} has no canonical JSON form.`)
  if (value === null || typeof value !== 'object') return value
  if (isArray(value)) return value.map(inOrder)
  const ordered: Record<string, Json> = {}
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) ordered[key] = inOrder(member)
  }
  return ordered
}

/** The same by hand, for any keys. */
function spelled(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(inOrder(value))
  if (isArray(value)) return `[${value.map(spelled).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key]
      return member === undefined ? [] : [`${JSON.stringify(key)}:${spelled(member)}`]
    })
  return `{${members.join(',')}}`
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** Lower-case hex SHA-256 of the UTF-8 text. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** Lower-case hex SHA-256 of the canonical JSON. */
export function digest(value: Json): string {
  return sha256Hex(canonicalJson(value))
}
