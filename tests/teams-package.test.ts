import { describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { unzipSync } from 'fflate'
import { parse } from 'yaml'
import { z } from 'zod'
import { teamsCommands } from '../bot/src/assistant/commands.ts'
import { packTeamsApp, zipped } from '../tools/package.ts'
import { germanTexts, translatableTexts } from '../tools/teams-manifest.ts'

const root = join(import.meta.dirname, '..')
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

const settings = {
  COUNTERSIGN_ACT: 'on',
  TEAMS_APP_ID: '0b0c3a52-4d0e-4f5e-9a5b-3a4f5c6d7e8f',
  COUNTERSIGN_ORIGIN: 'https://countersign.nordlicht.eu',
  COUNTERSIGN_HOST: 'countersign.nordlicht.eu',
  OWNER_NAME: 'Nordlicht "IT" \\ Sicherheit',
  OWNER_WEBSITE_URL: 'https://nordlicht.eu',
  OWNER_PRIVACY_URL: 'https://nordlicht.eu/privacy',
  OWNER_TERMS_URL: 'https://nordlicht.eu/terms',
  READ_APP_ID: '1b0c3a52-4d0e-4f5e-9a5b-3a4f5c6d7e8f',
  READ_API_RESOURCE: 'api://countersign.nordlicht.eu/1b0c3a52-4d0e-4f5e-9a5b-3a4f5c6d7e8f',
  CHAT_APP_ID: '2b0c3a52-4d0e-4f5e-9a5b-3a4f5c6d7e8f',
} as const

/**
 * What Microsoft's own schemas have against a value, by Microsoft's own package. In a process of its own, because the package needs a way of
 * loading that the test runner does not have.
 */
function microsoftSays(schema: 'manifest' | 'localization', value: object): readonly string[] {
  const input = JSON.stringify(value)
  const known = said.get(`${schema} ${input}`) ?? askMicrosoft(schema, input)
  said.set(`${schema} ${input}`, known)
  return known
}
/** What was said already: many tests make the same manifest. */
const said = new Map<string, readonly string[]>()

function askMicrosoft(schema: 'manifest' | 'localization', input: string): readonly string[] {
  const script = `
    const { readFileSync } = require('node:fs')
    const { AppManifestUtils } = require('@microsoft/app-manifest')
    globalThis.fetch = () => { throw new Error('No schema is fetched.') }
    const value = JSON.parse(readFileSync(0, 'utf8'))
    const folder = require('node:path').join(require.resolve('@microsoft/app-manifest'), '..', 'json-schemas', 'teams', 'v1.30')
    const Ajv = require('ajv-draft-04')
    const localization = () => {
      const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(JSON.parse(readFileSync(folder + '/MicrosoftTeams.Localization.schema.json', 'utf8')))
      return validate(value) ? [] : validate.errors.map((error) => error.instancePath + ' ' + error.message)
    }
    const errors = ${schema === 'manifest' ? 'AppManifestUtils.validateAgainstSchema(value)' : 'Promise.resolve(localization())'}
    errors.then((all) => console.log(JSON.stringify(all)))`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, input, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return z.array(z.string()).parse(JSON.parse(stdout))
}
const pack = (given: Readonly<Record<string, string | undefined>>, version = '1.2.3'): ReturnType<typeof packTeamsApp> =>
  packTeamsApp(given, version, (manifest) => Promise.resolve(microsoftSays('manifest', manifest)))

async function files(given: Readonly<Record<string, string>> = settings): Promise<Readonly<Record<string, Uint8Array>>> {
  const packed = await pack(given)
  if (packed.kind === 'refused') throw new Error(packed.problems.join('\n'))
  return packed.files
}
const jsonOf = (bytes: Uint8Array | undefined): unknown => JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))

const shape = z.looseObject({
  staticTabs: z.array(z.looseObject({ entityId: z.string(), contentUrl: z.string().optional(), scopes: z.array(z.string()) })),
  configurableTabs: z.array(z.looseObject({ configurationUrl: z.string(), scopes: z.array(z.string()) })),
  bots: z
    .array(
      z.looseObject({
        botId: z.string(),
        scopes: z.array(z.string()),
        commandLists: z.array(z.looseObject({ commands: z.array(z.unknown()) })),
      }),
    )
    .optional(),
  composeExtensions: z.array(z.looseObject({ botId: z.string() })).optional(),
  icons: z.record(z.string(), z.string()),
  localizationInfo: z.looseObject({ additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })) }),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
})

describe('the package', () => {
  it('is what Microsoft’s schema v1.30 allows, with everything that it names in it', async () => {
    const zip = unzipSync(zipped(await files()))
    const manifest = jsonOf(zip['manifest.json'])
    expect(microsoftSays('manifest', z.looseObject({}).parse(manifest))).toEqual([])
    expect(microsoftSays('manifest', { ...z.looseObject({}).parse(manifest), accentColor: 'blue', configurableTab: [] })).toHaveLength(2)
    const { icons, localizationInfo, ...parts } = shape.parse(manifest)
    const named = [...Object.values(icons), ...localizationInfo.additionalLanguages.map(({ file }) => file), 'manifest.json']
    expect(Object.keys(zip).sort()).toEqual(named.sort())
    expect(parts.validDomains).toEqual([settings.COUNTERSIGN_HOST])
    for (const { contentUrl } of parts.staticTabs)
      if (contentUrl !== undefined) expect(new URL(contentUrl).host).toBe(settings.COUNTERSIGN_HOST)
    expect(parts.configurableTabs[0]).toMatchObject({
      configurationUrl: `${settings.COUNTERSIGN_ORIGIN}/configure`,
      scopes: ['team', 'groupChat'],
    })
    expect(parts.webApplicationInfo).toEqual({ id: settings.READ_APP_ID, resource: settings.READ_API_RESOURCE })
    expect(JSON.stringify(manifest)).not.toContain('${{')
    expect(manifest).toMatchObject({ developer: { name: settings.OWNER_NAME } })
  })

  it('has a bot for 1:1 chats alone, because only there a card can be countersigned, with at most three lists of twelve commands', async () => {
    const { bots = [], composeExtensions = [] } = shape.parse(jsonOf((await files())['manifest.json']))
    expect(bots.map(({ botId, scopes }) => ({ botId, scopes }))).toEqual([{ botId: settings.CHAT_APP_ID, scopes: ['personal'] }])
    const lists = bots.flatMap(({ commandLists }) => commandLists)
    expect(lists.length).toBeLessThanOrEqual(3)
    for (const { commands } of lists) expect(commands.length).toBeLessThanOrEqual(12)
    expect(lists.flatMap(({ commands }) => commands)).toHaveLength(teamsCommands.length)
    expect(composeExtensions.map(({ botId }) => botId)).toEqual([settings.CHAT_APP_ID])
  })

  it('without actions names neither a bot nor its extension, and needs no id of one', async () => {
    const { CHAT_APP_ID: _none, COUNTERSIGN_ACT: _off, ...reading } = settings
    const packed = await files(reading)
    expect(Object.keys(jsonOf(packed['manifest.json']) as object)).not.toEqual(expect.arrayContaining(['bots']))
    expect(Buffer.from(packed['manifest.json'] ?? []).toString()).not.toContain('composeExtensions')
    expect(Buffer.from(packed['de.json'] ?? []).toString()).not.toContain('bots[0]')
  })

  it('has the same bytes from the same settings', async () => {
    expect(Buffer.from(zipped(await files())).equals(Buffer.from(zipped(await files())))).toBe(true)
  })
})

describe('what is refused', () => {
  it('the example settings: all of it at once, and nothing of it twice', async () => {
    const examples = parseEnv(textOf('env/.env.example').replaceAll(/^#(?=[A-Z_]+=)/gm, ''))
    const packed = await pack({ ...examples, COUNTERSIGN_ACT: 'on' })
    const problems = packed.kind === 'refused' ? packed.problems : []
    const keys = problems.map((problem) => problem.split(' ')[0])
    expect(keys.sort()).toEqual(
      [
        'CHAT_APP_ID',
        'COUNTERSIGN_HOST',
        'COUNTERSIGN_ORIGIN',
        'OWNER_NAME',
        'OWNER_PRIVACY_URL',
        'OWNER_TERMS_URL',
        'OWNER_WEBSITE_URL',
        'READ_APP_ID',
        'TEAMS_APP_ID',
      ].sort(),
    )
  })

  it('the settings file that comes with the product, which nobody has filled in', async () => {
    const packed = await pack(parseEnv(textOf('env/.env.dev')))
    expect(packed.kind === 'refused' ? packed.problems.length : 0).toBe(Object.keys(settings).length - 1)
  })

  it.each([
    ['TEAMS_APP_ID', 'TEAMS_APP_ID', 'no-guid'],
    ['a placeholder that nobody filled', 'TEAMS_APP_ID', '${{TEAMS_APP_ID}}'],
    ['an address without TLS', 'OWNER_PRIVACY_URL', 'http://nordlicht.eu/privacy'],
    ['a loopback host', 'COUNTERSIGN_ORIGIN', 'https://localhost:3978'],
    ['an address by number', 'OWNER_TERMS_URL', 'https://192.168.0.7/terms'],
    ['an origin with a path', 'COUNTERSIGN_ORIGIN', 'https://countersign.nordlicht.eu/tab'],
    ['a name that Teams cuts', 'OWNER_NAME', 'x'.repeat(33)],
    ['a resource of another registration', 'READ_API_RESOURCE', 'api://countersign.nordlicht.eu/3b0c3a52-4d0e-4f5e-9a5b-3a4f5c6d7e8f'],
    ['a host that is not the origin’s', 'COUNTERSIGN_HOST', 'other.nordlicht.eu'],
    ['nothing', 'OWNER_TERMS_URL', '  '],
  ])('%s', async (_what, key, value) => {
    const packed = await pack({ ...settings, [key]: value })
    expect(packed.kind).toBe('refused')
    if (packed.kind === 'refused') expect(packed.problems.some((problem) => problem.startsWith(`${key} `))).toBe(true)
  })

  it('a version that Teams cannot compare with the one before, and what the schema does not take', async () => {
    expect(await pack(settings, 'one')).toMatchObject({ kind: 'refused', problems: [expect.stringContaining('three numbers')] })
    const refusedBySchema = await packTeamsApp(settings, '1.2.3', () => Promise.resolve(['/accentColor must match']))
    expect(refusedBySchema).toEqual({ kind: 'refused', problems: ['The schema of Teams says: /accentColor must match'] })
  })

  it('by the command too: one message with everything, and nothing is written', () => {
    const out = join(root, 'manifest', 'build', 'never-written.zip')
    const { status, stderr } = spawnSync(process.execPath, ['tools/package.ts', '--env', 'dev', '--out', out], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    for (const key of Object.keys(settings)) if (key !== 'COUNTERSIGN_ACT') expect(stderr).toContain(`  ${key} is missing.`)
    expect(stderr).not.toContain('    at ')
    expect(existsSync(out)).toBe(false)
  })
})

describe('German', () => {
  it('has each text and no other, none of them the English one by mistake, in the shape of Microsoft’s schema', () => {
    const english = translatableTexts()
    const { $schema: _address, ...german } = germanTexts() as Record<string, string>
    expect(Object.keys(german)).toEqual(Object.keys(english))
    const same = Object.entries(german).filter(([place, text]) => text === english[place])
    expect(same.map(([, text]) => text)).toEqual(['Countersign', 'Countersign', 'Trust Center'])
    expect(microsoftSays('localization', germanTexts())).toEqual([])
    expect(microsoftSays('localization', { ...germanTexts(), 'name.full': 'x'.repeat(101) })).toHaveLength(1)
  })
})

describe('m365agents.yml', () => {
  const step = z.strictObject({
    uses: z.enum([
      'teamsApp/create',
      'teamsApp/validateManifest',
      'teamsApp/validateAppPackage',
      'teamsApp/update',
      'teamsApp/publishAppPackage',
      'botFramework/create',
      'cli/runNpmCommand',
    ]),
    name: z.string().optional(),
    with: z.record(z.string(), z.unknown()),
    writeToEnvironmentFile: z.record(z.string(), z.string()).optional(),
  })
  const file = z
    .strictObject({
      version: z.literal('v1.11'),
      environmentFolderPath: z.literal('./env'),
      provision: z.array(step),
      deploy: z.array(step),
      publish: z.array(step),
    })
    .parse(parse(textOf('m365agents.yml')))
  const steps = [...file.provision, ...file.deploy, ...file.publish]

  it('names only values that env/.env.dev holds or an earlier step writes', () => {
    const known = new Set([
      ...Object.keys(parseEnv(textOf('env/.env.dev'))),
      ...steps.flatMap(({ writeToEnvironmentFile = {} }) => Object.values(writeToEnvironmentFile)),
    ])
    const named = [...JSON.stringify(steps).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, key = '']) => key)
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((key) => !known.has(key))).toEqual([])
  })

  it('runs npm commands that there are, on the package that they write', () => {
    const { scripts } = z.looseObject({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(textOf('package.json')))
    const runs = steps.flatMap(({ with: { args } }) => (typeof args === 'string' ? [/^run (\S+)/.exec(args)?.[1] ?? ''] : []))
    expect(runs.filter((name) => name === 'package').length).toBe(2)
    for (const name of runs) if (name !== '' && name !== 'build') expect(Object.keys(scripts)).toContain(name)
    for (const {
      with: { appPackagePath },
    } of steps)
      if (appPackagePath !== undefined) expect(appPackagePath).toBe('./manifest/build/appPackage.${{TEAMSFX_ENV}}.zip')
  })
})
