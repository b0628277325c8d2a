import { calculateJwkThumbprint, createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { CryptoKey, JWK, JWTPayload, JWTVerifyGetKey } from 'jose'

interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** The token-signing keys: one in use, and the earlier ones that are still published. */
export interface SigningKeys {
  /** Signs with the key in use. */
  sign(payload: JWTPayload): Promise<string>
  /** Finds the public key of a token by its kid, among all published keys. */
  readonly resolve: JWTVerifyGetKey
  /** Public keys, the one in use first. */
  published(): readonly JWK[]
  /** Starts signing with a new key; the last one stays published, older ones are withdrawn. */
  rotate(): Promise<void>
}

const PUBLISHED = 2

/** Makes two RS256 keys, so that every client meets a key set in which it must choose by kid. */
export async function createSigningKeys(): Promise<SigningKeys> {
  let keys: readonly SigningKey[] = await Promise.all([makeKey(), makeKey()])
  let resolver = keySet(keys)
  return {
    async sign(payload) {
      const [current] = keys
      if (!current) throw new Error('There must always be a signing key in use.')
      return new SignJWT(payload).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: current.kid }).sign(current.privateKey)
    },
    resolve: (header, token) => resolver(header, token),
    published: () => keys.map((key) => key.publicJwk),
    async rotate() {
      keys = [await makeKey(), ...keys].slice(0, PUBLISHED)
      resolver = keySet(keys)
    },
  }
}

async function makeKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 })
  const jwk = await exportJWK(publicKey)
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, 27)
  return { kid, privateKey, publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } }
}

function keySet(keys: readonly SigningKey[]): JWTVerifyGetKey {
  return createLocalJWKSet({ keys: keys.map((key) => key.publicJwk) })
}
