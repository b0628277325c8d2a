import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Emulator } from './emulator.ts'
import { makePerson } from './person.ts'

export interface Tokens {
  readonly accessToken: string
  readonly idToken: string | undefined
}

const answerSchema = z.object({ access_token: z.string(), id_token: z.string().optional() })

/** Tokens as a public client obtains them for a person: real sign-in page, code and PKCE. */
export async function tokensFor(
  emulator: Emulator,
  tenantId: string,
  userPrincipalName: string,
  ask: { readonly client: string; readonly scope: string; readonly redirectUri?: string },
): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = ask.redirectUri ?? `${emulator.ready.control}/health`
  const query = new URLSearchParams({
    client_id: ask.client,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: ask.scope,
    state: randomUUID(),
    nonce: randomUUID(),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const page = await makePerson(userPrincipalName).open(
    `${emulator.ready.signInBrowser}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`,
  )
  const code = new URL(page.url).searchParams.get('code')
  if (code === null) throw new Error(`The sign-in of ${userPrincipalName} ended at ${page.url} without a code: ${page.text.slice(0, 500)}`)
  return redeem(emulator, tenantId, {
    grant_type: 'authorization_code',
    client_id: ask.client,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    scope: ask.scope,
  })
}

/** Posts to the token endpoint of a tenant; throws with the endpoint's words when it gives no token. */
export async function redeem(emulator: Emulator, tenantId: string, fields: Readonly<Record<string, string>>): Promise<Tokens> {
  const response = await fetch(`${emulator.ready.signIn}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  const answer: unknown = await response.json()
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success) throw new Error(`The token endpoint gave no token: ${JSON.stringify(answer)}`)
  return { accessToken: parsed.data.access_token, idToken: parsed.data.id_token }
}

/** The parts of a token, read without checking anything. */
export function partsOf(token: string): {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly parts: readonly [string, string, string]
} {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const read = (part: string): Readonly<Record<string, unknown>> =>
    z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
  return { header: read(header), claims: read(claims), parts: [header, claims, signature] }
}
