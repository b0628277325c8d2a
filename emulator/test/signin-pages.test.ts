import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CryptoProvider } from '@azure/msal-node'
import { decodeJwt } from 'jose'
import {
  ADA,
  API,
  authorizeUrl,
  Browser,
  DAN,
  postToken,
  READ,
  REDIRECT,
  SECRET,
  SHAREPOINT,
  SPA_REDIRECT,
  startKit,
  TEAMS,
} from './signin-kit.ts'
import type { Kit } from './signin-kit.ts'

const GRAPH_READ = 'https://graph.microsoft.com/User.Read'
let kit: Kit

before(async () => {
  kit = await startKit()
})
after(() => kit.close())

function freshCode(upn: string, query: Record<string, string>, browser = new Browser()): Promise<URL> {
  return browser.signIn(authorizeUrl(kit, query), upn)
}

describe('authorization', () => {
  it('never redirects to an address that is not registered', async () => {
    for (const redirectUri of [
      'https://evil.example/cb',
      `${REDIRECT}/x`,
      'https://localhost:7444/callback',
      'javascript:alert(1)',
      'not a url',
    ]) {
      for (const extra of [{}, { prompt: 'none' }, { response_type: 'token' }, { response_mode: 'form_post' }]) {
        const page = await new Browser().open(authorizeUrl(kit, { redirect_uri: redirectUri, ...extra }))
        assert.equal(page.location, undefined, redirectUri)
        assert.equal(page.status, 400)
        assert.match(page.html, /AADSTS50011/)
        assert.ok(!page.html.includes('<form'), redirectUri)
      }
    }
  })

  it('shows a keyboard-usable picker of enabled people of that tenant only', async () => {
    const { html } = await new Browser().open(authorizeUrl(kit, { login_hint: DAN }))
    assert.match(html, /<html lang="en">/)
    assert.match(html, /<fieldset><legend>Pick an account<\/legend>/)
    assert.match(html, /<label class="field" for="search">/)
    assert.match(html, /<button class="primary" type="submit">Sign in<\/button>/)
    const radios = [...html.matchAll(/<label class="person"><input type="radio" name="login" value="([^"]+)" required( checked)?>/g)]
    assert.deepEqual(
      radios.filter((radio) => radio[2]).map((radio) => radio[1]),
      [DAN],
    )
    const people = await kit.people()
    const enabled = people.filter((person) => person.accountEnabled)
    assert.equal(radios.length, enabled.length)
    assert.ok(enabled.length < people.length, 'the tenant has disabled people')
    assert.ok(!html.includes('@second.example'))
    assert.match(html, /Posture reader/)
    assert.match(html, /access_as_user/)
  })

  it('refuses a disabled person without leaving the page', async () => {
    const people = await kit.people()
    const disabled = people.find((person) => !person.accountEnabled)
    const browser = new Browser()
    const answer = await browser.submit(await browser.open(authorizeUrl(kit)), { login: disabled?.userPrincipalName ?? '' })
    assert.equal(answer.location, undefined)
    assert.match(answer.html, /AADSTS50057/)
  })

  it('stops tokens of a person who is disabled later', async () => {
    const cca = kit.client()
    await kit.control('PUT', '/tenants/contoso-demo/users', { userPrincipalName: 'leaver@contoso-demo.example', displayName: 'Leaver' })
    const { account } = await kit.signIn(cca, 'leaver@contoso-demo.example', [API])
    assert.ok(account)
    await kit.control('PATCH', `/tenants/contoso-demo/objects/users/${account.localAccountId}`, { accountEnabled: false })
    const refusal = await cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }).then(
      () => undefined,
      (error: unknown) => error,
    )
    assert.match(String(refusal), /AADSTS50057/)
  })

  it('keeps a session for silent sign-in, and ends it', async () => {
    const browser = new Browser()
    const none = (await browser.open(authorizeUrl(kit, { prompt: 'none' }))).location
    assert.equal(none?.searchParams.get('error'), 'login_required')
    await freshCode(ADA, {}, browser)
    assert.ok((await browser.open(authorizeUrl(kit, { prompt: 'none' }))).location?.searchParams.get('code'))
    assert.equal(
      (await browser.open(authorizeUrl(kit, { prompt: 'none', login_hint: DAN }))).location?.searchParams.get('error'),
      'login_required',
    )
    assert.equal((await browser.open(authorizeUrl(kit, { prompt: 'login' }))).location, undefined, 'prompt=login always asks')
    const out = await browser.open(
      `${kit.ready.signInBrowser}/${kit.tenantId}/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.example/`,
    )
    assert.equal(out.location, undefined)
    assert.equal((await browser.open(authorizeUrl(kit, { prompt: 'none' }))).location?.searchParams.get('error'), 'login_required')
  })

  it('binds a pending sign-in to the browser that began it', async () => {
    const page = await new Browser().open(authorizeUrl(kit))
    const answer = await new Browser().submit(page, { login: ADA })
    assert.equal(answer.location, undefined)
    assert.equal(answer.status, 400)
  })

  it('answers by fragment and by form', async () => {
    const fragment = await freshCode(ADA, { response_mode: 'fragment' })
    assert.ok(new URLSearchParams(fragment.hash.slice(1)).get('code'))
    const browser = new Browser()
    const form = await browser.submit(await browser.open(authorizeUrl(kit, { response_mode: 'form_post', state: '"><script>' })), {
      login: ADA,
    })
    assert.match(form.html, new RegExp(`<form method="post" action="${REDIRECT}">`))
    assert.ok(!form.html.includes('"><script>'), 'values are escaped')
  })

  it('redeems a code once, with the right verifier, by the right kind of client', async () => {
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    const web = {
      grant_type: 'authorization_code',
      client_id: READ,
      client_secret: SECRET,
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    }
    const code = (await freshCode(ADA, pkce)).searchParams.get('code') ?? ''
    assert.deepEqual((await postToken(kit, { ...web, code, code_verifier: `${verifier}x` })).body.error_codes, [501481])
    assert.equal((await postToken(kit, { ...web, code })).status, 200)
    assert.deepEqual((await postToken(kit, { ...web, code })).body.error_codes, [54005])
    const { client_secret: _secret, ...open } = web
    assert.deepEqual(
      (await postToken(kit, { ...open, code: (await freshCode(ADA, pkce)).searchParams.get('code') ?? '' })).body.error_codes,
      [7000218],
    )

    const noProof = await new Browser().open(authorizeUrl(kit, { redirect_uri: SPA_REDIRECT }))
    assert.equal(noProof.location?.searchParams.get('error'), 'invalid_request')
    const spa = { ...open, redirect_uri: SPA_REDIRECT }
    const spaCode = (await freshCode(ADA, { ...pkce, redirect_uri: SPA_REDIRECT })).searchParams.get('code') ?? ''
    assert.deepEqual((await postToken(kit, { ...spa, code: spaCode })).body.error_codes, [9002327])
    const answer = await postToken(kit, { ...spa, code: spaCode }, { origin: 'https://localhost:7443' })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://localhost:7443')
  })

  it('gives Teams what is pre-authorised and SharePoint what is granted, nothing more', async () => {
    const redirect = 'http://127.0.0.1:9999/host'
    async function played(appId: string, scope: string): Promise<URL> {
      return freshCode(DAN, { client_id: appId, redirect_uri: redirect, scope: `api://localhost/${READ}/${scope} openid` })
    }
    async function redeem(appId: string, back: URL): Promise<string> {
      const answer = await postToken(kit, {
        grant_type: 'authorization_code',
        client_id: appId,
        redirect_uri: redirect,
        code: back.searchParams.get('code') ?? '',
      })
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      return String(decodeJwt(answer.body.access_token ?? '')['scp'])
    }
    assert.equal(await redeem(TEAMS, await played(TEAMS, 'access_as_user')), 'access_as_user')
    assert.equal((await played(TEAMS, 'Posture.View')).searchParams.get('error'), 'consent_required')
    assert.equal((await played(SHAREPOINT, 'Posture.View')).searchParams.get('error'), 'consent_required')
    const put = await kit.control('PUT', '/tenants/contoso-demo/registrations', {
      application: { appId: SHAREPOINT, displayName: 'SharePoint Online Web Client Extensibility' },
      servicePrincipalOnly: true,
      consent: { [READ]: ['Posture.View'] },
    })
    assert.equal(put.status, 200, JSON.stringify(put.body))
    assert.equal(await redeem(SHAREPOINT, await played(SHAREPOINT, 'Posture.View')), 'Posture.View')
    const outside = await new Browser().open(authorizeUrl(kit, { client_id: SHAREPOINT, redirect_uri: 'https://evil.example/' }))
    assert.match(outside.html, /AADSTS50011/)
  })
})

describe('consent', () => {
  const query = { client_id: READ, redirect_uri: REDIRECT, scope: 'https://graph.microsoft.com/.default', state: 'st' }

  it('lets a Global Administrator grant for everybody, and nobody else', async () => {
    const url = `${kit.ready.signInBrowser}/${kit.tenantId}/v2.0/adminconsent?${new URLSearchParams(query)}`
    const member = new Browser()
    const refused = await member.submit(await member.open(url), { login: DAN })
    assert.equal(refused.status, 403)
    assert.match(refused.html, /AADSTS90094/)
    const forced = await member.submit(refused, { decision: 'accept' })
    assert.equal(forced.location, undefined, 'accepting without the role grants nothing')

    const admin = new Browser()
    const page = await admin.submit(await admin.open(url), { login: ADA })
    assert.match(page.html, /Permissions requested/)
    const done = await admin.submit(page, { decision: 'accept' })
    assert.equal(done.location?.searchParams.get('admin_consent'), 'True')
    assert.equal(done.location?.searchParams.get('tenant'), kit.tenantId)
    const user = await kit.signIn(kit.client(), DAN, [API])
    const result = await kit
      .client()
      .acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/.default'] })
    assert.deepEqual(
      String(decodeJwt(result?.accessToken ?? '')['scp'])
        .split(' ')
        .filter((scope) => scope.startsWith('User.'))
        .sort(),
      ['User.Read', 'User.Read.All'],
    )
  })

  it('lets a person decline', async () => {
    const browser = new Browser()
    const page = await browser.submit(await browser.open(authorizeUrl(kit, { scope: 'Mail.Read openid' })), { login: ADA })
    assert.match(page.html, /Permissions requested/)
    const declined = await browser.submit(page, { decision: 'cancel' })
    assert.equal(declined.location?.searchParams.get('error'), 'access_denied')
  })
})
