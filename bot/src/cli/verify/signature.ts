import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** A public key from a PEM file; undefined when there is none in it. */
export async function readPublicKey(file: string): Promise<string | undefined> {
  const pem = await readFile(file, 'utf8').catch(() => undefined)
  return pem !== undefined && keyOf(pem) ? pem : undefined
}

/**
 * What is wrong with a signature, or undefined. With a key of the reader's own, the key in the file must be that very key:
 * whoever forges a file signs it with a key of theirs and puts that one in.
 */
export function signatureProblem(text: string, signature: string, keyInFile: string, pinned: string | undefined): string | undefined {
  const key = keyOf(keyInFile)
  if (!key) return 'the key in the file is no public key'
  const trusted = pinned === undefined ? key : keyOf(pinned)
  if (!trusted?.equals(key)) return 'it was signed with another key than the one you gave'
  return holds(text, signature, trusted) ? undefined : 'the signature over it does not hold'
}

function holds(text: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  // One signature has one spelling: what decodes to the same bytes is still an edit.
  if (bytes.toString('base64url') !== signature) return false
  try {
    return verify(null, Buffer.from(text, 'utf8'), key, bytes)
  } catch {
    return false
  }
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}
