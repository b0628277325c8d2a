import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { InteractionRequiredAuthError, ServerError } from '@azure/msal-node'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { ADA, API, authorizeUrl, Browser, DAN, OTHER, postToken, READ, readRegistration, SECRET, startKit } from './signin-kit.ts'
import type { Kit } from './signin-kit.ts'

const GRAPH_READ = 'https://graph.microsoft.com/User.Read'
const configurationBody = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  end_session_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
})
const keysBody = z.object({ keys: z.array(z.looseObject({ issuer: z.string(), alg: z.string() })) })
const problemBody = z.looseObject({ error_codes: z.array(z.number()) })
let kit: Kit

before(async () => {
  kit = await startKit()
})
after(() => kit.close())

async function fetchJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(url)).json())
}

async function interactionError(call: Promise<unknown>, code: number): Promise<InteractionRequiredAuthError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof InteractionRequiredAuthError, `expected an interaction error, got ${String(error)}`)
  assert.match(error.errorMessage, new RegExp(`AADSTS${code}:`))
  return error
}

async function graphStatus(accessToken: string): Promise<number> {
  const response = await fetch(`${kit.ready.graph}/v1.0/me`, { headers: { authorization: `Bearer ${accessToken}` } })
  await response.arrayBuffer()
  return response.status
}

describe('discovery', () => {
  it('puts pages on the plain listener and everything else on HTTPS', async () => {
    const configuration = await fetchJson(`${kit.ready.signIn}/${kit.tenantId}/v2.0/.well-known/openid-configuration`, configurationBody)
    assert.equal(configuration.issuer, `${kit.ready.signIn}/${kit.tenantId}/v2.0`)
    assert.ok(configuration.authorization_endpoint.startsWith(kit.ready.signInBrowser))
    assert.ok(configuration.end_session_endpoint.startsWith(kit.ready.signInBrowser))
    assert.ok(configuration.token_endpoint.startsWith(kit.ready.signIn))
    const { keys } = await fetchJson(configuration.jwks_uri, keysBody)
    assert.equal(keys.length, 2)
    assert.ok(keys.every((key) => key.issuer === configuration.issuer && key.alg === 'RS256'))
    const open = await fetchJson(`${kit.ready.signIn}/common/v2.0/.well-known/openid-configuration`, configurationBody)
    assert.equal(open.issuer, `${kit.ready.signIn}/{tenantid}/v2.0`)
  })

  it('refuses a tenant that is not there', async () => {
    const response = await fetch(`${kit.ready.signIn}/33333333-3333-4333-8333-333333333333/v2.0/.well-known/openid-configuration`)
    assert.equal(response.status, 400)
    assert.deepEqual(problemBody.parse(await response.json()).error_codes, [90002])
  })
})

describe('msal-node', () => {
  it('signs in with code and PKCE and gets a v2.0 token with roles and scp', async () => {
    const result = await kit.signIn(kit.client(), ADA, [API])
    const claims = decodeJwt(result.accessToken)
    const expected = {
      aud: READ,
      iss: `${kit.ready.signIn}/${kit.tenantId}/v2.0`,
      azp: READ,
      azpacr: '1',
      scp: 'access_as_user',
      roles: ['Approver'],
      ver: '2.0',
      tid: kit.tenantId,
      preferred_username: ADA,
    }
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(claims[name], value, name)
    assert.equal(result.account?.username, ADA)
    const dan = decodeJwt((await kit.signIn(kit.client(), DAN, [API])).accessToken)
    assert.equal(dan['roles'], undefined)
    assert.notEqual(dan.sub, claims.sub)
  })

  it('exchanges on behalf of the person, and Graph takes the token', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API])
    const result = await kit
      .client()
      .acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/.default'] })
    assert.ok(result)
    const claims = decodeJwt(result.accessToken)
    assert.equal(claims.iss, `https://sts.windows.net/${kit.tenantId}/`)
    assert.equal(claims.aud, 'https://graph.microsoft.com')
    assert.equal(claims['appid'], READ)
    assert.equal(claims['idtyp'], 'user')
    assert.ok(String(claims['scp']).split(' ').includes('User.Read'))
    assert.equal(await graphStatus(result.accessToken), 200)
  })

  it('renews silently, and stops when sessions are revoked', async () => {
    const cca = kit.client()
    const { account } = await kit.signIn(cca, DAN, [API])
    assert.ok(account)
    const renewed = await cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true })
    assert.equal(decodeJwt(renewed.accessToken)['oid'], account.localAccountId)
    const user = await cca.acquireTokenSilent({ account, scopes: [API] })
    assert.equal((await kit.control('POST', `/tenants/contoso-demo/revoke-sessions/${account.localAccountId}`)).status, 200)
    const revoked = await interactionError(cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }), 50173)
    assert.equal(revoked.subError, 'bad_token')
    await interactionError(kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] }), 50173)
    assert.equal((await kit.signIn(kit.client(), DAN, [API])).account?.username, DAN, 'a fresh sign-in works again')
  })

  it('asks for consent where it is missing or was taken away', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API])
    const missing = await interactionError(
      kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/Mail.Read'] }),
      65001,
    )
    assert.equal(missing.subError, 'consent_required')
    const cca = kit.client()
    const { account } = await kit.signIn(cca, ADA, [API])
    assert.ok(account)
    assert.deepEqual((await kit.control('DELETE', `/tenants/contoso-demo/consent/${READ}?scope=User.Read`)).body, { removedScopes: 1 })
    await interactionError(cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }), 65001)
    await kit.control('PUT', '/tenants/contoso-demo/registrations', readRegistration)
    assert.ok(await cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }))
  })

  it('gives applications their own tokens: Graph, and the bot channel', async () => {
    const graph = await kit.client().acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] })
    const graphClaims = decodeJwt(graph?.accessToken ?? '')
    assert.equal(graphClaims['idtyp'], 'app')
    assert.equal(graphClaims['scp'], undefined)
    const bot = decodeJwt(
      (await kit.client().acquireTokenByClientCredential({ scopes: ['https://api.botframework.com/.default'] }))?.accessToken ?? '',
    )
    assert.equal(bot.aud, 'https://api.botframework.com')
    assert.equal(bot['appid'], READ)
    const wrong = kit.client({ secret: 'wrong' }).acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] })
    await assert.rejects(wrong, (error) => error instanceof ServerError && /AADSTS7000215/.test(error.errorMessage))
  })

  it('answers a required second step with a claims challenge, and passes it on the pages', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API])
    await kit.control('PUT', '/sign-in', { mfaRequiredFor: [ADA] })
    const error = await interactionError(
      kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] }),
      50076,
    )
    assert.match(error.claims, /capolids/)
    const browser = new Browser()
    const second = await browser.submit(await browser.open(authorizeUrl(kit)), { login: ADA })
    assert.match(second.html, /Approve the sign-in request/)
    const early = await browser.submit({ ...second, html: second.html.replace('/mfa', '/consent') }, { decision: 'accept' })
    assert.match(early.html, /Approve the sign-in request/, 'no page lets a person past the second step')
    const done = await browser.submit(second, { decision: 'approve' })
    assert.ok(done.location?.searchParams.get('code'))
    await kit.control('PUT', '/sign-in', { mfaRequiredFor: [] })
  })

  it('rotates its signing key while tokens of the last one stay good', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API])
    await kit.control('POST', '/rotate-keys')
    const next = await kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] })
    assert.notEqual(decodeProtectedHeader(next?.accessToken ?? '').kid, decodeProtectedHeader(user.accessToken).kid)
  })
})

describe('on-behalf-of', () => {
  const grant = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: READ,
    client_secret: SECRET,
    scope: GRAPH_READ,
  }

  it('refuses assertions that are not user access tokens for the redeeming application', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API])
    const graph = await kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] })
    const other = {
      ...readRegistration,
      application: { appId: OTHER, displayName: 'Other' },
      secrets: ['other-secret'],
      consent: {},
      assignments: [],
    }
    assert.equal((await kit.control('PUT', '/tenants/contoso-demo/registrations', other)).status, 200)
    const app = await kit.client().acquireTokenByClientCredential({ scopes: [`api://localhost/${READ}/.default`] })
    const [header, payload] = user.accessToken.split('.')
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`
    const cases: [string, Record<string, string>, number][] = [
      ['a Graph token', { assertion: graph?.accessToken ?? '' }, 500131],
      ['an id token', { assertion: user.idToken }, 50013],
      ['an application token', { assertion: app?.accessToken ?? '' }, 240002],
      ['no signature', { assertion: unsigned }, 50013],
      ['a broken signature', { assertion: `${header}.${payload}.AAAA` }, 50013],
      ['another application', { assertion: user.accessToken, client_id: OTHER, client_secret: 'other-secret' }, 500131],
    ]
    for (const [name, fields, code] of cases) {
      const answer = await postToken(kit, { ...grant, ...fields })
      assert.deepEqual(answer.body.error_codes, [code], name)
      for (const field of ['error', 'error_description', 'timestamp', 'trace_id', 'correlation_id'])
        assert.equal(typeof answer.body[field], 'string', field)
    }
    assert.equal((await postToken(kit, { ...grant, assertion: user.accessToken })).status, 200)
    assert.deepEqual(
      (await postToken(kit, { ...grant, assertion: user.accessToken }, {}, kit.ready.tenants['second']?.id)).body.error_codes,
      [700016],
    )
  })

  it('follows the clock: an expired assertion is refused', async () => {
    await kit.control('PUT', '/sign-in', { accessTokenSeconds: 60 })
    const user = await kit.signIn(kit.client(), ADA, [API])
    await kit.control('PUT', '/clock', { offsetMs: 61_000 })
    assert.deepEqual((await postToken(kit, { ...grant, assertion: user.accessToken })).body.error_codes, [500133])
    await kit.control('PUT', '/clock', { offsetMs: 0 })
    await kit.control('PUT', '/sign-in', { accessTokenSeconds: null })
  })

  it('refuses by Conditional Access with the policy named', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API])
    await kit.control('PUT', '/sign-in', { conditionalAccessBlock: { user: ADA, errorCode: 53003, policy: 'policy-1' } })
    const answer = await postToken(kit, { ...grant, assertion: user.accessToken })
    assert.deepEqual(answer.body.error_codes, [53003])
    assert.match(answer.body.claims ?? '', /policy-1/)
    await kit.control('PUT', '/sign-in', { conditionalAccessBlock: null })
    assert.equal(answer.status, 400)
  })
})
