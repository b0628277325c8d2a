export interface BotFrameworkSettings {
  /** Registration Countersign Chat. */
  readonly appId: string
  readonly secret: string
  /** The channel's OpenID metadata, the issuer of its tokens, and the audience of ours. */
  readonly openIdMetadata: string
  readonly tokenIssuer: string
  readonly oauthScope: string
  /** Authority of the bot's own tokens, with the tenant. */
  readonly loginUrl: string
  /** host or host:port that the bot may answer to. */
  readonly serviceHosts: readonly string[]
  readonly tenants: readonly string[]
}

/** Throws at settings with which the bot would listen to anybody, or to nobody. */
export function refuseOpenSettings({ appId, tenants }: BotFrameworkSettings): void {
  if (appId.trim() === '')
    throw new Error('CHAT_APP_ID is empty. Without it the Bot Framework would accept messages from anybody, so the bot does not start.')
  if (tenants.length === 0)
    throw new Error('COUNTERSIGN_TENANTS names no tenant, so nobody could use the bot. Name the tenants that it serves.')
}
