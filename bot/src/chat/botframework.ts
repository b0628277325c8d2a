import { ConfidentialClientApplication, LogLevel } from '@azure/msal-node'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext, type Activity, type ConversationReference } from 'botbuilder'
import { MsalServiceClientCredentialsFactory, type AuthenticateRequestResult } from 'botframework-connector'
import type { Json } from '@countersign/core/digest.ts'
import type { Log } from '../log.ts'
import { activitySchema, actOf, conversationTypeOf, personIdOf, tenantOf, type ReadActivity } from './activity.ts'
import { isAllowedService, isChannelToken } from './channel-token.ts'
import type { Channel, ChannelAnswer, ChannelRequest, ChatAct, ChatTurn, Delivery, Message, TurnAnswer } from './channel.ts'

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

const refused: ChannelAnswer = {
  status: 401,
  body: { error: { code: 'Unauthorized', message: 'This is no activity of an allowed channel and tenant.' } },
}
const noPerson = 'I can work only with people who are signed in with an account of this organisation.'

/** CloudAdapter keeps the method that takes an authenticated activity to its heirs. */
class Adapter extends CloudAdapter {
  run(authentication: AuthenticateRequestResult, activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<unknown> {
    return this.processActivity(authentication, activity, logic)
  }
}

/**
 * Opens the Bot Framework channel. The only file that knows botbuilder; everything behind it speaks ChatTurn. Closes what
 * the SDK leaves open: an empty app id accepts everybody, tenant and service address are not compared with anything, and
 * some forged tokens end as faults instead of refusals.
 */
export function openBotFramework(settings: BotFrameworkSettings, log: Log): Channel {
  if (settings.appId.trim() === '')
    throw new Error('CHAT_APP_ID is empty. Without it the Bot Framework would accept messages from anybody, so the bot does not start.')
  if (settings.tenants.length === 0)
    throw new Error('COUNTERSIGN_TENANTS names no tenant, so nobody could use the bot. Name the tenants that it serves.')
  const authentication = authenticationFor(settings)
  const adapter = new Adapter(authentication)

  /** The activity as far as we read it, once everything about it has been proven; undefined is a refusal. */
  async function authenticate({
    authorization,
    body,
  }: ChannelRequest): Promise<
    | { readonly proof: AuthenticateRequestResult; readonly read: ReadActivity; readonly activity: Activity; readonly tenantId: string }
    | undefined
  > {
    if (authorization === undefined || !isChannelToken(authorization, { issuer: settings.tokenIssuer, appId: settings.appId }))
      return refuse('token')
    const parsed = activitySchema.safeParse(body)
    if (!parsed.success) return refuse('shape')
    if (!isAllowedService(parsed.data.serviceUrl, settings.serviceHosts)) return refuse('serviceUrl')
    // The channel's own shape; what is used of it has been parsed above.
    const activity = body as Activity
    const proof = await authentication.authenticateRequest(activity, authorization).catch(() => undefined)
    if (!proof?.claimsIdentity.isAuthenticated) return refuse('signature')
    const tenantId = tenantOf(parsed.data)
    if (tenantId === undefined || !settings.tenants.includes(tenantId)) return refuse('tenant')
    return { proof, read: parsed.data, activity, tenantId }
  }

  function refuse(because: string): undefined {
    log.warn({ because }, 'An activity was refused')
    return undefined
  }

  return {
    async receive(request, handle) {
      const known = await authenticate(request)
      if (!known) return refused
      const { read, activity } = known
      const act = actOf(read)
      if (!act) return { status: read.type === 'invoke' ? 501 : 200 }
      let answer: ChannelAnswer = { status: 200 }
      await adapter.run(known.proof, activity, async (context) => {
        const personId = personIdOf(read)
        if (personId === undefined) answer = await turnAway(context, act)
        else answer = httpAnswer(act, await handle(turnOf(context, read, { tenantId: known.tenantId, personId }, act)))
      })
      return answer
    },
    send: (reference, message) => attempt(reference, async (context) => (await context.sendActivity(toActivity(message)))?.id ?? ''),
    update: (reference, activityId, message) =>
      attempt(reference, async (context) => {
        await context.updateActivity({ ...toActivity(message), id: activityId })
        return activityId
      }),
  }

  /** Opens the stored conversation again and runs one call in it. */
  async function attempt(reference: Json, call: (context: TurnContext) => Promise<string>): Promise<Delivery> {
    // Stored as the channel gave it, by `turnOf` below.
    const known = reference as Partial<ConversationReference>
    if (!isAllowedService(known.serviceUrl ?? '', settings.serviceHosts)) return { kind: 'gone', status: 0 }
    let activityId = ''
    try {
      await adapter.continueConversationAsync(settings.appId, known, async (context) => {
        activityId = await call(context)
      })
      return { kind: 'delivered', activityId }
    } catch (problem) {
      const status = finalStatus(problem)
      return status === undefined
        ? { kind: 'later', problem: problem instanceof Error ? problem.message : String(problem) }
        : { kind: 'gone', status }
    }
  }
}

function authenticationFor(settings: BotFrameworkSettings): ConfigurationBotFrameworkAuthentication {
  const authority = settings.loginUrl
  const client = new ConfidentialClientApplication({
    auth: { clientId: settings.appId, clientSecret: settings.secret, authority, knownAuthorities: [new URL(authority).host] },
    system: { loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error } },
  })
  type SdkClient = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1]
  // The SDK is compiled against an older msal-node, of which it calls acquireTokenByClientCredential alone.
  const credentials = new MsalServiceClientCredentialsFactory(settings.appId, client as unknown as SdkClient)
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: settings.appId,
      ToBotFromChannelTokenIssuer: settings.tokenIssuer,
      ToBotFromChannelOpenIdMetadataUrl: settings.openIdMetadata,
      ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdMetadata,
      ToChannelFromBotOAuthScope: settings.oauthScope,
      ToChannelFromBotLoginUrl: settings.loginUrl,
      // The Bot Framework token service is not used; the setting must only not be empty.
      OAuthUrl: 'https://api.botframework.com',
      ValidateAuthority: true,
    },
    credentials,
  )
}

function turnOf(
  context: TurnContext,
  read: ReadActivity,
  who: { readonly tenantId: string; readonly personId: string },
  act: ChatAct,
): ChatTurn {
  const reference = TurnContext.getConversationReference(context.activity)
  delete reference.activityId
  return {
    tenantId: who.tenantId,
    person: { objectId: who.personId, name: read.from.name, channelId: read.from.id },
    conversationId: read.conversation.id,
    conversationType: conversationTypeOf(read),
    activityId: read.id,
    writtenAt: read.timestamp,
    act,
    reference: JSON.parse(JSON.stringify(reference)) as Json,
    reply: async (message) => (await context.sendActivity(toActivity(message)))?.id ?? '',
    replaceCard: async (activityId, card) => void (await context.updateActivity({ ...toActivity({ card }), id: activityId })),
    // Only a courtesy: that it could not be shown must not end the turn.
    showTyping: async () => void (await context.sendActivity({ type: 'typing' }).catch(() => undefined)),
  }
}

/** The status with which the channel will refuse this call whenever it is made; undefined when another try may succeed. The SDK has tried a few times by then. */
function finalStatus(problem: unknown): number | undefined {
  const status: unknown = Reflect.get(Object(problem), 'statusCode')
  return typeof status === 'number' && status >= 400 && status < 500 && ![401, 408, 412, 429].includes(status) ? status : undefined
}

async function turnAway(context: TurnContext, act: ChatAct): Promise<ChannelAnswer> {
  if (act.kind === 'search' || (act.kind === 'press' && act.via === 'invoke')) return httpAnswer(act, { kind: 'note', text: noPerson })
  if (act.kind === 'text' || act.kind === 'press') await context.sendActivity({ type: 'message', text: noPerson, textFormat: 'plain' })
  return { status: 200 }
}

/** learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#adaptivecard-invoke-response-format */
function httpAnswer(act: ChatAct, answer: TurnAnswer): ChannelAnswer {
  if (act.kind === 'search') return { status: 200, body: { composeExtension: searchAnswer(answer) } }
  if (act.kind !== 'press' || act.via !== 'invoke') return { status: 200 }
  switch (answer.kind) {
    case 'card':
      return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card } }
    case 'note':
      return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text } }
    case 'results':
    case 'none':
      return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done.' } }
  }
}

/** learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search#response-format */
function searchAnswer(answer: TurnAnswer): Json {
  if (answer.kind !== 'results') return { type: 'message', text: answer.kind === 'note' ? answer.text : 'Nothing was found.' }
  return {
    type: 'result',
    attachmentLayout: 'list',
    attachments: answer.results.map(({ title, text, card }) => ({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: card,
      preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } },
    })),
  }
}

function toActivity(message: Message): Partial<Activity> {
  if ('card' in message)
    return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }] }
  const { text, suggestions = [] } = message
  const actions = suggestions.map((value) => ({ type: 'imBack', title: value, value }))
  return { type: 'message', text, textFormat: 'plain', ...(actions.length > 0 ? { suggestedActions: { actions, to: [] } } : {}) }
}
