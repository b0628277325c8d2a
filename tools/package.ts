/**
 * Writes the Teams app package: `npm run package -- --env NAME` fills manifest/manifest.json with env/.env.NAME and env/.env.NAME.user and
 * writes manifest/build/appPackage.NAME.zip. It writes nothing as long as a value is missing or is an example, and then says so of all.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs, parseEnv } from 'node:util'
import { zipSync, type Zippable } from 'fflate'
import { germanTexts, manifestKeys, teamsManifest, type TeamsKey } from './teams-manifest.ts'

const root = join(import.meta.dirname, '..')
type Settings = Readonly<Record<string, string | undefined>>

/** What the schema of Teams has against a manifest, a sentence each. */
export type SchemaErrors = (manifest: object) => Promise<readonly string[]>

export type Packed =
  | { readonly kind: 'packed'; readonly files: Readonly<Record<string, Uint8Array>>; readonly hasBot: boolean }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
/** Ids of examples are one digit throughout, but for the version and the variant that a GUID must have. */
const exampleId = /^(.)\1{7}-\1{4}-4\1{3}-8\1{3}-\1{12}$/
/** Hosts that nobody's Teams can reach, and those that documentation writes: RFC 2606, RFC 6761 and Microsoft's own. */
const exampleHost = /(^|\.)(example|invalid|test|localhost|local)$|(^|\.)(example\.(com|net|org)|contoso\.com|fabrikam\.com)$|^[\d.]+$|^\[/

/** What is wrong with one value, as the end of a sentence that begins with its key; undefined when it may be used. */
const rules: Readonly<Record<TeamsKey, (value: string, settings: Settings) => string | undefined>> = {
  TEAMS_APP_ID: idProblem,
  COUNTERSIGN_ORIGIN: (value) => {
    const problem = addressProblem(value)
    return problem ?? (value === new URL(value).origin ? undefined : 'must be an address without a path or a slash at its end')
  },
  COUNTERSIGN_HOST: (value, { COUNTERSIGN_ORIGIN: origin }) =>
    exampleHost.test(value.replace(/:\d+$/, ''))
      ? 'is an example; give the host at which people reach the service'
      : origin !== undefined && URL.canParse(origin) && new URL(origin).host !== value
        ? `must be the host of COUNTERSIGN_ORIGIN, ${new URL(origin).host}`
        : undefined,
  OWNER_NAME: (value) =>
    value === manifestKeys.OWNER_NAME[1]
      ? 'is the example'
      : value.length > 32
        ? `has ${value.length} characters, Teams takes 32`
        : undefined,
  OWNER_WEBSITE_URL: addressProblem,
  OWNER_PRIVACY_URL: addressProblem,
  OWNER_TERMS_URL: addressProblem,
  READ_APP_ID: idProblem,
  READ_API_RESOURCE: (value, { COUNTERSIGN_HOST: host, READ_APP_ID: id }) =>
    host === undefined || id === undefined || value.toLowerCase() === `api://${host}/${id}`.toLowerCase()
      ? undefined
      : `must be api://${host}/${id}, from COUNTERSIGN_HOST and READ_APP_ID`,
  CHAT_APP_ID: idProblem,
}

function idProblem(value: string): string | undefined {
  if (!guid.test(value)) return 'must be a GUID'
  return exampleId.test(value) ? 'is an example; give the id of your own' : undefined
}

function addressProblem(value: string): string | undefined {
  if (!URL.canParse(value) || new URL(value).protocol !== 'https:') return 'must be an address that begins with https://'
  return exampleHost.test(new URL(value).hostname) ? 'is an example; give an address of your own' : undefined
}

/**
 * The files of the package, by their path in it. Without actions (`COUNTERSIGN_ACT` is not on) there is no bot to name, so the bot and the
 * message extension stay out. The same settings give the same bytes.
 */
export async function packTeamsApp(settings: Settings, version: string, schemaErrors: SchemaErrors): Promise<Packed> {
  const hasBot = settings['COUNTERSIGN_ACT'] === 'on'
  const whole = JSON.parse(JSON.stringify(teamsManifest(version))) as Record<string, unknown>
  const { bots: _bots, composeExtensions: _extensions, ...withoutBot } = whole
  const template = JSON.stringify(hasBot ? whole : withoutBot)
  const named = new Set([...template.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, key]) => key))
  const problems = Object.entries(rules).flatMap(([key, problemOf]) => {
    if (!named.has(key)) return []
    const value = settings[key]?.trim() ?? ''
    const problem = value === '' || value.includes('${{') ? 'is missing' : problemOf(value, settings)
    return problem === undefined ? [] : [`${key} ${problem}.`]
  })
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push('The version in package.json must be three numbers with points between them.')
  if (problems.length > 0) return { kind: 'refused', problems }
  const filled = template.replaceAll(/\$\{\{(\w+)\}\}/g, (_, key: string) => JSON.stringify(settings[key]?.trim() ?? '').slice(1, -1))
  const manifest = JSON.parse(filled) as object
  const errors = await schemaErrors(manifest)
  if (errors.length > 0) return { kind: 'refused', problems: errors.map((error) => `The schema of Teams says: ${error}`) }
  const text = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
  const german = Object.entries(germanTexts()).filter(([place]) => hasBot || !/^(bots|composeExtensions)\[/.test(place))
  return {
    kind: 'packed',
    hasBot,
    files: {
      'manifest.json': text(manifest),
      'de.json': text(Object.fromEntries(german)),
      'icons/color.png': readFileSync(join(root, 'manifest/icons/color.png')),
      'icons/outline.png': readFileSync(join(root, 'manifest/icons/outline.png')),
    },
  }
}

/** A zip whose bytes follow from the files alone. */
export function zipped(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([path, bytes]) => [path, [bytes, { mtime: new Date(1980, 0, 1), level: 9 }]])
  return zipSync(Object.fromEntries(entries) as Zippable)
}

async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { env: { type: 'string', default: 'dev' }, out: { type: 'string' } } })
  const name = values.env
  if (!/^[\w-]+$/.test(name)) return fail(`--env names a file env/.env.NAME; “${name}” is no such name.`)
  const files = [`env/.env.${name}`, `env/.env.${name}.user`].filter((file) => existsSync(join(root, file)))
  if (files.length === 0)
    return fail(`There is no env/.env.${name}. Copy env/.env.example to it and fill in the copy; docs/install.md says with what.`)
  // The environment goes before the files, as it does for the Agents Toolkit, which hands on what it has just made in this way.
  const given = Object.fromEntries(Object.keys(rules).flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])))
  const settings = Object.assign({}, ...files.map((file) => parseEnv(readFileSync(join(root, file), 'utf8'))), given) as Settings
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { AppManifestUtils } = await import('@microsoft/app-manifest')
  type Known = Parameters<typeof AppManifestUtils.validateAgainstSchema>[0]
  const packed = await packTeamsApp(settings, version, (manifest) => AppManifestUtils.validateAgainstSchema(manifest as Known))
  if (packed.kind === 'refused')
    return fail(
      `Nothing was written. ${files.join(' and ')} cannot make a Teams app yet:\n${packed.problems.map((one) => `  ${one}`).join('\n')}`,
    )
  const out = values.out ?? join(root, 'manifest', 'build', `appPackage.${name}.zip`)
  const bytes = zipped(packed.files)
  mkdirSync(join(out, '..'), { recursive: true })
  writeFileSync(out, bytes)
  console.log(`${relative(process.cwd(), out)}, ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`)
  console.log(packed.hasBot ? 'Tabs, bot and message extension.' : 'Tabs only: COUNTERSIGN_ACT is not on, so there is no bot to name.')
  return 0
}

function fail(message: string): number {
  console.error(message)
  return 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv.slice(2))
