import { afterEach, describe, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDeploymentKey, outsideAddresses, parseConfig, readConfig } from '../../../bot/src/config.ts'

const id = '11111111-1111-4111-8111-111111111111'
const least = {
  COUNTERSIGN_ORIGIN: 'https://countersign.contoso.example',
  COUNTERSIGN_TENANTS: id,
  READ_APP_ID: id,
  READ_APP_SECRET: 'top-secret-value',
  READ_API_RESOURCE: `api://countersign.contoso.example/${id}`,
  DATABASE_URL: 'postgres://owner:database-password@db.internal/countersign',
  DEPLOYMENT_KEY: Buffer.alloc(32, 1).toString('base64'),
}

function wrong(env: Record<string, string | undefined>): string {
  const answer = parseConfig(env)
  if (answer.kind === 'config') throw new Error('The configuration was accepted.')
  return answer.message
}

describe('configuration', () => {
  it('reads the least that a deployment needs, with defaults that leave actions off', () => {
    const config = readConfig(least)
    expect(config).toMatchObject({
      origin: 'https://countersign.contoso.example',
      host: '127.0.0.1',
      port: 3978,
      tenants: [id],
      graph: 'https://graph.microsoft.com',
      act: null,
      chat: null,
    })
    expect(config.profile).toMatchObject({ act: 'off', assistant: 'none', environment: 'tenant', retentionDays: 30 })
  })

  it('names everything that is missing at once, what it is for and an example', () => {
    const message = wrong({})
    for (const key of [
      'COUNTERSIGN_ORIGIN',
      'COUNTERSIGN_TENANTS',
      'READ_APP_ID',
      'READ_APP_SECRET',
      'READ_API_RESOURCE',
      'COUNTERSIGN_DATA',
      'DEPLOYMENT_KEY',
    ])
      expect(message).toContain(`  ${key} `)
    expect(message).toContain('for example https://countersign.contoso.com')
  })

  it.each([
    ['COUNTERSIGN_ORIGIN', 'http://countersign.contoso.example'],
    ['COUNTERSIGN_ORIGIN', 'countersign'],
    ['COUNTERSIGN_TENANTS', 'contoso'],
    ['COUNTERSIGN_TENANTS', ','],
    ['PORT', 'http'],
    ['READ_API_RESOURCE', 'https://x'],
    ['DEPLOYMENT_KEY', 'c2hvcnQ='],
    ['COUNTERSIGN_ACT', 'yes'],
    ['COUNTERSIGN_RETENTION_DAYS', '31'],
    ['SHAREPOINT_HOST', 'https://contoso.sharepoint.com'],
  ])('refuses %s=%s and says which key', (key, value) => {
    expect(wrong({ ...least, [key]: value })).toContain(`  ${key} `)
  })

  it('never prints a value: some are secrets', () => {
    const message = wrong({ ...least, PORT: 'x', READ_APP_ID: 'secret-looking-id' })
    for (const value of ['top-secret-value', 'database-password', 'secret-looking-id']) expect(message).not.toContain(value)
  })

  it('demands the act and chat registrations when actions are on', () => {
    const message = wrong({ ...least, COUNTERSIGN_ACT: 'on' })
    expect(message).toContain('ACT_APP_ID')
    expect(message).toContain('CHAT_APP_ID')
  })

  it('lets the service reach the bot channel only where a bot is set up', () => {
    expect(outsideAddresses(readConfig(least))).toEqual([
      'https://login.microsoftonline.com',
      'https://graph.microsoft.com',
      least.DATABASE_URL,
    ])
    const withBot = outsideAddresses(readConfig({ ...least, CHAT_APP_ID: id, CHAT_APP_SECRET: 'x' }))
    expect(withBot).toContain('https://smba.trafficmanager.net')
  })
})

describe('deployment key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cs-key-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is made once for the emulator, readable by the owner only, and stays', () => {
    const config = readConfig({
      ...least,
      DATABASE_URL: '',
      DEPLOYMENT_KEY: '',
      COUNTERSIGN_ENVIRONMENT: 'emulator',
      COUNTERSIGN_DATA: folder,
    })
    const first = loadDeploymentKey(config)
    expect(first).toHaveLength(32)
    expect(loadDeploymentKey(config)).toEqual(first)
    expect(statSync(join(folder, 'deployment.key')).mode & 0o777).toBe(0o600)
  })

  it('is never made up for a real tenant', () => {
    expect(wrong({ ...least, DEPLOYMENT_KEY: undefined })).toContain('DEPLOYMENT_KEY')
  })
})
