import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { z } from 'zod'

const nonceBytes = 12
const tagBytes = 16

export interface StateSealer {
  /** Encrypts a small state for at most `seconds`; only this deployment can read it, and only for the same purpose. */
  readonly seal: (purpose: string, state: object, seconds: number) => string
  /** The state, or undefined when it was changed, made for something else, or is too old. */
  readonly open: <T>(purpose: string, sealed: string, schema: z.ZodType<T>) => T | undefined
}

/** What must survive a trip through the sign-in service (verifier, nonce, where to go) travels with the browser, encrypted: no row, no cleaning up, any process may answer. */
export function makeStateSealer(deploymentKey: Uint8Array, now: () => number): StateSealer {
  const key = Buffer.from(hkdfSync('sha256', deploymentKey, new Uint8Array(0), 'countersign sign-in state', 32))
  return {
    seal(purpose, state, seconds) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(purpose))
      const text = JSON.stringify({ endsAt: now() + seconds * 1000, state })
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    open(purpose, sealed, schema) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(purpose))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      const opened = decrypt(() =>
        Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8'),
      )
      if (opened === undefined) return undefined
      const { endsAt, state }: { endsAt?: unknown; state?: unknown } = Object(JSON.parse(opened))
      if (typeof endsAt !== 'number' || endsAt <= now()) return undefined
      const parsed = schema.safeParse(state)
      return parsed.success ? parsed.data : undefined
    },
  }
}

/** A wrong tag throws: it is the expected answer to a forged state. */
function decrypt(open: () => string): string | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}
