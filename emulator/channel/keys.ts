import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWK, JWTPayload } from 'jose'
import { z } from 'zod'

/** A public key as the channel's metadata lists it: with the channels whose activities it may sign. */
export type PublishedKey = JWK & { readonly endorsements: readonly string[] }

/** Signs for the channel. `endorsed` is the key that Teams signs with; `unendorsed` is published too, but for another channel. */
export interface ChannelKeys {
  /** What `/v1/.well-known/keys` answers. */
  readonly published: readonly PublishedKey[]
  sign(claims: JWTPayload, key?: 'endorsed' | 'unendorsed'): Promise<string>
  readonly endorsedKid: string
}

const storedKeysSchema = z.object({
  endorsed: z.looseObject({ kty: z.literal('RSA') }),
  unendorsed: z.looseObject({ kty: z.literal('RSA') }),
})

async function generatePrivateJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return exportJWK(privateKey)
}

function publicPart(jwk: JWK, kid: string, endorsements: readonly string[]): PublishedKey {
  return { kty: 'RSA', use: 'sig', kid, x5t: kid, n: jwk.n ?? '', e: jwk.e ?? '', endorsements }
}

async function keysFrom(endorsed: JWK, unendorsed: JWK): Promise<ChannelKeys> {
  const keys = {
    endorsed: { kid: await calculateJwkThumbprint(endorsed), key: await importJWK(endorsed, 'RS256') },
    unendorsed: { kid: await calculateJwkThumbprint(unendorsed), key: await importJWK(unendorsed, 'RS256') },
  }
  return {
    endorsedKid: keys.endorsed.kid,
    published: [publicPart(endorsed, keys.endorsed.kid, ['msteams']), publicPart(unendorsed, keys.unendorsed.kid, ['webchat'])],
    sign(claims, name = 'endorsed') {
      const { kid, key } = keys[name]
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, x5t: kid }).sign(key)
    },
  }
}

export async function createChannelKeys(): Promise<ChannelKeys> {
  return keysFrom(await generatePrivateJwk(), await generatePrivateJwk())
}

/**
 * The keys kept in `file`, made on first use. They outlive a restart because the Bot Framework SDK looks for
 * a key id it does not know at most once an hour: with fresh keys it would refuse every activity until then.
 */
export async function loadChannelKeys(file: string): Promise<ChannelKeys> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined) {
    const parsed = storedKeysSchema.safeParse(JSON.parse(text))
    if (!parsed.success)
      throw new Error(`The channel's key file ${file} is not readable as keys. Delete it; it is made again at the next start.`)
    return keysFrom(parsed.data.endorsed, parsed.data.unendorsed)
  }
  const endorsed = await generatePrivateJwk()
  const unendorsed = await generatePrivateJwk()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify({ endorsed, unendorsed }), { mode: 0o600 })
  await chmod(file, 0o600)
  return keysFrom(endorsed, unendorsed)
}
