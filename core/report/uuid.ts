import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Namespace of everything that Countersign names in a report; drawn once at random. */
const ours = 'b3c0f6f2-6f0e-4a51-9d0f-6b1f1b1d7c24'

/** A version 5 UUID (RFC 9562): the same parts give the same one, everywhere and always. */
export function uuidOf(...parts: readonly string[]): string {
  // A part cannot hold a NUL, so that no two lists of parts read alike.
  const name = utf8ToBytes(parts.map((part) => part.replaceAll('\0', '')).join('\0'))
  const hash = sha1(concatBytes(hexToBytes(ours.replaceAll('-', '')), name)).slice(0, 16)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return bytesToHex(hash).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
