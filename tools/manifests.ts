/**
 * Writes what an administrator registers and fills in: manifest/entra, manifest/manifest.json with its German texts, and env/.env.example, all from
 * the code. With --check it writes nothing and fails when a file is out of date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { configKeys, keyHelp, parseConfig } from '../bot/src/config.ts'
import { registrationManifests } from '../bot/src/identity/registrations.ts'
import { germanTexts, manifestKeys, placeholder, teamsManifest } from './teams-manifest.ts'

const root = join(import.meta.dirname, '..')

/** Stand-ins that `registrationManifests` takes for real ones, and what is written in their place. The origin comes before the host that is in it. */
const standIns = {
  origin: 'https://countersign.invalid',
  host: 'countersign.invalid',
  read: 'read-app-id',
  chat: 'chat-app-id',
  act: 'act-app-id',
} as const
const placeholders: readonly (readonly [standIn: string, key: (typeof configKeys)[number] | keyof typeof manifestKeys])[] = [
  [standIns.origin, 'COUNTERSIGN_ORIGIN'],
  [standIns.host, 'COUNTERSIGN_HOST'],
  [standIns.read, 'READ_APP_ID'],
  [standIns.chat, 'CHAT_APP_ID'],
  [standIns.act, 'ACT_APP_ID'],
]

function withPlaceholders(application: object): string {
  return placeholders.reduce((text, [standIn, key]) => text.replaceAll(standIn, placeholder(key)), JSON.stringify(application))
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
    'manifest/de.json': await json(JSON.stringify(germanTexts())),
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
