import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { registrationManifests } from '../../bot/src/identity/registrations.ts'
import { teamsClient } from '../bot/service.ts'
import type { Walls } from './stack.ts'
import { partsOf, redeem, tokensFor } from '../../tools/stack/tokens.ts'

type Claims = Readonly<Record<string, unknown>>

/** Where bad tokens come from: a running stack and a token that is let in, from which each bad one differs in one thing. */
export interface Mint {
  readonly walls: Walls
  readonly good: string
}

const otherApi = 'api://other.example'

/** Makes what some of the tokens are of: another API of the tenant, and the product in a tenant that the deployment does not serve. */
export async function prepareStrangers({ emulator, origin, registrations, tenant }: Walls): Promise<void> {
  const scopeId = randomUUID()
  await emulator.control('PUT', '/tenants/contoso-demo/registrations', {
    application: {
      appId: randomUUID(),
      displayName: 'Another API',
      identifierUris: [otherApi],
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [{ id: scopeId, value: 'access_as_user', type: 'User', isEnabled: true }],
        preAuthorizedApplications: [{ appId: teamsClient, delegatedPermissionIds: [scopeId] }],
      },
    },
  })
  await emulator.control('PUT', '/tenants/hardened/registrations', {
    application: registrationManifests(origin, registrations.ids).read,
    servicePrincipalOnly: true,
    assignments: [{ user: `ada@${tenant('hardened').domain}`, role: 'owner' }],
  })
}

/** Ada's token as Teams obtains it, for another API or later or earlier than now. */
async function teamsToken(
  { emulator, registrations, tenant }: Walls,
  api = registrations.resource,
  tenantName = 'contoso-demo',
): Promise<string> {
  const { id, domain } = tenant(tenantName)
  return (await tokensFor(emulator, id, `ada@${domain}`, { client: teamsClient, scope: `${api}/access_as_user` })).accessToken
}

/** Signs in to Countersign Read itself, as the command line does. */
function readClientTokens({ emulator, registrations, tenant }: Walls, scope: string): ReturnType<typeof tokensFor> {
  const { id, domain } = tenant('contoso-demo')
  const redirectUri = `http://localhost:${new URL(emulator.ready.control).port}`
  return tokensFor(emulator, id, `ada@${domain}`, { client: registrations.ids.read, scope, redirectUri })
}

async function clientCredentials({ emulator, registrations, tenant }: Walls, which: 'read' | 'chat', scope: string): Promise<string> {
  const { ids, secrets } = registrations
  const fields = { grant_type: 'client_credentials', client_id: ids[which], client_secret: secrets[which], scope }
  return (await redeem(emulator, tenant('contoso-demo').id, fields)).accessToken
}

async function atAnotherTime<T>({ emulator }: Walls, offsetMs: number, run: () => Promise<T>): Promise<T> {
  await emulator.control('PUT', '/clock', { offsetMs })
  try {
    return await run()
  } finally {
    await emulator.control('PUT', '/clock', { offsetMs: 0 })
  }
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })

function signed(header: Claims, claims: Claims, key: KeyObject = stranger.privateKey): string {
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

/** The parts of the good token with some of them changed, joined again. */
function changed({ good }: Mint, change: { readonly header?: Claims; readonly claims?: Claims; readonly signature?: string }): string {
  const { header, claims, parts } = partsOf(good)
  const [first, second, third] = parts
  return [
    change.header ? encode({ ...header, ...change.header }) : first,
    change.claims ? encode({ ...claims, ...change.claims }) : second,
    change.signature ?? third,
  ].join('.')
}

/** The good token's claims under the signature of a key that Entra does not know. */
function strangers({ good }: Mint, header: Claims): string {
  return signed({ ...partsOf(good).header, ...header }, partsOf(good).claims)
}

const keysSchema = z.object({ keys: z.array(z.looseObject({ kid: z.string(), n: z.string() })) })

/** Signed with the published key as if it were a shared secret, for a verifier that lets the token choose. */
async function signedWithThePublicKey(mint: Mint): Promise<string> {
  const { emulator, tenant } = mint.walls
  const { keys } = keysSchema.parse(await (await fetch(`${emulator.ready.signIn}/${tenant('contoso-demo').id}/discovery/v2.0/keys`)).json())
  const key = keys.find(({ kid }) => kid === partsOf(mint.good).header['kid'])
  if (!key) throw new Error('The key of the good token is not published.')
  const [header = '', claims = ''] = changed(mint, { header: { alg: 'HS256' } }).split('.')
  const mac = createHmac('sha256', Buffer.from(key.n, 'base64url')).update(`${header}.${claims}`)
  return `${header}.${claims}.${mac.digest('base64url')}`
}

/** Tokens that Entra did not make, by what is wrong with them. */
const forgedTokens = {
  'signed by a stranger under the real key id': (mint) => strangers(mint, {}),
  'signed by a stranger under a key id of his own': (mint) => strangers(mint, { kid: 'a-key-nobody-published' }),
  'signed by a stranger who sends his key along': (mint) => strangers(mint, { jwk: stranger.publicKey.export({ format: 'jwk' }) }),
  'signed by a stranger who says where his keys are': (mint) => {
    const keys = `${mint.walls.emulator.ready.control}/keys`
    return strangers(mint, { jku: keys, x5u: keys })
  },
  'alg none': (mint) => changed(mint, { header: { alg: 'none' }, signature: '' }),
  'alg nOnE with a signature': (mint) => changed(mint, { header: { alg: 'nOnE' } }),
  'HS256 with the public key as the secret': signedWithThePublicKey,
  'unsigned: the signature cut off': (mint) => changed(mint, { signature: '' }),
  'unsigned: two parts only': ({ good }) => good.split('.').slice(0, 2).join('.'),
  'half a signature': ({ good }) => good.slice(0, -100),
  'another person under the real signature': (mint) => changed(mint, { claims: { oid: randomUUID() } }),
  'more roles under the real signature': (mint) => changed(mint, { claims: { roles: ['owner', 'admin', 'reviewer', 'viewer'] } }),
  'another tenant under the real signature': (mint) => changed(mint, { claims: { tid: mint.walls.tenant('second').id } }),
  'a later end under the real signature': (mint) => changed(mint, { claims: { exp: 4_000_000_000 } }),
  'not a token': () => 'abc',
  nothing: () => '',
} as const satisfies Readonly<Record<string, (mint: Mint) => string | Promise<string>>>

interface Misused {
  /** What the token must say, so that it is known to be what its name tells. */
  readonly says: (walls: Walls) => Claims
  readonly make: (walls: Walls) => Promise<string>
}

/** Tokens that Entra did make, for something or somebody or some time else. */
export const misusedTokens: Readonly<Record<string, Misused>> = {
  'expired an hour ago': {
    says: ({ registrations }) => ({ aud: registrations.ids.read, scp: 'access_as_user' }),
    make: (walls) => atAnotherTime(walls, -2 * 3_600_000, () => teamsToken(walls)),
  },
  'not valid yet': {
    says: ({ registrations }) => ({ aud: registrations.ids.read, scp: 'access_as_user' }),
    make: (walls) => atAnotherTime(walls, 1_800_000, () => teamsToken(walls)),
  },
  'wrong audience: another API of the same tenant': {
    says: ({ tenant }) => ({ tid: tenant('contoso-demo').id, scp: 'access_as_user', ver: '2.0' }),
    make: (walls) => teamsToken(walls, otherApi),
  },
  'wrong tenant: one that this deployment does not serve': {
    says: ({ registrations, tenant }) => ({ aud: registrations.ids.read, tid: tenant('hardened').id, roles: ['owner'] }),
    make: (walls) => teamsToken(walls, walls.registrations.resource, 'hardened'),
  },
  'id token of our own client': {
    says: ({ registrations, tenant }) => ({ aud: registrations.ids.read, tid: tenant('contoso-demo').id, ver: '2.0' }),
    make: async (walls) => (await readClientTokens(walls, 'openid profile')).idToken ?? '',
  },
  'app-only: the registration as itself': {
    says: ({ registrations }) => ({ aud: registrations.ids.read, idtyp: 'app' }),
    make: (walls) => clientCredentials(walls, 'read', `${walls.registrations.resource}/.default`),
  },
  'app-only: the bot’s token for its channel': {
    says: () => ({ aud: 'https://api.botframework.com', idtyp: 'app' }),
    make: (walls) => clientCredentials(walls, 'chat', 'https://api.botframework.com/.default'),
  },
  'a token for Microsoft Graph': {
    says: ({ registrations }) => ({ aud: 'https://graph.microsoft.com', appid: registrations.ids.read, idtyp: 'user' }),
    make: async (walls) => (await readClientTokens(walls, 'https://graph.microsoft.com/User.Read')).accessToken,
  },
}

/** Every bad token, with how it is come by. */
export const badTokens: Readonly<Record<string, (mint: Mint) => string | Promise<string>>> = {
  ...forgedTokens,
  ...Object.fromEntries(Object.entries(misusedTokens).map(([name, { make }]) => [name, ({ walls }: Mint) => make(walls)])),
}
