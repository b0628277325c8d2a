import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CryptoProvider, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { Browser, OTHER, READ, readRegistration, REDIRECT, SECRET, SHAREPOINT, SPA_REDIRECT, startKit, TEAMS } from './signin-kit.ts';
import type { Kit } from './signin-kit.ts';

const ADA = 'ada@contoso-demo.example';
const DAN = 'dan@contoso-demo.example';
const API = `api://localhost/${READ}/access_as_user`;
const GRAPH_READ = 'https://graph.microsoft.com/User.Read';
let kit: Kit;

before(async () => {
  kit = await startKit();
});
after(() => kit.close());

async function interactionError(call: Promise<unknown>, code: number): Promise<InteractionRequiredAuthError> {
  const error = await call.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof InteractionRequiredAuthError, `expected an interaction error, got ${String(error)}`);
  assert.match(error.errorMessage, new RegExp(`AADSTS${code}:`));
  return error;
}

function freshCode(upn: string, query: Record<string, string>, browser = new Browser()): Promise<URL> {
  return browser.signIn(authorizeUrl(query), upn);
}

function authorizeUrl(query: Record<string, string>, segment = kit.tenantId): string {
  const defaults = { client_id: READ, response_type: 'code', redirect_uri: REDIRECT, scope: `${API} openid profile offline_access`, state: 'st' };
  return `${kit.ready.signInBrowser}/${segment}/oauth2/v2.0/authorize?${new URLSearchParams({ ...defaults, ...query })}`;
}

const tokenBody = z.looseObject({ access_token: z.string().optional(), error_codes: z.array(z.number()).optional(), claims: z.string().optional() });
const configurationBody = z.looseObject({ issuer: z.string(), authorization_endpoint: z.string(), end_session_endpoint: z.string(), token_endpoint: z.string(), jwks_uri: z.string() });
const keysBody = z.object({ keys: z.array(z.looseObject({ issuer: z.string(), alg: z.string() })) });

async function fetchJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(url)).json());
}

async function token(fields: Record<string, string>, headers: Record<string, string> = {}, segment = kit.tenantId): Promise<{ status: number; body: z.infer<typeof tokenBody>; headers: Headers }> {
  const response = await fetch(`${kit.ready.signIn}/${segment}/oauth2/v2.0/token`, { method: 'POST', headers, body: new URLSearchParams(fields) });
  return { status: response.status, body: tokenBody.parse(await response.json()), headers: response.headers };
}

async function graphStatus(accessToken: string): Promise<number> {
  const response = await fetch(`${kit.ready.graph}/v1.0/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  await response.arrayBuffer();
  return response.status;
}

describe('discovery', () => {
  it('puts pages on the plain listener and everything else on HTTPS', async () => {
    const configuration = await fetchJson(`${kit.ready.signIn}/${kit.tenantId}/v2.0/.well-known/openid-configuration`, configurationBody);
    assert.equal(configuration.issuer, `${kit.ready.signIn}/${kit.tenantId}/v2.0`);
    assert.ok(configuration.authorization_endpoint.startsWith(kit.ready.signInBrowser));
    assert.ok(configuration.end_session_endpoint.startsWith(kit.ready.signInBrowser));
    assert.ok(configuration.token_endpoint.startsWith(kit.ready.signIn));
    const { keys } = await fetchJson(configuration.jwks_uri, keysBody);
    assert.equal(keys.length, 2);
    assert.ok(keys.every((key) => key.issuer === configuration.issuer && key.alg === 'RS256'));
    const open = await fetchJson(`${kit.ready.signIn}/common/v2.0/.well-known/openid-configuration`, configurationBody);
    assert.equal(open.issuer, `${kit.ready.signIn}/{tenantid}/v2.0`);
  });

  it('refuses a tenant that is not there', async () => {
    const response = await fetch(`${kit.ready.signIn}/33333333-3333-4333-8333-333333333333/v2.0/.well-known/openid-configuration`);
    assert.equal(response.status, 400);
    assert.deepEqual(tokenBody.parse(await response.json()).error_codes, [90002]);
  });
});

describe('msal-node', () => {
  it('signs in with code and PKCE and gets a v2.0 token with roles and scp', async () => {
    const result = await kit.signIn(kit.client(), ADA, [API]);
    const claims = decodeJwt(result.accessToken);
    const expected = { aud: READ, iss: `${kit.ready.signIn}/${kit.tenantId}/v2.0`, azp: READ, azpacr: '1', scp: 'access_as_user', roles: ['Approver'], ver: '2.0', tid: kit.tenantId, preferred_username: ADA };
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(claims[name], value, name);
    assert.equal(result.account?.username, ADA);
    const dan = decodeJwt((await kit.signIn(kit.client(), DAN, [API])).accessToken);
    assert.equal(dan['roles'], undefined);
    assert.notEqual(dan.sub, claims.sub);
  });

  it('exchanges on behalf of the person, and Graph takes the token', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API]);
    const result = await kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/.default'] });
    assert.ok(result);
    const claims = decodeJwt(result.accessToken);
    assert.equal(claims.iss, `https://sts.windows.net/${kit.tenantId}/`);
    assert.equal(claims.aud, 'https://graph.microsoft.com');
    assert.equal(claims['appid'], READ);
    assert.equal(claims['idtyp'], 'user');
    assert.ok(String(claims['scp']).split(' ').includes('User.Read'));
    assert.equal(await graphStatus(result.accessToken), 200);
  });

  it('renews silently, and stops when sessions are revoked', async () => {
    const cca = kit.client();
    const { account } = await kit.signIn(cca, DAN, [API]);
    assert.ok(account);
    const renewed = await cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true });
    assert.equal(decodeJwt(renewed.accessToken)['oid'], account.localAccountId);
    const user = await cca.acquireTokenSilent({ account, scopes: [API] });
    assert.equal((await kit.control('POST', `/tenants/contoso-demo/revoke-sessions/${account.localAccountId}`)).status, 200);
    const revoked = await interactionError(cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }), 50173);
    assert.equal(revoked.subError, 'bad_token');
    await interactionError(kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] }), 50173);
    assert.equal((await kit.signIn(kit.client(), DAN, [API])).account?.username, DAN, 'a fresh sign-in works again');
  });

  it('asks for consent where it is missing or was taken away', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API]);
    const missing = await interactionError(kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/Mail.Read'] }), 65001);
    assert.equal(missing.subError, 'consent_required');
    const cca = kit.client();
    const { account } = await kit.signIn(cca, ADA, [API]);
    assert.ok(account);
    assert.deepEqual((await kit.control('DELETE', `/tenants/contoso-demo/consent/${READ}?scope=User.Read`)).body, { removedScopes: 1 });
    await interactionError(cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }), 65001);
    await kit.control('PUT', '/tenants/contoso-demo/registrations', readRegistration);
    assert.ok(await cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }));
  });

  it('gives applications their own tokens: Graph, and the bot channel', async () => {
    const graph = await kit.client().acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    const graphClaims = decodeJwt(graph?.accessToken ?? '');
    assert.equal(graphClaims['idtyp'], 'app');
    assert.equal(graphClaims['scp'], undefined);
    const bot = decodeJwt((await kit.client().acquireTokenByClientCredential({ scopes: ['https://api.botframework.com/.default'] }))?.accessToken ?? '');
    assert.equal(bot.aud, 'https://api.botframework.com');
    assert.equal(bot['appid'], READ);
    const wrong = kit.client({ secret: 'wrong' }).acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    await assert.rejects(wrong, (error) => error instanceof ServerError && /AADSTS7000215/.test(error.errorMessage));
  });

  it('answers a required second step with a claims challenge, and passes it on the pages', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API]);
    await kit.control('PUT', '/sign-in', { mfaRequiredFor: [ADA] });
    const error = await interactionError(kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] }), 50076);
    assert.match(error.claims, /capolids/);
    const browser = new Browser();
    const second = await browser.submit(await browser.open(authorizeUrl({})), { login: ADA });
    assert.match(second.html, /Approve the sign-in request/);
    const early = await browser.submit({ ...second, html: second.html.replace('/mfa', '/consent') }, { decision: 'accept' });
    assert.match(early.html, /Approve the sign-in request/, 'no page lets a person past the second step');
    const done = await browser.submit(second, { decision: 'approve' });
    assert.ok(done.location?.searchParams.get('code'));
    await kit.control('PUT', '/sign-in', { mfaRequiredFor: [] });
  });

  it('rotates its signing key while tokens of the last one stay good', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API]);
    await kit.control('POST', '/rotate-keys');
    const next = await kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] });
    assert.notEqual(decodeProtectedHeader(next?.accessToken ?? '').kid, decodeProtectedHeader(user.accessToken).kid);
  });
});

describe('authorization', () => {
  it('never redirects to an address that is not registered', async () => {
    for (const redirectUri of ['https://evil.example/cb', `${REDIRECT}/x`, 'https://localhost:7444/callback', 'javascript:alert(1)', 'not a url']) {
      for (const extra of [{}, { prompt: 'none' }, { response_type: 'token' }, { response_mode: 'form_post' }]) {
        const page = await new Browser().open(authorizeUrl({ redirect_uri: redirectUri, ...extra }));
        assert.equal(page.location, undefined, redirectUri);
        assert.equal(page.status, 400);
        assert.match(page.html, /AADSTS50011/);
        assert.ok(!page.html.includes('<form'), redirectUri);
      }
    }
  });

  it('shows a keyboard-usable picker of enabled people of that tenant only', async () => {
    const { html } = await new Browser().open(authorizeUrl({ login_hint: DAN }));
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<fieldset><legend>Pick an account<\/legend>/);
    assert.match(html, /<label class="field" for="search">/);
    assert.match(html, /<button class="primary" type="submit">Sign in<\/button>/);
    const radios = [...html.matchAll(/<label class="person"><input type="radio" name="login" value="([^"]+)" required( checked)?>/g)];
    assert.deepEqual(radios.filter((radio) => radio[2]).map((radio) => radio[1]), [DAN]);
    const people = await kit.people();
    const enabled = people.filter((person) => person.accountEnabled);
    assert.equal(radios.length, enabled.length);
    assert.ok(enabled.length < people.length, 'the tenant has disabled people');
    assert.ok(!html.includes('@second.example'));
    assert.match(html, /Posture reader/);
    assert.match(html, /access_as_user/);
  });

  it('refuses a disabled person without leaving the page', async () => {
    const people = await kit.people();
    const disabled = people.find((person) => !person.accountEnabled);
    const browser = new Browser();
    const answer = await browser.submit(await browser.open(authorizeUrl({})), { login: disabled?.userPrincipalName ?? '' });
    assert.equal(answer.location, undefined);
    assert.match(answer.html, /AADSTS50057/);
  });

  it('stops tokens of a person who is disabled later', async () => {
    const cca = kit.client();
    await kit.control('PUT', '/tenants/contoso-demo/users', { userPrincipalName: 'leaver@contoso-demo.example', displayName: 'Leaver' });
    const { account } = await kit.signIn(cca, 'leaver@contoso-demo.example', [API]);
    assert.ok(account);
    await kit.control('PATCH', `/tenants/contoso-demo/objects/users/${account.localAccountId}`, { accountEnabled: false });
    const refusal = await cca.acquireTokenSilent({ account, scopes: [GRAPH_READ], forceRefresh: true }).then(() => undefined, (error: unknown) => error);
    assert.match(String(refusal), /AADSTS50057/);
  });

  it('keeps a session for silent sign-in, and ends it', async () => {
    const browser = new Browser();
    const none = (await browser.open(authorizeUrl({ prompt: 'none' }))).location;
    assert.equal(none?.searchParams.get('error'), 'login_required');
    await freshCode(ADA, {}, browser);
    assert.ok((await browser.open(authorizeUrl({ prompt: 'none' }))).location?.searchParams.get('code'));
    assert.equal((await browser.open(authorizeUrl({ prompt: 'none', login_hint: DAN }))).location?.searchParams.get('error'), 'login_required');
    assert.equal((await browser.open(authorizeUrl({ prompt: 'login' }))).location, undefined, 'prompt=login always asks');
    const out = await browser.open(`${kit.ready.signInBrowser}/${kit.tenantId}/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.example/`);
    assert.equal(out.location, undefined);
    assert.equal((await browser.open(authorizeUrl({ prompt: 'none' }))).location?.searchParams.get('error'), 'login_required');
  });

  it('binds a pending sign-in to the browser that began it', async () => {
    const page = await new Browser().open(authorizeUrl({}));
    const answer = await new Browser().submit(page, { login: ADA });
    assert.equal(answer.location, undefined);
    assert.equal(answer.status, 400);
  });

  it('answers by fragment and by form', async () => {
    const fragment = await freshCode(ADA, { response_mode: 'fragment' });
    assert.ok(new URLSearchParams(fragment.hash.slice(1)).get('code'));
    const browser = new Browser();
    const form = await browser.submit(await browser.open(authorizeUrl({ response_mode: 'form_post', state: '"><script>' })), { login: ADA });
    assert.match(form.html, new RegExp(`<form method="post" action="${REDIRECT}">`));
    assert.ok(!form.html.includes('"><script>'), 'values are escaped');
  });

  it('redeems a code once, with the right verifier, by the right kind of client', async () => {
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    const web = { grant_type: 'authorization_code', client_id: READ, client_secret: SECRET, redirect_uri: REDIRECT, code_verifier: verifier };
    const code = (await freshCode(ADA, pkce)).searchParams.get('code') ?? '';
    assert.deepEqual((await token({ ...web, code, code_verifier: `${verifier}x` })).body.error_codes, [501481]);
    assert.equal((await token({ ...web, code })).status, 200);
    assert.deepEqual((await token({ ...web, code })).body.error_codes, [54005]);
    const { client_secret: _secret, ...open } = web;
    assert.deepEqual((await token({ ...open, code: (await freshCode(ADA, pkce)).searchParams.get('code') ?? '' })).body.error_codes, [7000218]);

    const noProof = await new Browser().open(authorizeUrl({ redirect_uri: SPA_REDIRECT }));
    assert.equal(noProof.location?.searchParams.get('error'), 'invalid_request');
    const spa = { ...open, redirect_uri: SPA_REDIRECT };
    const spaCode = (await freshCode(ADA, { ...pkce, redirect_uri: SPA_REDIRECT })).searchParams.get('code') ?? '';
    assert.deepEqual((await token({ ...spa, code: spaCode })).body.error_codes, [9002327]);
    const answer = await token({ ...spa, code: spaCode }, { origin: 'https://localhost:7443' });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://localhost:7443');
  });

  it('gives Teams what is pre-authorised and SharePoint what is granted, nothing more', async () => {
    const redirect = 'http://127.0.0.1:9999/host';
    async function played(appId: string, scope: string): Promise<URL> {
      return freshCode(DAN, { client_id: appId, redirect_uri: redirect, scope: `api://localhost/${READ}/${scope} openid` });
    }
    async function redeem(appId: string, back: URL): Promise<string> {
      const answer = await token({ grant_type: 'authorization_code', client_id: appId, redirect_uri: redirect, code: back.searchParams.get('code') ?? '' });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return String(decodeJwt(answer.body.access_token ?? '')['scp']);
    }
    assert.equal(await redeem(TEAMS, await played(TEAMS, 'access_as_user')), 'access_as_user');
    assert.equal((await played(TEAMS, 'Posture.View')).searchParams.get('error'), 'consent_required');
    assert.equal((await played(SHAREPOINT, 'Posture.View')).searchParams.get('error'), 'consent_required');
    const put = await kit.control('PUT', '/tenants/contoso-demo/registrations', {
      application: { appId: SHAREPOINT, displayName: 'SharePoint Online Web Client Extensibility' }, servicePrincipalOnly: true, consent: { [READ]: ['Posture.View'] },
    });
    assert.equal(put.status, 200, JSON.stringify(put.body));
    assert.equal(await redeem(SHAREPOINT, await played(SHAREPOINT, 'Posture.View')), 'Posture.View');
    const outside = await new Browser().open(authorizeUrl({ client_id: SHAREPOINT, redirect_uri: 'https://evil.example/' }));
    assert.match(outside.html, /AADSTS50011/);
  });
});

describe('consent', () => {
  const query = { client_id: READ, redirect_uri: REDIRECT, scope: 'https://graph.microsoft.com/.default', state: 'st' };

  it('lets a Global Administrator grant for everybody, and nobody else', async () => {
    const url = `${kit.ready.signInBrowser}/${kit.tenantId}/v2.0/adminconsent?${new URLSearchParams(query)}`;
    const member = new Browser();
    const refused = await member.submit(await member.open(url), { login: DAN });
    assert.equal(refused.status, 403);
    assert.match(refused.html, /AADSTS90094/);
    const forced = await member.submit(refused, { decision: 'accept' });
    assert.equal(forced.location, undefined, 'accepting without the role grants nothing');

    const admin = new Browser();
    const page = await admin.submit(await admin.open(url), { login: ADA });
    assert.match(page.html, /Permissions requested/);
    const done = await admin.submit(page, { decision: 'accept' });
    assert.equal(done.location?.searchParams.get('admin_consent'), 'True');
    assert.equal(done.location?.searchParams.get('tenant'), kit.tenantId);
    const user = await kit.signIn(kit.client(), DAN, [API]);
    const result = await kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: ['https://graph.microsoft.com/.default'] });
    assert.deepEqual(String(decodeJwt(result?.accessToken ?? '')['scp']).split(' ').filter((scope) => scope.startsWith('User.')).sort(), ['User.Read', 'User.Read.All']);
  });

  it('lets a person decline', async () => {
    const browser = new Browser();
    const page = await browser.submit(await browser.open(authorizeUrl({ scope: 'Mail.Read openid' })), { login: ADA });
    assert.match(page.html, /Permissions requested/);
    const declined = await browser.submit(page, { decision: 'cancel' });
    assert.equal(declined.location?.searchParams.get('error'), 'access_denied');
  });
});

describe('on-behalf-of', () => {
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', client_id: READ, client_secret: SECRET, scope: GRAPH_READ };

  it('refuses assertions that are not user access tokens for the redeeming application', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API]);
    const graph = await kit.client().acquireTokenOnBehalfOf({ oboAssertion: user.accessToken, scopes: [GRAPH_READ] });
    const other = { ...readRegistration, application: { appId: OTHER, displayName: 'Other' }, secrets: ['other-secret'], consent: {}, assignments: [] };
    assert.equal((await kit.control('PUT', '/tenants/contoso-demo/registrations', other)).status, 200);
    const app = await kit.client().acquireTokenByClientCredential({ scopes: [`api://localhost/${READ}/.default`] });
    const [header, payload] = user.accessToken.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const cases: [string, Record<string, string>, number][] = [
      ['a Graph token', { assertion: graph?.accessToken ?? '' }, 500131],
      ['an id token', { assertion: user.idToken }, 50013],
      ['an application token', { assertion: app?.accessToken ?? '' }, 240002],
      ['no signature', { assertion: unsigned }, 50013],
      ['a broken signature', { assertion: `${header}.${payload}.AAAA` }, 50013],
      ['another application', { assertion: user.accessToken, client_id: OTHER, client_secret: 'other-secret' }, 500131],
    ];
    for (const [name, fields, code] of cases) {
      const answer = await token({ ...grant, ...fields });
      assert.deepEqual(answer.body.error_codes, [code], name);
      for (const field of ['error', 'error_description', 'timestamp', 'trace_id', 'correlation_id']) assert.equal(typeof answer.body[field], 'string', field);
    }
    assert.equal((await token({ ...grant, assertion: user.accessToken })).status, 200);
    assert.deepEqual((await token({ ...grant, assertion: user.accessToken }, {}, kit.ready.tenants['second']?.id)).body.error_codes, [700016]);
  });

  it('follows the clock: an expired assertion is refused', async () => {
    await kit.control('PUT', '/sign-in', { accessTokenSeconds: 60 });
    const user = await kit.signIn(kit.client(), ADA, [API]);
    await kit.control('PUT', '/clock', { offsetMs: 61_000 });
    assert.deepEqual((await token({ ...grant, assertion: user.accessToken })).body.error_codes, [500133]);
    await kit.control('PUT', '/clock', { offsetMs: 0 });
    await kit.control('PUT', '/sign-in', { accessTokenSeconds: null });
  });

  it('refuses by Conditional Access with the policy named', async () => {
    const user = await kit.signIn(kit.client(), ADA, [API]);
    await kit.control('PUT', '/sign-in', { conditionalAccessBlock: { user: ADA, errorCode: 53003, policy: 'policy-1' } });
    const answer = await token({ ...grant, assertion: user.accessToken });
    assert.deepEqual(answer.body.error_codes, [53003]);
    assert.match(answer.body.claims ?? '', /policy-1/);
    await kit.control('PUT', '/sign-in', { conditionalAccessBlock: null });
    assert.equal(answer.status, 400);
  });
});

