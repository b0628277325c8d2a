import { describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { actions } from '../core/actions/catalogue.ts'
import { needsOf, startingActions } from '../core/actions/needs.ts'
import { delegatedScopes } from '../core/data/graph-delegated-scopes.ts'
import { configKeys, parseConfig } from '../bot/src/config.ts'
import { registrationManifests } from '../bot/src/identity/registrations.ts'
import { manifestFiles, manifestKeys, outdatedFiles } from '../tools/manifests.ts'

const root = join(import.meta.dirname, '..')
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const example = textOf('env/.env.example')
/** Every key with its example value, also those that are commented out. */
const examples = parseEnv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''))

function filled(file: string): unknown {
  return JSON.parse(textOf(file).replaceAll(/\$\{\{([A-Z_]+)\}\}/g, (whole, key: string) => examples[key] ?? whole))
}

describe('what is generated', () => {
  it('is what the code says, byte for byte', async () => {
    expect(Object.keys(await manifestFiles())).toHaveLength(5)
    expect(await outdatedFiles()).toEqual([])
  })

  it('names no key in a placeholder that env/.env.example does not explain', () => {
    const known = [...configKeys, ...Object.keys(manifestKeys)]
    expect(Object.keys(examples).sort()).toEqual([...known].sort())
    for (const file of ['manifest/entra/read.json', 'manifest/entra/chat.json', 'manifest/entra/act.json', 'manifest/manifest.json']) {
      const named = [...textOf(file).matchAll(/\$\{\{([^}]*)\}\}/g)].map(([, key]) => key)
      expect(named.length).toBeGreaterThan(0)
      expect(named.filter((key) => !known.includes(key ?? ''))).toEqual([])
    }
  })

  it('env/.env.example starts a service that only reads, once the secrets are filled in, and one that acts with every line', () => {
    const secrets = { READ_APP_SECRET: 'x', CHAT_APP_SECRET: 'x', ACT_APP_SECRET: 'x', DEPLOYMENT_KEY: Buffer.alloc(32).toString('base64') }
    expect(parseConfig(parseEnv(example)).kind).toBe('wrong')
    expect(parseConfig({ ...parseEnv(example), ...secrets })).toMatchObject({
      kind: 'config',
      config: { act: null, profile: { act: 'off' } },
    })
    expect(parseConfig({ ...examples, ...secrets, COUNTERSIGN_ACT: 'on' })).toMatchObject({
      kind: 'config',
      config: { profile: { act: 'on' } },
    })
  })
})

describe('the registrations', () => {
  it('are, filled in, those that the service expects', () => {
    const ids = { read: examples['READ_APP_ID'] ?? '', chat: examples['CHAT_APP_ID'] ?? '', act: examples['ACT_APP_ID'] ?? '' }
    const expected = registrationManifests(examples['COUNTERSIGN_ORIGIN'] ?? '', ids)
    for (const name of ['read', 'chat', 'act'] as const)
      expect(filled(`manifest/entra/${name}.json`)).toEqual(JSON.parse(JSON.stringify(expected[name])))
  })

  it('give Countersign Act what the actions that start switched on need, and nothing more', () => {
    const { write, proof } = needsOf(startingActions(actions))
    const ids = [...write, ...proof].map(({ scope }) => delegatedScopes.get(scope)?.id)
    const granted = z
      .object({
        requiredResourceAccess: z.array(z.object({ resourceAccess: z.array(z.object({ id: z.string(), type: z.literal('Scope') })) })),
      })
      .parse(filled('manifest/entra/act.json'))
    expect(granted.requiredResourceAccess.flatMap(({ resourceAccess }) => resourceAccess.map(({ id }) => id)).sort()).toEqual(ids.sort())
  })

  it('register.ps1 fills in every placeholder that they hold', () => {
    const script = textOf('manifest/entra/register.ps1')
    for (const name of ['read', 'chat', 'act']) {
      for (const [, key = ''] of textOf(`manifest/entra/${name}.json`).matchAll(/\$\{\{([A-Z_]+)\}\}/g)) {
        // A registration's own id is named by the file: "${key}_APP_ID".
        if (key !== `${name.toUpperCase()}_APP_ID`) expect(script).toContain(`${key} = `)
      }
    }
    expect(script.match(/Send-Graph (POST|PATCH)/g)?.length).toBe(5)
    expect(script).toContain('$run.ShouldProcess(')
  })
})

/** What schema v1.30 demands of the parts in use: https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json */
const address = z
  .string()
  .max(2048)
  .regex(/^https:\/\/[^\s$]+$/)
const guid = z.string().regex(/^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/)
const scopes = z
  .array(z.enum(['team', 'personal', 'groupChat', 'copilot']))
  .min(1)
  .max(4)
/** Shorter than the schema allows: what Teams shows of a command (learn.microsoft.com/microsoftteams/platform/bots/how-to/create-a-bot-commands-menu). */
const command = z.strictObject({ title: z.string().min(1).max(32), description: z.string().min(1).max(128) })
const teamsSchema = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.30'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: guid,
  developer: z.strictObject({ name: z.string().min(1).max(32), websiteUrl: address, privacyUrl: address, termsOfUseUrl: address }),
  name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().max(100) }),
  description: z.strictObject({ short: z.string().min(1).max(80), full: z.string().min(1).max(4000) }),
  icons: z.strictObject({ color: z.string(), outline: z.string() }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  staticTabs: z
    .array(z.strictObject({ entityId: z.string().max(64), name: z.string().max(128), contentUrl: address, websiteUrl: address, scopes }))
    .max(16),
  bots: z
    .array(
      z.strictObject({
        botId: guid,
        scopes,
        supportsFiles: z.boolean(),
        isNotificationOnly: z.boolean(),
        commandLists: z.array(z.strictObject({ scopes, commands: z.array(command).max(12) })).max(3),
      }),
    )
    .max(1),
  defaultInstallScope: z.enum(['personal', 'team', 'groupChat', 'meetings', 'copilot']),
  permissions: z.array(z.enum(['identity', 'messageTeamMembers'])).max(2),
  validDomains: z.array(z.string().regex(/^[a-z0-9.-]+$/)).max(100),
  webApplicationInfo: z.strictObject({ id: guid, resource: z.string().max(2048) }),
})

describe('the Teams manifest', () => {
  const manifest = teamsSchema.parse(filled('manifest/manifest.json'))

  it('holds what its schema demands, and its parts fit each other', () => {
    expect(manifest.webApplicationInfo).toEqual({ id: examples['READ_APP_ID'], resource: examples['READ_API_RESOURCE'] })
    expect(manifest.bots[0]?.botId).toBe(examples['CHAT_APP_ID'])
    expect(manifest.validDomains).toEqual([new URL(manifest.staticTabs[0]?.contentUrl ?? '').host])
    expect(manifest.webApplicationInfo.resource.startsWith(`api://${manifest.validDomains[0]}/`)).toBe(true)
  })

  it('names icons that are there', () => {
    for (const icon of Object.values(manifest.icons)) expect(existsSync(join(root, 'manifest', icon))).toBe(true)
  })

  it('is for 1:1 chats alone, because only there a card can be countersigned', () => {
    expect(manifest.bots.flatMap((bot) => [bot.scopes, ...bot.commandLists.map((list) => list.scopes)])).toEqual([
      ['personal'],
      ['personal'],
    ])
  })

  it.each([
    ['a placeholder that nobody fills', { id: '${{TEAMS_APP_ID}}' }],
    ['an address without TLS', { developer: { ...manifest.developer, privacyUrl: 'http://contoso.com/privacy' } }],
    ['a name that Teams cuts', { name: { ...manifest.name, short: 'x'.repeat(31) } }],
    ['a field that the schema does not know', { configurableTab: [] }],
    [
      'a thirteenth command',
      {
        bots: manifest.bots.map((bot) => ({
          ...bot,
          commandLists: [{ scopes: ['personal'], commands: Array.from({ length: 13 }, () => ({ title: 'a', description: 'b' })) }],
        })),
      },
    ],
  ])('would not pass with %s', (_what, change) => {
    expect(teamsSchema.safeParse({ ...manifest, ...change }).success).toBe(false)
  })
})
