import { generateKeyPair, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import type { Activity } from './activity.ts'
import type { ChannelKeys } from './keys.ts'

/** Where the forgery is aimed and what an honest token would hold. */
export interface ForgeryContext {
  readonly keys: ChannelKeys
  readonly issuer: string
  readonly botAppId: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** An activity with the Authorization header it arrives with; undefined means no header at all. */
export interface SignedActivity {
  readonly activity: Activity
  readonly authorization: string | undefined
}

const FIVE_MINUTES = 300

/** The claims of an honest channel token for this activity; five minutes long, as Azure Bot Service's are. */
export function honestClaims(activity: Activity, context: ForgeryContext): JWTPayload {
  const issuedAt = Math.floor(context.now / 1000)
  return {
    iss: context.issuer,
    aud: context.botAppId,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + FIVE_MINUTES,
    serviceurl: activity.serviceUrl ?? '',
  }
}

async function signedWith(activity: Activity, context: ForgeryContext, change: JWTPayload): Promise<SignedActivity> {
  const token = await context.keys.sign({ ...honestClaims(activity, context), ...change })
  return { activity, authorization: `Bearer ${token}` }
}

async function signedByStranger(activity: Activity, context: ForgeryContext, kid: string): Promise<SignedActivity> {
  const { privateKey } = await generateKeyPair('RS256')
  const token = await new SignJWT(honestClaims(activity, context)).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey)
  return { activity, authorization: `Bearer ${token}` }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function withTenant(activity: Activity, tenantId: string): Activity {
  return {
    ...activity,
    ...(activity.conversation === undefined ? {} : { conversation: { ...activity.conversation, tenantId } }),
    channelData: { ...activity.channelData, tenant: { id: tenantId } },
  }
}

const STRANGE_TENANT = '6f1c2a52-9b1f-4f60-8b5e-5d2c7e0a9f11'
const STRANGE_SERVICE = 'https://connector.attacker.example/'

/**
 * Every way in which an activity can lie. All but the last three carry a bad token; `wrongTenant`,
 * `missingServiceUrl` and `foreignServiceUrl` are signed with the channel's real key, so only the bot's own
 * checks can refuse them.
 */
export const forgeries = {
  noToken: (activity) => Promise.resolve({ activity, authorization: undefined }),
  garbage: (activity) => Promise.resolve({ activity, authorization: 'Bearer not.a.token' }),
  wrongKey: (activity, context) => signedByStranger(activity, context, context.keys.endorsedKid),
  unknownKey: (activity, context) => signedByStranger(activity, context, 'a-key-nobody-published'),
  algNone: (activity, context) => {
    const token = `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(honestClaims(activity, context))}.`
    return Promise.resolve({ activity, authorization: `Bearer ${token}` })
  },
  /** Ended an hour ago: beyond the five minutes that the Bot Framework SDK tolerates. */
  expired: (activity, context) => {
    const longAgo = Math.floor(context.now / 1000) - 3_900
    return signedWith(activity, context, { iat: longAgo, nbf: longAgo, exp: longAgo + FIVE_MINUTES })
  },
  wrongAudience: (activity, context) => signedWith(activity, context, { aud: '9d0b6a4f-5b0c-4c8e-9a35-0f6f5f1c7d22' }),
  wrongIssuer: (activity, context) => signedWith(activity, context, { iss: 'https://issuer.attacker.example' }),
  /** Names the issuer of the Bot Framework Emulator, which sends the Bot Framework SDK down another path of checks. */
  emulatorIssuer: (activity, context) =>
    signedWith(activity, context, {
      iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      appid: context.botAppId,
      ver: '1.0',
    }),
  unendorsedChannel: async (activity, context) => {
    const token = await context.keys.sign(honestClaims(activity, context), 'unendorsed')
    return { activity, authorization: `Bearer ${token}` }
  },
  serviceUrlMismatch: (activity, context) => signedWith(activity, context, { serviceurl: STRANGE_SERVICE }),
  wrongTenant: (activity, context) => signedWith(withTenant(activity, STRANGE_TENANT), context, {}),
  missingServiceUrl: (activity, context) => {
    const { serviceUrl: _removed, ...rest } = activity
    return signedWith(rest, context, {})
  },
  foreignServiceUrl: (activity, context) => signedWith({ ...activity, serviceUrl: STRANGE_SERVICE }, context, {}),
} as const satisfies Record<string, (activity: Activity, context: ForgeryContext) => Promise<SignedActivity>>

export type ForgeryName = keyof typeof forgeries

export const forgeryNames: readonly ForgeryName[] = Object.keys(forgeries).filter(isForgeryName)

export function isForgeryName(name: string): name is ForgeryName {
  return Object.hasOwn(forgeries, name)
}

export function forge(name: ForgeryName, activity: Activity, context: ForgeryContext): Promise<SignedActivity> {
  return forgeries[name](activity, context)
}
