import { createHash } from 'node:crypto'

/** A stream of numbers in [0, 1) that depends on nothing but its key (sfc32 seeded from a hash). */
export function randomStream(key: string): () => number {
  const digest = createHash('sha256').update(key).digest()
  let a = digest.readUInt32LE(0),
    b = digest.readUInt32LE(4),
    c = digest.readUInt32LE(8),
    d = digest.readUInt32LE(12)
  return function next(): number {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
}

/** A version 4 shaped GUID that depends on nothing but its key. */
export function guidFor(key: string): string {
  const digest = createHash('sha256').update(key).digest()
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x40
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** Graph's opaque identifiers for grants and assignments: 43 characters of the URL-safe alphabet. */
export function opaqueIdFor(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}

/** One element of a list that is known not to be empty. */
export function pick<Item>(next: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(next() * items.length)]
  if (item === undefined) throw new Error('Nothing can be picked from an empty list.')
  return item
}
