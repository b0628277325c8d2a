import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { profileSchema, type Profile } from '@countersign/core/profile.ts'

/**
 * Everything one deployment is told from outside. Read once at start; nothing else reads the environment. The file is long because each key stands
 * here three times: as what the service gets, as help for a person, as a rule.
 */
export interface Config {
  readonly version: string
  /** Address people and hosts use, without a trailing slash. */
  readonly origin: string
  readonly host: string
  readonly port: number
  /** Entra tenant ids that may sign in; nobody else can. */
  readonly tenants: readonly string[]
  /** Sign-in service without a trailing slash, for example https://login.microsoftonline.com. */
  readonly authority: string
  /** Microsoft Graph without version and trailing slash. */
  readonly graph: string
  /** Registration Countersign Read; `resource` is its identifier URI. */
  readonly read: Registration & { readonly resource: string }
  /** Registration Countersign Act; null while the act plane is off. */
  readonly act: Registration | null
  /** Registration Countersign Chat, the bot; null where no bot is set up. */
  readonly chat: Registration | null
  readonly store: { readonly dataDir: string } | { readonly databaseUrl: string }
  /** 32 bytes that wrap the data keys; null means: kept in the data directory (emulator only). */
  readonly deploymentKey: Buffer | null
  readonly profile: Profile
  readonly bot: {
    readonly openIdMetadata: string
    readonly tokenIssuer: string
    readonly loginUrl: string
    readonly oauthScope: string
    /** host or host:port to which the bot may post. */
    readonly serviceHosts: readonly string[]
  }
  /** Host of the customer's SharePoint, for example contoso.sharepoint.com; null where no web parts are used. */
  readonly sharePointHost: string | null
  /** Deep link to the 1:1 chat with the bot. */
  readonly chatUrl: string
  /** PEM file of an additional certificate authority; null for the public ones alone. */
  readonly certificateAuthority: string | null
}

export interface Registration {
  readonly appId: string
  readonly secret: string
}

/** What each key is for, with an example: the whole of the help that a wrong start prints, and env/.env.example. */
export const keyHelp = {
  COUNTERSIGN_ORIGIN: ['the address at which people reach this service', 'https://countersign.contoso.com'],
  PORT: ['the port to listen on', '3978'],
  HOST: ['the address to listen on', '127.0.0.1'],
  COUNTERSIGN_TENANTS: ['the Entra tenant ids that may sign in, comma separated', '11111111-1111-4111-8111-111111111111'],
  COUNTERSIGN_AUTHORITY: ['the sign-in service', 'https://login.microsoftonline.com'],
  COUNTERSIGN_GRAPH: ['Microsoft Graph', 'https://graph.microsoft.com'],
  READ_APP_ID: ['the application id of the registration Countersign Read', '22222222-2222-4222-8222-222222222222'],
  READ_APP_SECRET: ['the client secret of Countersign Read', '(a secret)'],
  READ_API_RESOURCE: ['the identifier URI of Countersign Read', 'api://countersign.contoso.com/22222222-2222-4222-8222-222222222222'],
  ACT_APP_ID: ['the application id of Countersign Act, needed with COUNTERSIGN_ACT=on', '33333333-3333-4333-8333-333333333333'],
  ACT_APP_SECRET: ['the client secret of Countersign Act', '(a secret)'],
  CHAT_APP_ID: ['the application id of Countersign Chat, the bot', '44444444-4444-4444-8444-444444444444'],
  CHAT_APP_SECRET: ['the client secret of Countersign Chat', '(a secret)'],
  COUNTERSIGN_DATA: ['the folder of the built-in database (or give DATABASE_URL)', '.data'],
  DATABASE_URL: ['a PostgreSQL 15 or newer (or give COUNTERSIGN_DATA)', 'postgres://owner@db.internal/countersign'],
  DEPLOYMENT_KEY: ['32 random bytes in base64 that protect every stored secret', '(node -p "crypto.randomBytes(32).toString(\'base64\')")'],
  COUNTERSIGN_ACT: ['whether actions may be countersigned: off or on', 'off'],
  COUNTERSIGN_ASSISTANT: ['the language model: none, local or cloud', 'none'],
  COUNTERSIGN_ISOLATION: ['dedicated or shared', 'dedicated'],
  COUNTERSIGN_REGION: ['where this deployment runs, in words', 'EU (Frankfurt)'],
  COUNTERSIGN_ENVIRONMENT: ['emulator or tenant', 'tenant'],
  COUNTERSIGN_RETENTION_DAYS: ['days that snapshots, results and history of changes stay, 0 to 30', '30'],
  BOT_OPENID_METADATA: ["the bot channel's OpenID metadata", 'https://login.botframework.com/v1/.well-known/openidconfiguration'],
  BOT_TOKEN_ISSUER: ["the issuer of the bot channel's tokens", 'https://api.botframework.com'],
  BOT_LOGIN_URL: ['where the bot gets its own tokens', 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111'],
  BOT_OAUTH_SCOPE: ["the audience of the bot's tokens", 'https://api.botframework.com'],
  BOT_SERVICE_HOSTS: ['hosts the bot may answer to, comma separated', 'smba.trafficmanager.net'],
  SHAREPOINT_HOST: ['the SharePoint host whose pages show web parts', 'contoso.sharepoint.com'],
  CHAT_URL: [
    'the deep link to the chat with the bot',
    'https://teams.microsoft.com/l/chat/0/0?users=28:44444444-4444-4444-8444-444444444444',
  ],
  COUNTERSIGN_CA: ['a PEM file of an additional certificate authority', '.data/ca.pem'],
} as const satisfies Record<string, readonly [purpose: string, example: string]>
export type ConfigKey = keyof typeof keyHelp
export const configKeys = Object.keys(keyHelp) as readonly ConfigKey[]

const guid = z.guid('must be a GUID').transform((id) => id.toLowerCase())
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)
const webOrigin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => new URL(text).protocol === 'https:' || isLoopback(new URL(text).hostname), 'must be https, unless it is this machine')
const hostAndPort = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i, 'must be a host name, with a port if needed')
const secret = z.string().min(1, 'is empty')

const environmentSchema = z.object({
  COUNTERSIGN_ORIGIN: webOrigin,
  PORT: z.coerce.number().int().min(0).max(65535).default(3978),
  HOST: z.string().default('127.0.0.1'),
  COUNTERSIGN_TENANTS: list.pipe(z.array(guid).min(1, 'names no tenant')),
  COUNTERSIGN_AUTHORITY: webOrigin.default('https://login.microsoftonline.com'),
  COUNTERSIGN_GRAPH: webOrigin.default('https://graph.microsoft.com'),
  READ_APP_ID: guid,
  READ_APP_SECRET: secret,
  READ_API_RESOURCE: z.string().regex(/^api:\/\/\S+$/, 'must begin with api://'),
  ACT_APP_ID: guid.optional(),
  ACT_APP_SECRET: secret.optional(),
  CHAT_APP_ID: guid.optional(),
  CHAT_APP_SECRET: secret.optional(),
  COUNTERSIGN_DATA: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  DEPLOYMENT_KEY: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64')
    .optional(),
  COUNTERSIGN_ACT: profileSchema.shape.act.default('off'),
  COUNTERSIGN_ASSISTANT: profileSchema.shape.assistant.default('none'),
  COUNTERSIGN_ISOLATION: profileSchema.shape.isolation.default('dedicated'),
  COUNTERSIGN_REGION: profileSchema.shape.region.default(''),
  COUNTERSIGN_ENVIRONMENT: profileSchema.shape.environment.default('tenant'),
  COUNTERSIGN_RETENTION_DAYS: z.coerce.number().pipe(profileSchema.shape.retentionDays).default(30),
  BOT_OPENID_METADATA: webOrigin.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  BOT_TOKEN_ISSUER: z.string().min(1).default('https://api.botframework.com'),
  BOT_LOGIN_URL: webOrigin.optional(),
  BOT_OAUTH_SCOPE: z.string().min(1).default('https://api.botframework.com'),
  BOT_SERVICE_HOSTS: list.pipe(z.array(hostAndPort)).default(['smba.trafficmanager.net']),
  SHAREPOINT_HOST: hostAndPort.optional(),
  CHAT_URL: z.string().optional(),
  COUNTERSIGN_CA: z.string().optional(),
})

type Given = Readonly<Partial<Record<ConfigKey, string>>>

/** What one setting demands of another: [key, holds, what is wrong when not]. Looked at even when another key is wrong, so that all is said at once. */
function crossIssues(given: Given): readonly (readonly [ConfigKey, string])[] {
  const isOn = given.COUNTERSIGN_ACT === 'on'
  const rules: readonly (readonly [key: ConfigKey, isWrong: boolean, message: string])[] = [
    ['COUNTERSIGN_DATA', !given.COUNTERSIGN_DATA && !given.DATABASE_URL, 'or DATABASE_URL is needed'],
    ['ACT_APP_ID', isOn && !given.ACT_APP_ID, 'is needed because COUNTERSIGN_ACT is on'],
    ['ACT_APP_SECRET', Boolean(given.ACT_APP_ID) && !given.ACT_APP_SECRET, 'is needed beside ACT_APP_ID'],
    ['CHAT_APP_ID', isOn && !given.CHAT_APP_ID, 'is needed because actions are countersigned in chat'],
    ['CHAT_APP_SECRET', Boolean(given.CHAT_APP_ID) && !given.CHAT_APP_SECRET, 'is needed beside CHAT_APP_ID'],
    [
      'DEPLOYMENT_KEY',
      !given.DEPLOYMENT_KEY && (given.COUNTERSIGN_ENVIRONMENT !== 'emulator' || !given.COUNTERSIGN_DATA),
      'is needed; it is made up only for the emulator with COUNTERSIGN_DATA',
    ],
  ]
  return rules.flatMap(([key, isWrong, message]) => (isWrong ? [[key, message] as const] : []))
}

export type ConfigAnswer = { readonly kind: 'config'; readonly config: Config } | { readonly kind: 'wrong'; readonly message: string }

/** Reads the whole configuration or says everything that is wrong with it at once. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>, version = '0.1.0'): ConfigAnswer {
  const given: Given = Object.fromEntries(configKeys.flatMap((key) => (env[key] === undefined || env[key] === '' ? [] : [[key, env[key]]])))
  const parsed = environmentSchema.safeParse(given)
  const issues = [...keyIssues(parsed.error, given), ...crossIssues(given)]
  if (!parsed.success || issues.length > 0) return { kind: 'wrong', message: describe(issues) }
  return { kind: 'config', config: assemble(parsed.data, version) }
}

/** As `parseConfig`, with the message thrown. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const answer = parseConfig(env)
  if (answer.kind === 'wrong') throw new Error(answer.message)
  return answer.config
}

/** The configuration of this process; the only place that looks at process.env. */
export function readProcessConfig(): ConfigAnswer {
  return parseConfig(process.env)
}

/** The key that wraps all data keys; with the emulator it is made once and kept beside the data, readable by the owner only. */
export function loadDeploymentKey(config: Config): Buffer {
  if (config.deploymentKey) return config.deploymentKey
  if (!('dataDir' in config.store)) throw new Error('DEPLOYMENT_KEY is needed beside DATABASE_URL.')
  const file = join(config.store.dataDir, 'deployment.key')
  if (!existsSync(file)) {
    mkdirSync(config.store.dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  if (key.length !== 32)
    throw new Error(
      `The file ${file} does not hold 32 bytes in base64. Restore it from a backup: without it the stored secrets cannot be read.`,
    )
  return key
}

/** Everything outside that this deployment may reach, as addresses: sign-in, Graph, bot channel, database. */
export function outsideAddresses(config: Config): readonly string[] {
  const channels = config.chat
    ? [config.bot.openIdMetadata, config.bot.loginUrl, ...config.bot.serviceHosts.map((host) => `https://${host}`)]
    : []
  const database = 'databaseUrl' in config.store ? [config.store.databaseUrl] : []
  return [config.authority, config.graph, ...channels, ...database]
}

function assemble(value: z.output<typeof environmentSchema>, version: string): Config {
  const chat = registration(value.CHAT_APP_ID, value.CHAT_APP_SECRET)
  return {
    version,
    origin: value.COUNTERSIGN_ORIGIN,
    host: value.HOST,
    port: value.PORT,
    tenants: value.COUNTERSIGN_TENANTS,
    authority: value.COUNTERSIGN_AUTHORITY,
    graph: value.COUNTERSIGN_GRAPH,
    read: { appId: value.READ_APP_ID, secret: value.READ_APP_SECRET, resource: value.READ_API_RESOURCE },
    act: registration(value.ACT_APP_ID, value.ACT_APP_SECRET),
    chat,
    store: value.DATABASE_URL ? { databaseUrl: value.DATABASE_URL } : { dataDir: resolve(value.COUNTERSIGN_DATA ?? '.data') },
    deploymentKey: value.DEPLOYMENT_KEY ?? null,
    profile: profileSchema.parse({
      act: value.COUNTERSIGN_ACT,
      assistant: value.COUNTERSIGN_ASSISTANT,
      isolation: value.COUNTERSIGN_ISOLATION,
      cloud: 'global',
      region: value.COUNTERSIGN_REGION,
      environment: value.COUNTERSIGN_ENVIRONMENT,
      retentionDays: value.COUNTERSIGN_RETENTION_DAYS,
    }),
    bot: {
      openIdMetadata: value.BOT_OPENID_METADATA,
      tokenIssuer: value.BOT_TOKEN_ISSUER,
      loginUrl: value.BOT_LOGIN_URL ?? `${value.COUNTERSIGN_AUTHORITY}/${value.COUNTERSIGN_TENANTS[0] ?? ''}`,
      oauthScope: value.BOT_OAUTH_SCOPE,
      serviceHosts: value.BOT_SERVICE_HOSTS,
    },
    sharePointHost: value.SHAREPOINT_HOST ?? null,
    chatUrl: value.CHAT_URL ?? (chat ? `https://teams.microsoft.com/l/chat/0/0?users=28:${chat.appId}` : ''),
    certificateAuthority: value.COUNTERSIGN_CA ?? null,
  }
}

function registration(appId: string | undefined, given: string | undefined): Registration | null {
  return appId && given ? { appId, secret: given } : null
}

function keyIssues(error: z.ZodError | undefined, given: Given): readonly (readonly [ConfigKey, string])[] {
  return (error?.issues ?? []).map((issue) => {
    const key = configKeys.find((known) => known === issue.path[0])
    if (!key) throw new Error(`A rule of the configuration names no key: ${issue.message}`)
    return [key, given[key] === undefined ? 'is missing' : issue.message] as const
  })
}

/** One line a key: what is wrong, what it is for, an example. Values are never printed: some are secrets. */
function describe(issues: readonly (readonly [ConfigKey, string])[]): string {
  const lines = issues.map(([key, wrong]) => `  ${key} ${wrong}. It is ${keyHelp[key][0]}, for example ${keyHelp[key][1]}`)
  return [
    `Countersign cannot start: ${lines.length === 1 ? 'one setting is' : `${lines.length} settings are`} missing or wrong.`,
    ...lines,
  ].join('\n')
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
