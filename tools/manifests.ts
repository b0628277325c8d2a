/**
 * Writes what an administrator registers and fills in: manifest/entra, manifest/manifest.json and env/.env.example, all from
 * the code. With --check it writes nothing and fails when a file is out of date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { teamsCommands, usageOf } from '../bot/src/assistant/commands.ts'
import { configKeys, keyHelp, parseConfig } from '../bot/src/config.ts'
import { registrationManifests } from '../bot/src/identity/registrations.ts'

const root = join(import.meta.dirname, '..')

/** Keys that only the manifests need: what they are for, with an example. The service does not read them. */
export const manifestKeys = {
  COUNTERSIGN_HOST: ['the host of COUNTERSIGN_ORIGIN', 'countersign.contoso.com'],
  TEAMS_APP_ID: ['the id of the Teams app, any new GUID', '55555555-5555-4555-8555-555555555555'],
  OWNER_NAME: ['who runs this deployment, shown in Teams, at most 32 characters', 'Contoso IT'],
  OWNER_WEBSITE_URL: ['a page about this deployment or its owner', 'https://contoso.com'],
  OWNER_PRIVACY_URL: ["the owner's privacy statement", 'https://contoso.com/privacy'],
  OWNER_TERMS_URL: ["the owner's terms of use", 'https://contoso.com/terms'],
} as const satisfies Record<string, readonly [purpose: string, example: string]>
type ManifestKey = keyof typeof manifestKeys | (typeof configKeys)[number]

/** The Microsoft 365 Agents Toolkit's way to write a value of env/.env.<name>. */
function placeholder(key: ManifestKey): string {
  return `\${{${key}}}`
}

/** Stand-ins that `registrationManifests` takes for real ones, and what is written in their place. The origin comes before the host that is in it. */
const standIns = {
  origin: 'https://countersign.invalid',
  host: 'countersign.invalid',
  read: 'read-app-id',
  chat: 'chat-app-id',
  act: 'act-app-id',
} as const
const placeholders: readonly (readonly [standIn: string, key: ManifestKey])[] = [
  [standIns.origin, 'COUNTERSIGN_ORIGIN'],
  [standIns.host, 'COUNTERSIGN_HOST'],
  [standIns.read, 'READ_APP_ID'],
  [standIns.chat, 'CHAT_APP_ID'],
  [standIns.act, 'ACT_APP_ID'],
]

function withPlaceholders(application: object): string {
  return placeholders.reduce((text, [standIn, key]) => text.replaceAll(standIn, placeholder(key)), JSON.stringify(application))
}

/** The Teams app: a personal tab and a bot for 1:1 chats. Texts that name an owner are the owner's. */
function teamsManifest(version: string): object {
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json',
    manifestVersion: '1.30',
    version,
    id: placeholder('TEAMS_APP_ID'),
    developer: {
      name: placeholder('OWNER_NAME'),
      websiteUrl: placeholder('OWNER_WEBSITE_URL'),
      privacyUrl: placeholder('OWNER_PRIVACY_URL'),
      termsOfUseUrl: placeholder('OWNER_TERMS_URL'),
    },
    name: { short: 'Countersign', full: 'Countersign: identity security with a second signature' },
    description: {
      short: 'See what is wrong in your Entra tenant, and countersign the fix.',
      full: 'Countersign reads the identity settings of your Entra tenant as you, explains what it finds, and proposes fixes in a 1:1 chat. Nothing changes until a named person countersigns the card. Each change is read back, looked up in the tenant’s own audit log and kept as a receipt.',
    },
    icons: { color: 'icons/color.png', outline: 'icons/outline.png' },
    accentColor: '#4F52B2',
    staticTabs: [
      {
        entityId: 'countersign',
        name: 'Countersign',
        contentUrl: `${placeholder('COUNTERSIGN_ORIGIN')}/`,
        websiteUrl: `${placeholder('COUNTERSIGN_ORIGIN')}/`,
        scopes: ['personal'],
      },
    ],
    bots: [
      {
        botId: placeholder('CHAT_APP_ID'),
        scopes: ['personal'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: teamsCommands.map((command) => ({
              title: command.words[0],
              description: command.slots.length === 0 ? command.help : `${usageOf(command)}: ${command.help}`,
            })),
          },
        ],
      },
    ],
    defaultInstallScope: 'personal',
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [placeholder('COUNTERSIGN_HOST')],
    webApplicationInfo: { id: placeholder('READ_APP_ID'), resource: placeholder('READ_API_RESOURCE') },
  }
}

/** One key: its purpose as a comment, then the line. A key that may be left out, or stands for another, is commented out. */
function envLines(key: string, [purpose, example]: readonly [string, string], isNeeded: boolean): string {
  const hasValue = !example.startsWith('(')
  const how = example === '(a secret)' ? '' : ` Make one with ${example.slice(1, -1)}.`
  const note = hasValue ? '' : `${how} A secret: keep it in env/.env.<name>.user.`
  return `# ${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}.${note}\n${isNeeded ? '' : '#'}${key}=${hasValue ? example : ''}\n`
}

function envExample(): string {
  const answer = parseConfig({})
  const missing = answer.kind === 'wrong' ? answer.message : ''
  const isNeeded = (key: string): boolean => missing.includes(`\n  ${key} `)
  return [
    `# Written by \`npm run docs\` from bot/src/config.ts and tools/manifests.ts. Do not edit: copy it to env/.env.<name> and fill in the copy.
# Secrets belong in env/.env.<name>.user, which git ignores. A line that is commented out may stay so; its value is an example
# or the default. \`npx countersign doctor --settings env/.env.<name> env/.env.<name>.user\` says what is missing or wrong.
`,
    ...configKeys.map((key) => envLines(key, keyHelp[key], isNeeded(key))),
    '# From here on only the manifests of Teams and Entra need the values; the service does not read them.\n',
    ...Object.entries(manifestKeys).map(([key, help]) => envLines(key, help, true)),
  ].join('\n')
}

/** Every generated file below the project's root with its text. */
export async function manifestFiles(): Promise<Readonly<Record<string, string>>> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { read, chat, act } = registrationManifests(standIns.origin, standIns)
  const options = await resolveConfig(join(root, 'manifest', 'manifest.json'))
  const json = (text: string): Promise<string> => format(JSON.stringify(JSON.parse(text), null, 2), { ...options, parser: 'json' })
  return {
    'manifest/entra/read.json': await json(withPlaceholders(read)),
    'manifest/entra/chat.json': await json(withPlaceholders(chat)),
    'manifest/entra/act.json': await json(withPlaceholders(act)),
    'manifest/manifest.json': await json(JSON.stringify(teamsManifest(version))),
    'env/.env.example': envExample(),
  }
}

/** Files whose text on disk is not what the code says. */
export async function outdatedFiles(): Promise<readonly string[]> {
  return Object.entries(await manifestFiles()).flatMap(([file, text]) => (readOrEmpty(file) === text ? [] : [file]))
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--check')) {
    const outdated = await outdatedFiles()
    if (outdated.length === 0) return
    console.error(`Out of date: ${outdated.join(', ')}. Run npm run docs and commit what it writes.`)
    process.exitCode = 1
    return
  }
  for (const [file, text] of Object.entries(await manifestFiles())) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
