import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { actions } from '../core/actions/catalogue.ts'
import { needsOf, startingActions } from '../core/actions/needs.ts'
import { delegatedScopes } from '../core/data/graph-delegated-scopes.ts'
import { configKeys, parseConfig } from '../bot/src/config.ts'
import { readScopes, registrationManifests } from '../bot/src/identity/registrations.ts'
import { manifestFiles, outdatedFiles } from '../tools/manifests.ts'
import { manifestKeys } from '../tools/teams-manifest.ts'

const root = join(import.meta.dirname, '..')
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const example = textOf('env/.env.example')
/** Every key with its example value, also those that are commented out. */
const examples = parseEnv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''))

function filled(file: string): unknown {
  return JSON.parse(textOf(file).replaceAll(/\$\{\{([A-Z_]+)\}\}/g, (whole, key: string) => examples[key] ?? whole))
}

describe('docs/install.md', () => {
  it('says of each permission that Countersign Read asks for what it is for', () => {
    const [, told = ''] = textOf('docs/install.md').split('### What _Countersign Read_ asks for')
    expect(
      readScopes()
        .map(({ scope }) => scope)
        .filter((scope) => !told.includes(`\`${scope}\``)),
    ).toEqual([])
  })
})

describe('what is generated', () => {
  it('is what the code says, byte for byte', async () => {
    expect(Object.keys(await manifestFiles())).toHaveLength(6)
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
