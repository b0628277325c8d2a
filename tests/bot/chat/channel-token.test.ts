import { execFileSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import { activitySchema, actOf, conversationTypeOf, tenantOf } from '../../../bot/src/chat/activity.ts'
import { isAllowedService, isChannelToken } from '../../../bot/src/chat/channel-token.ts'

const expected = { issuer: 'https://api.botframework.com', appId: '44444444-4444-4444-8444-444444444444' }
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const header = { alg: 'RS256', kid: 'k', typ: 'JWT' }
const claims = { iss: expected.issuer, aud: expected.appId }
const token = (head: unknown, body: unknown, signature = 'c2ln'): string => `Bearer ${part(head)}.${part(body)}.${signature}`

describe('the look at a channel token', () => {
  it('lets the one issuer for our bot through, to the check of the signature', () => {
    expect(isChannelToken(token(header, claims), expected)).toBe(true)
    expect(isChannelToken(token(header, { ...claims, aud: expected.appId.toUpperCase() }), expected)).toBe(true)
  })

  it.each([
    ['no header', undefined],
    ['another scheme', token(header, claims).replace('Bearer', 'Basic')],
    ['lower case scheme', token(header, claims).replace('Bearer', 'bearer')],
    ['no signature', token(header, claims, '')],
    ['more after it', `${token(header, claims)} x`],
    ['two parts', `Bearer ${part(header)}.${part(claims)}`],
    ['alg none', token({ ...header, alg: 'none' }, claims)],
    ['a symmetric algorithm', token({ ...header, alg: 'HS256' }, claims)],
    ['no key id', token({ alg: 'RS256' }, claims)],
    ['the emulator’s issuer', token(header, { ...claims, iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })],
    ['an issuer that only begins so', token(header, { ...claims, iss: `${expected.issuer}.attacker.example` })],
    ['another audience', token(header, { ...claims, aud: '55555555-5555-4555-8555-555555555555' })],
    ['a list of audiences', token(header, { ...claims, aud: [expected.appId] })],
    ['no JSON', 'Bearer bm90.anNvbg.c2ln'],
  ])('refuses %s', (_name, authorization) => {
    expect(isChannelToken(authorization, expected)).toBe(false)
  })
})

describe('where the bot may answer to', () => {
  it.each([
    ['https://smba.trafficmanager.net/emea/', true],
    ['https://SMBA.trafficmanager.net/', true],
    ['http://smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net:444/', false],
    ['https://smba.trafficmanager.net@attacker.example/', false],
    ['https://user:pass@smba.trafficmanager.net/', false],
    ['https://smba.trafficmanager.net.attacker.example/', false],
    ['https://attacker.example/smba.trafficmanager.net', false],
    ['', false],
    ['smba.trafficmanager.net', false],
  ])('%s: %s', (url, allowed) => {
    expect(isAllowedService(url, ['smba.trafficmanager.net'])).toBe(allowed)
  })
})

describe('activities', () => {
  const tenant = '11111111-1111-4111-8111-111111111111'
  const activity = (more: object = {}) =>
    activitySchema.parse({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: 'https://x/',
      from: { id: '29:a' },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      text: 'hi',
      ...more,
    })

  it('name one tenant, the same wherever they name it', () => {
    expect(tenantOf(activity())).toBe(tenant)
    expect(tenantOf(activity({ channelData: undefined }))).toBe(tenant)
    expect(tenantOf(activity({ channelData: { tenant: { id: '22222222-2222-4222-8222-222222222222' } } }))).toBeUndefined()
    expect(tenantOf(activity({ channelData: undefined, conversation: { id: 'a:1' } }))).toBeUndefined()
    expect(tenantOf(activity({ conversation: { id: 'a:1', tenantId: 'not a guid' } }))).toBeUndefined()
  })

  it('are personal only when they say so and are no group', () => {
    expect(conversationTypeOf(activity())).toBe('personal')
    for (const conversation of [
      { id: '19:x', conversationType: 'groupChat' },
      { id: '19:x' },
      { id: '19:x', conversationType: 'channel' },
      { id: '19:x', conversationType: 'personal', isGroup: true },
    ])
      expect(conversationTypeOf(activity({ conversation }))).toBe('other')
  })

  it('are texts, presses of either kind, installations, or nothing to us', () => {
    expect(actOf(activity())).toEqual({ kind: 'text', text: 'hi' })
    expect(
      actOf(activity({ type: 'invoke', name: 'adaptiveCard/action', replyToId: 'm', value: { action: { verb: 'v', data: { a: 1 } } } })),
    ).toEqual({ kind: 'press', verb: 'v', data: { a: 1 }, cardActivityId: 'm', via: 'invoke' })
    expect(actOf(activity({ text: '', replyToId: 'm', value: { verb: 'v', a: 1 } }))).toEqual({
      kind: 'press',
      verb: 'v',
      data: { verb: 'v', a: 1 },
      cardActivityId: 'm',
      via: 'submit',
    })
    // A text with a value is a text: a person's words never become a button.
    expect(actOf(activity({ text: 'yes', value: { verb: 'countersign' } }))).toEqual({ kind: 'text', text: 'yes' })
    expect(actOf(activity({ type: 'installationUpdate', action: 'add' }))).toEqual({ kind: 'installed' })
    expect(actOf(activity({ type: 'installationUpdate', action: 'remove' }))).toEqual({ kind: 'removed' })
    for (const other of [{ type: 'messageReaction' }, { type: 'invoke', name: 'signin/verifyState' }, { type: 'conversationUpdate' }])
      expect(actOf(activity(other))).toBeUndefined()
  })

  it('come from Teams alone: elsewhere the client says who the person is', () => {
    for (const channelId of ['directline', 'webchat', 'emulator', 'skype', 'MSTEAMS', '', undefined])
      expect(() => activity({ channelId })).toThrow()
  })

  it('carry no texts that could not be kept, neither in what a button carries nor where they are answered', () => {
    const press = (data: unknown) =>
      actOf(activity({ type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'fix', data } } }))
    expect(press({ findingKey: 'a' })).toMatchObject({ data: { findingKey: 'a' } })
    for (const data of [{ findingKey: 'a\u0000' }, { ids: ['\ud800'] }, { 'a\u0000': 1 }])
      expect(press(data)).toMatchObject({ data: undefined })
    expect(actOf(activity({ text: '', value: { verb: 'fix', findingKey: '\u0000' } }))).toMatchObject({ kind: 'press', data: undefined })
    const broken = [
      { conversation: { id: 'a\u0000', conversationType: 'personal', tenantId: tenant } },
      { from: { id: '\ud800' } },
      { id: '\u0000' },
      { replyToId: '\udc00' },
      { replyToId: 'm'.repeat(1001) },
      { recipient: { id: { a: 1 } } },
      { locale: ['en'] },
    ]
    for (const more of broken) expect(() => activity(more)).toThrow()
    expect(activity({ from: { id: '29:a', name: 'Ada\u0000' } }).from.name).toBe('Ada\uFFFD')
  })
})

describe('the start', () => {
  const program = `
    import { openBotFramework } from ${JSON.stringify(new URL('../../../bot/src/chat/botframework.ts', import.meta.url).href)}
    const log = { info() {}, warn() {}, error() {} }
    const https = 'https://localhost/x'
    const said = JSON.parse(process.argv[1]).map(([appId, ...tenants]) => {
      try {
        openBotFramework({ appId, secret: 's', openIdMetadata: https, tokenIssuer: https, oauthScope: https, loginUrl: https, serviceHosts: ['localhost'], tenants }, log)
        return 'opened'
      } catch (problem) {
        return problem.message
      }
    })
    console.log(JSON.stringify(said))`

  it('is refused without an app id, which would accept everybody, and without a tenant', () => {
    const tenant = '11111111-1111-4111-8111-111111111111'
    const cases = [['', tenant], [' ', tenant], [expected.appId], [expected.appId, tenant]]
    // In a process of its own: the SDK requires a package that is an ES module, which Jest cannot.
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program, JSON.stringify(cases)], { encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual([
      expect.stringContaining('CHAT_APP_ID is empty'),
      expect.stringContaining('CHAT_APP_ID is empty'),
      expect.stringContaining('names no tenant'),
      'opened',
    ])
  })
})
