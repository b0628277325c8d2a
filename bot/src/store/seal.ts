import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** The deployment's key of 32 bytes with its public name, a digest, by which a wrong key is told from broken data. */
export interface DeploymentKey {
  readonly id: string
  readonly bytes: Buffer
}

export const sealAlgorithm = 'AES-256-GCM'
const nonceBytes = 12
const tagBytes = 16

export function makeDeploymentKey(bytes: Uint8Array): DeploymentKey {
  if (bytes.length !== 32)
    throw new Error(`The deployment key has ${bytes.length} bytes; it must have 32 (DEPLOYMENT_KEY, base64 of 32 random bytes).`)
  return {
    id: createHash('sha256').update('countersign deployment key').update(bytes).digest('hex').slice(0, 16),
    bytes: Buffer.from(bytes),
  }
}

export function randomKey(): Buffer {
  return randomBytes(32)
}

/** AES-256-GCM with a fresh nonce: nonce, ciphertext and tag in one buffer. `bound` is authenticated and must be given again to open it. */
export function seal(key: Buffer, plaintext: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(bound, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** Throws when the key, the bytes or what they are bound to differ. */
export function unseal(key: Buffer, sealed: Buffer, bound: string): Buffer {
  if (sealed.length < nonceBytes + tagBytes)
    throw new Error('A sealed value is shorter than its nonce and tag: the stored bytes are damaged.')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(bound, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()])
}
