import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose'
import { makeTokenVerifier, type TokenVerifier } from '../../../bot/src/identity/api-token.ts'

const tenant = '11111111-1111-4111-8111-111111111111'
const otherTenant = '22222222-2222-4222-8222-222222222222'
const appId = '33333333-3333-4333-8333-333333333333'
const person = '44444444-4444-4444-8444-444444444444'
const teams = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
const sharePoint = '08e18876-6177-487e-b8b5-cf950c1e598c'

let server: Server
let authority: string
let verifier: TokenVerifier
let key: CryptoKey
let strangeKey: CryptoKey

beforeAll(async () => {
  const own = await generateKeyPair('RS256')
  const strange = await generateKeyPair('RS256')
  key = own.privateKey
  strangeKey = strange.privateKey
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] })))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  authority = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  verifier = makeTokenVerifier({ authority, tenants: [tenant], read: { appId, resource: `api://countersign.example/${appId}` } })
})
afterAll(() => new Promise((done) => server.close(done)))

function claims(over: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: `${authority}/${tenant}/v2.0`,
    aud: appId,
    tid: tenant,
    oid: person,
    azp: teams,
    ver: '2.0',
    scp: 'access_as_user',
    roles: ['admin'],
    name: 'Ada',
    preferred_username: 'ada@contoso.example',
    uti: 'u1',
    iat: now,
    nbf: now,
    exp: now + 3600,
    ...over,
  }
}
function sign(payload: JWTPayload, by = key, header: { alg?: string; kid?: string } = {}): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(by)
}
/** The claims without those named. */
function without(...names: readonly string[]): JWTPayload {
  return Object.fromEntries(Object.entries(claims()).filter(([name]) => !names.includes(name)))
}

describe('tokens for the API', () => {
  it('makes a principal of a good one, ids in lower case, unknown roles left out', async () => {
    const answer = await verifier.accessToken(await sign(claims({ oid: person.toUpperCase(), roles: ['viewer', 'admin', 'emperor'] })))
    expect(answer).toMatchObject({
      kind: 'verified',
      value: { principal: { tenantId: tenant, objectId: person, roles: ['admin', 'viewer'], door: 'tab' } },
    })
  })

  it('keeps a name that holds what no store can, with a sign in its place', async () => {
    const token = await sign(claims({ name: 'Ada\u0000 \ud800', preferred_username: 'ada\u0000@contoso.example' }))
    expect(await verifier.accessToken(token)).toMatchObject({
      value: { principal: { displayName: 'Ada\uFFFD \uFFFD' }, userPrincipalName: 'ada\uFFFD@contoso.example' },
    })
    expect(await verifier.accessToken(await sign(claims({ uti: 'u\u0000' })))).toEqual({ kind: 'refused', reason: 'claims' })
  })

  it('opens the view door to a dashboard token, and to SharePoint never more', async () => {
    expect(await verifier.accessToken(await sign(claims({ scp: 'Posture.View', azp: sharePoint })))).toMatchObject({
      value: { principal: { door: 'view' } },
    })
    expect(await verifier.accessToken(await sign(claims({ scp: 'access_as_user', azp: sharePoint })))).toEqual({
      kind: 'refused',
      reason: 'scope',
    })
    expect(await verifier.accessToken(await sign(claims({ scp: 'access_as_user Posture.View', azp: sharePoint })))).toEqual({
      kind: 'refused',
      reason: 'scope',
    })
  })

  it.each([
    ['signed by a stranger', () => sign(claims(), strangeKey), 'signature'],
    ['of an unknown key', () => sign(claims(), strangeKey, { kid: 'k2' }), 'signature'],
    ['of another tenant', () => sign(claims({ tid: otherTenant })), 'tenant'],
    ['of another tenant under our tenant’s issuer', () => sign(claims({ tid: otherTenant, iss: `${authority}/${tenant}/v2.0` })), 'tenant'],
    ['of another issuer', () => sign(claims({ iss: `${authority}/${otherTenant}/v2.0` })), 'claims'],
    ['of another issuer host', () => sign(claims({ iss: `https://login.evil.example/${tenant}/v2.0` })), 'claims'],
    ['for another audience', () => sign(claims({ aud: 'https://graph.microsoft.com' })), 'claims'],
    ['of version 1', () => sign(claims({ ver: '1.0' })), 'claims'],
    ['expired', () => sign(claims({ iat: 1, nbf: 1, exp: 2 })), 'expired'],
    ['not yet valid', () => sign(claims({ nbf: Math.floor(Date.now() / 1000) + 600 })), 'claims'],
    ['without an end', () => sign(without('exp')), 'claims'],
    ['without a person', () => sign(without('oid')), 'claims'],
    ['without a client, as id tokens are', () => sign(without('azp')), 'claims'],
    ['of an application', () => sign({ ...without('scp'), idtyp: 'app' }), 'appOnly'],
    ['of an application with a scope', () => sign(claims({ idtyp: 'app' })), 'appOnly'],
    ['without a scope of ours', () => sign(claims({ scp: 'User.Read' })), 'scope'],
    ['without a signature', async () => new UnsecuredJWT(claims()).encode(), 'signature'],
    [
      'whose algorithm was changed to none',
      async () => `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${(await sign(claims())).split('.')[1]}.`,
      'signature',
    ],
    [
      'whose claims were changed',
      async () =>
        ((t) => `${t[0]}.${Buffer.from(JSON.stringify(claims({ roles: ['owner'] }))).toString('base64url')}.${t[2]}`)(
          (await sign(claims())).split('.'),
        ),
      'signature',
    ],
    ['that is rubbish', async () => 'a.b.c', 'tenant'],
    ['that is empty', async () => '', 'tenant'],
  ])('refuses one %s', async (_name, make, reason) => {
    expect(await verifier.accessToken(await make())).toEqual({ kind: 'refused', reason })
  })
})

describe('id tokens of our own sign-in', () => {
  it('must carry the nonce that was sent', async () => {
    const token = await sign({ ...without('azp', 'scp'), nonce: 'n1' })
    expect(await verifier.idToken(token, tenant, 'n1')).toMatchObject({ kind: 'verified', value: { principal: { door: 'web' } } })
    expect(await verifier.idToken(token, tenant, 'n2')).toEqual({ kind: 'refused', reason: 'claims' })
    expect(await verifier.idToken(token, otherTenant, 'n1')).toEqual({ kind: 'refused', reason: 'tenant' })
    expect(await verifier.idToken(await sign(without('azp', 'scp')), tenant, 'n1')).toEqual({ kind: 'refused', reason: 'claims' })
  })
})
