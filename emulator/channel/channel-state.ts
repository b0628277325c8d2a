import type { BotSettings } from './bot-endpoint.ts'
import type { ChannelKeys } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { Origins } from './origins.ts'

/** Says who sent a connector call; `appId` is the application that the sign-in issued the token to. */
export type VerifyBotToken = (
  authorization: string | undefined,
) => Promise<{ readonly ok: true; readonly appId: string } | { readonly ok: false; readonly message: string }>

/** What the two sides of the channel share. */
export interface ChannelState {
  readonly keys: ChannelKeys
  readonly issuer: string
  /** The channel's own connector address, as activities and tokens name it. */
  readonly serviceUrl: string
  readonly ledger: Ledger
  readonly origins: Origins
  readonly verifyBotToken: VerifyBotToken
  now(): number
  bot(): BotSettings | undefined
  setBot(bot: BotSettings): void
}
