import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { z } from 'zod'
import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node'
import type { AuthenticationResult } from '@azure/msal-node'
import { startEmulator } from '../server/emulator.ts'
import type { ReadyLine } from '../server/emulator.ts'

/** Registrations that the tests make. */
export const READ = 'aaaaaaaa-0000-4000-8000-000000000001'
export const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002'
export const GRAPH = '00000003-0000-0000-c000-000000000000'
export const SHAREPOINT = '08e18876-6177-487e-b8b5-cf950c1e598c'
export const TEAMS = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
export const REDIRECT = 'https://localhost:7443/callback'
export const SPA_REDIRECT = 'https://localhost:7443/spa'
export const API = `api://localhost/${READ}/access_as_user`
export const ADA = 'ada@contoso-demo.example'
export const DAN = 'dan@contoso-demo.example'
export const SECRET = 'a-secret-that-works-now'
const ACCESS_SCOPE = 'bbbbbbbb-0000-4000-8000-000000000001'
const VIEW_SCOPE = 'bbbbbbbb-0000-4000-8000-000000000002'

export const readRegistration = {
  application: {
    appId: READ,
    displayName: 'Posture reader',
    identifierUris: [`api://localhost/${READ}`],
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [
        { id: ACCESS_SCOPE, value: 'access_as_user', type: 'User', isEnabled: true, adminConsentDisplayName: 'Act for the person' },
        { id: VIEW_SCOPE, value: 'Posture.View', type: 'User', isEnabled: true, adminConsentDisplayName: 'See the posture' },
      ],
      preAuthorizedApplications: [{ appId: TEAMS, delegatedPermissionIds: [ACCESS_SCOPE] }],
    },
    appRoles: [
      {
        id: 'cccccccc-0000-4000-8000-000000000001',
        value: 'Approver',
        displayName: 'Approver',
        description: 'May approve',
        isEnabled: true,
        allowedMemberTypes: ['User'],
      },
    ],
    web: { redirectUris: [REDIRECT] },
    spa: { redirectUris: [SPA_REDIRECT] },
    requiredResourceAccess: [
      {
        resourceAppId: GRAPH,
        resourceAccess: [
          { id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' },
          { id: 'a154be20-db9c-4678-8ab7-66f6cc099a59', type: 'Scope' },
        ],
      },
    ],
  },
  secrets: [SECRET],
  consent: { [GRAPH]: ['User.Read'], [READ]: ['access_as_user', 'Posture.View'] },
  assignments: [{ user: 'ada@contoso-demo.example', role: 'Approver' }],
}

const peopleBody = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      userPrincipalName: z.string(),
      accountEnabled: z.boolean(),
      roles: z.array(z.string()),
    }),
  ),
})

export interface Kit {
  readonly ready: ReadyLine
  readonly tenantId: string
  /** Calls the control port; answers status and parsed body. */
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** The people of contoso-demo, as the control port lists them. */
  people(): Promise<z.infer<typeof peopleBody>['people']>
  client(options?: { secret?: string; appId?: string; tenantId?: string }): ConfidentialClientApplication
  /** Signs in through the real pages and redeems the code with msal-node. */
  signIn(cca: ConfidentialClientApplication, upn: string, scopes: string[]): Promise<AuthenticationResult>
  close(): Promise<void>
}

/** A running emulator on free ports, with the test registration in contoso-demo. */
export async function startKit(more: { tenants?: readonly string[]; largeUsers?: number } = {}): Promise<Kit> {
  const data = await mkdtemp(join(tmpdir(), 'emulator-test-'))
  const ports = { signIn: 0, signInBrowser: 0, graph: 0, control: 0, channel: 0, chatProxy: 0 }
  const outcome = await startEmulator({ data, seed: 1, ports, botEndpoint: undefined, auditDelayMs: 0, accessLog: false, ...more })
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.message)
  const { ready, close } = outcome.emulator
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), await readFile(ready.ca, 'utf8')])
  const contoso = ready.tenants['contoso-demo']
  assert.ok(contoso)

  const kit: Kit = {
    ready,
    tenantId: contoso.id,
    async control(method, path, body) {
      const response = await fetch(ready.control + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    async people() {
      return peopleBody.parse((await kit.control('GET', '/tenants/contoso-demo/people')).body).people
    },
    client({ secret = SECRET, appId = READ, tenantId = contoso.id } = {}) {
      const host = new URL(ready.signIn).host
      return new ConfidentialClientApplication({
        auth: { clientId: appId, clientSecret: secret, authority: `${ready.signIn}/${tenantId}`, knownAuthorities: [host] },
      })
    },
    async signIn(cca, upn, scopes) {
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
      const url = await cca.getAuthCodeUrl({
        scopes,
        redirectUri: REDIRECT,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        state: 'st',
        nonce: 'n1',
      })
      const back = await new Browser().signIn(url, upn)
      assert.equal(back.searchParams.get('state'), 'st')
      const code = back.searchParams.get('code')
      assert.ok(code, back.href)
      return cca.acquireTokenByCode({ code, scopes, redirectUri: REDIRECT, codeVerifier: verifier, nonce: 'n1' })
    },
    async close() {
      await close()
      await rm(data, { recursive: true })
    },
  }
  const put = await kit.control('PUT', '/tenants/contoso-demo/registrations', readRegistration)
  assert.equal(put.status, 200, JSON.stringify(put.body))
  return kit
}

/** A page as a browser without script holds it. */
export interface Page {
  readonly url: string
  readonly status: number
  readonly html: string
  /** Set when the answer is a redirect. */
  readonly location: URL | undefined
}

/** A browser of one person: keeps cookies, submits the forms that the pages show. */
export class Browser {
  readonly cookies = new Map<string, string>()

  async open(url: string, init: RequestInit = {}): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie ? { cookie } : {}), ...(init.body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      if (/max-age=0/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const location = response.headers.get('location')
    return { url, status: response.status, html: await response.text(), location: location ? new URL(location) : undefined }
  }

  /** Submits the page's form: its hidden fields and the given ones. */
  async submit(page: Page, fields: Record<string, string>): Promise<Page> {
    const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1]
    assert.ok(action, `No form in: ${page.html.slice(page.html.indexOf('<main>'), 2000)}`)
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ])
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString()
    return this.open(new URL(action, page.url).href, { method: 'POST', body })
  }

  /** Opens an authorization request, picks a person and answers where the browser is sent. */
  async signIn(url: string, upn: string): Promise<URL> {
    const answer = await this.submit(await this.open(url), { login: upn })
    assert.ok(answer.location, answer.html.slice(answer.html.indexOf('<main>'), 3000))
    return answer.location
  }
}

const tokenBody = z.looseObject({
  access_token: z.string().optional(),
  error_codes: z.array(z.number()).optional(),
  claims: z.string().optional(),
})
export interface TokenAnswer {
  readonly status: number
  readonly body: z.infer<typeof tokenBody>
  readonly headers: Headers
}

/** Posts to a tenant's token endpoint without MSAL. */
export async function postToken(
  kit: Kit,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  segment = kit.tenantId,
): Promise<TokenAnswer> {
  const response = await fetch(`${kit.ready.signIn}/${segment}/oauth2/v2.0/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  })
  return { status: response.status, body: tokenBody.parse(await response.json()), headers: response.headers }
}

/** An authorization request of the test registration, with some parameters changed. */
export function authorizeUrl(kit: Kit, query: Record<string, string> = {}): string {
  const defaults = {
    client_id: READ,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: `${API} openid profile offline_access`,
    state: 'st',
  }
  return `${kit.ready.signInBrowser}/${kit.tenantId}/oauth2/v2.0/authorize?${new URLSearchParams({ ...defaults, ...query })}`
}
