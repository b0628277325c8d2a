import assert from 'node:assert/strict'
import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { generate } from 'selfsigned'
import { z } from 'zod'
import { createSigningKeys } from '../signin/keys.ts'
import { defaultSettings } from '../signin/settings.ts'
import { createSignInState } from '../signin/state.ts'
import { createVerifyChannelToken } from '../signin/verify-channel-token.ts'
import { createVerifyGraphToken } from '../signin/verify-graph-token.ts'
import { createWorld, findTenant, findUser, put } from '../tenants/world.ts'
import { OTHER, startKit } from './signin-kit.ts'
import type { Kit } from './signin-kit.ts'

async function fixture() {
  let now = Date.now()
  const world = createWorld({ seed: 1, now: () => now })
  const state = createSignInState(world, await createSigningKeys(), defaultSettings())
  const tenant = findTenant(world, 'contoso-demo')
  const second = findTenant(world, 'second')
  const ada = findUser(world, 'ada@contoso-demo.example')?.user
  assert.ok(tenant && second && ada)
  const at = Math.floor(now / 1000)
  const claims = {
    ver: '1.0',
    iss: `https://sts.windows.net/${tenant.id}/`,
    aud: 'https://graph.microsoft.com',
    appid: OTHER,
    oid: ada.id,
    tid: tenant.id,
    idtyp: 'user',
    scp: 'User.Read openid',
    uti: 'u1',
    iat: at,
    nbf: at,
    exp: at + 3600,
  }
  return {
    state,
    world,
    tenant,
    second,
    ada,
    claims,
    verify: createVerifyGraphToken(state),
    advance: (ms: number) => {
      now += ms
    },
  }
}

describe('tokens at Graph', () => {
  it('takes what sign-in signed, with the scopes of the token', async () => {
    const { state, verify, claims, ada, tenant } = await fixture()
    const outcome = await verify(`Bearer ${await state.keys.sign(claims)}`)
    assert.deepEqual(outcome, {
      ok: true,
      tenantId: tenant.id,
      appId: OTHER,
      oid: ada.id,
      scopes: ['User.Read', 'openid'],
      isAppOnly: false,
    })
  })

  it('refuses forged, foreign, stale and misdirected tokens', async () => {
    const { state, verify, claims, second } = await fixture()
    const good = await state.keys.sign(claims)
    const [header = '', payload = '', signature = ''] = good.split('.')
    const { kid = '' } = decodeProtectedHeader(good)
    const stranger = await generateKeyPair('RS256')
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const { exp: _exp, ...endless } = claims
    const secondTenant = { ...claims, tid: second.id, iss: `https://sts.windows.net/${second.id}/` }
    const cases: Record<string, string | undefined> = {
      nothing: undefined,
      'no bearer': good,
      'not a JWT': 'Bearer abc',
      'alg none': `Bearer ${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      'alg HS256 under our kid': `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid }).sign(createHash('sha256').update(kid).digest())}`,
      'another key under our kid': `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(stranger.privateKey)}`,
      'changed payload': `Bearer ${header}.${encode({ ...claims, scp: 'Directory.ReadWrite.All' })}.${signature}`,
      'unknown tenant': `Bearer ${await state.keys.sign({ ...claims, tid: randomUUID() })}`,
      'tenant and issuer that differ': `Bearer ${await state.keys.sign({ ...claims, tid: second.id })}`,
      'issuer of another tenant': `Bearer ${await state.keys.sign({ ...claims, iss: secondTenant.iss })}`,
      'person of another tenant': `Bearer ${await state.keys.sign(secondTenant)}`,
      'custom API token': `Bearer ${await state.keys.sign({ ...claims, aud: OTHER, ver: '2.0', iss: `https://localhost/${claims.tid}/v2.0` })}`,
      'other audience': `Bearer ${await state.keys.sign({ ...claims, aud: 'https://api.botframework.com' })}`,
      expired: `Bearer ${await state.keys.sign({ ...claims, exp: claims.iat - 1 })}`,
      'not yet valid': `Bearer ${await state.keys.sign({ ...claims, nbf: claims.iat + 600 })}`,
      'no expiry': `Bearer ${await state.keys.sign(endless)}`,
    }
    for (const [name, header_] of Object.entries(cases)) {
      const outcome = await verify(header_)
      assert.equal(outcome.ok, false, name)
      assert.equal(!outcome.ok && outcome.code, 'InvalidAuthenticationToken', name)
    }
  })

  it('ends an evaluated token at revocation with a claims challenge, and lets others run out', async () => {
    const { state, verify, claims, world, ada, tenant, advance } = await fixture()
    const plain = `Bearer ${await state.keys.sign(claims)}`
    const evaluated = `Bearer ${await state.keys.sign({ ...claims, xms_cc: ['cp1'] })}`
    assert.equal((await verify(evaluated)).ok, true)
    advance(2000)
    world.revokedSince.set(ada.id, world.clock.now())
    assert.equal((await verify(plain)).ok, true)
    const outcome = await verify(evaluated)
    assert.ok(!outcome.ok)
    const challenge = /error="insufficient_claims", claims="([^"]+)"/.exec(outcome.wwwAuthenticate ?? '')?.[1] ?? ''
    assert.match(Buffer.from(challenge, 'base64').toString(), /"nbf":\{"essential":true/)
    world.revokedSince.clear()
    put(tenant, 'users', { ...ada, accountEnabled: false })
    assert.equal((await verify(evaluated)).ok, false)
  })
})

describe('tokens at the bot channel', () => {
  it('takes application tokens for the channel only', async () => {
    const { state, claims } = await fixture()
    const verify = createVerifyChannelToken(state)
    const bot = { ...claims, aud: 'https://api.botframework.com', idtyp: 'app' }
    assert.equal((await verify(`Bearer ${await state.keys.sign(bot)}`)).ok, true)
    for (const wrong of [claims, { ...bot, idtyp: 'user' }, { ...bot, exp: claims.iat - 1 }, { ...bot, tid: randomUUID() }]) {
      assert.equal((await verify(`Bearer ${await state.keys.sign(wrong)}`)).ok, false)
    }
    assert.equal((await verify(undefined)).ok, false)
  })
})

describe('private_key_jwt', () => {
  let kit: Kit
  before(async () => {
    kit = await startKit()
  })
  after(() => kit.close())

  it('takes an assertion of a registered certificate and refuses others', async () => {
    const pair = await generate([{ name: 'commonName', value: 'client' }], { algorithm: 'sha256', keySize: 2048 })
    const certificate = new X509Certificate(pair.cert)
    const application = {
      appId: OTHER,
      displayName: 'With a certificate',
      keyCredentials: [{ displayName: 'CN=client', type: 'AsymmetricX509Cert', usage: 'Verify', key: certificate.raw.toString('base64') }],
    }
    assert.equal((await kit.control('PUT', '/tenants/contoso-demo/registrations', { application })).status, 200)
    const endpoint = `${kit.ready.signIn}/${kit.tenantId}/oauth2/v2.0/token`
    const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')

    async function redeem(
      changes: { aud?: string; sub?: string; thumbprint?: string; key?: Parameters<SignJWT['sign']>[0]; seconds?: number } = {},
    ): Promise<{ status: number; body: unknown }> {
      const now = Math.floor(Date.now() / 1000)
      const assertion = await new SignJWT({
        aud: changes.aud ?? endpoint,
        iss: OTHER,
        sub: changes.sub ?? OTHER,
        jti: randomUUID(),
        nbf: now,
        exp: now + (changes.seconds ?? 600),
      })
        .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': changes.thumbprint ?? thumbprint })
        .sign(changes.key ?? createPrivateKey(pair.private))
      const fields = {
        grant_type: 'client_credentials',
        client_id: OTHER,
        scope: 'https://graph.microsoft.com/.default',
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      }
      const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(fields) })
      return { status: response.status, body: await response.json() }
    }
    const good = await redeem()
    assert.equal(good.status, 200, JSON.stringify(good.body))
    assert.equal(decodeJwt(z.object({ access_token: z.string() }).parse(good.body).access_token)['appidacr'], '2')
    const stranger = (await generateKeyPair('PS256')).privateKey
    for (const wrong of [
      { aud: 'https://elsewhere.example/token' },
      { sub: randomUUID() },
      { thumbprint: 'AAAA' },
      { key: stranger },
      { seconds: -600 },
    ]) {
      const refused = await redeem(wrong)
      assert.equal(refused.status, 401)
      assert.match(JSON.stringify(refused.body), /AADSTS700027/)
    }
  })
})
