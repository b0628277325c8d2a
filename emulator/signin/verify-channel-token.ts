import { decodeJwt, jwtVerify } from 'jose'
import { z } from 'zod'
import { BOT_CHANNEL_AUDIENCE } from './first-party.ts'
import type { SignInState } from './state.ts'

const channelClaims = z.object({ tid: z.string(), appid: z.string(), idtyp: z.literal('app') })

export type ChannelTokenOutcome =
  { readonly ok: true; readonly tenantId: string; readonly appId: string } | { readonly ok: false; readonly message: string }

/** Makes the judge of bearer tokens with which a bot calls the channel's connector. */
export function createVerifyChannelToken(state: SignInState): (authorizationHeader: string | undefined) => Promise<ChannelTokenOutcome> {
  return async (authorizationHeader) => {
    const token = /^Bearer +([^\s]+)$/i.exec(authorizationHeader ?? '')?.[1]
    if (token === undefined) return { ok: false, message: 'No bearer token was sent.' }
    try {
      const tenantId = String(decodeJwt(token)['tid'] ?? '')
      const { payload } = await jwtVerify(token, state.keys.resolve, {
        algorithms: ['RS256'],
        issuer: `https://sts.windows.net/${tenantId}/`,
        audience: BOT_CHANNEL_AUDIENCE,
        requiredClaims: ['exp', 'nbf'],
        currentDate: new Date(state.world.clock.now()),
      })
      const claims = channelClaims.parse(payload)
      if (!state.world.tenants.has(claims.tid)) return { ok: false, message: 'The token names a tenant that does not exist here.' }
      return { ok: true, tenantId: claims.tid, appId: claims.appid }
    } catch (error) {
      return {
        ok: false,
        message:
          error instanceof z.ZodError
            ? 'The token is not an application token for the bot channel.'
            : `The token was refused: ${error instanceof Error ? error.message : 'unknown'}.`,
      }
    }
  }
}
