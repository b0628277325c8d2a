import { randomBytes } from 'node:crypto'
import type { PlainResponse } from '../server/http.ts'
import { collection } from '../tenants/world.ts'
import type { Row, Tenant } from '../tenants/world.ts'
import { assignAppRole, grantScopes, isGlobalAdministrator, mayConsentForOrganisation, mayConsentForSelf } from './consent.ts'
import { findApplication } from './directory.ts'
import type { Client, Person } from './directory.ts'
import { consentPage, needAdministratorPage } from './pages.ts'
import { refuse } from './refusals.ts'
import { reply, replyRefusal } from './reply.ts'
import { servicePrincipalFor } from './service-principal.ts'
import type { Step } from './sign-in-flow.ts'
import { dropExpired } from './state.ts'
import type { SessionAccount } from './state.ts'
import { clientInfo } from './tokens.ts'
import { missingPermissions, needNoAdministrator, showPermissions, wantedPermissions } from './wanted-permissions.ts'
import type { WantedPermissions } from './wanted-permissions.ts'

const CODE_MS = 10 * 60_000

/** The signed-in person and the client, found in the person's tenant. */
export interface Subject {
  readonly tenant: Tenant
  readonly person: Person
  readonly account: SessionAccount
  readonly client: Client
}

/** Answers an authorization request with a code, asking for consent first where some is missing. */
export function answerAuthorize(step: Step, subject: Subject): PlainResponse {
  const { state, pending } = step
  const { tenant, person, client } = subject
  const outcome = wantedPermissions(state, tenant, client, pending)
  if (!outcome.ok) return replyRefusal(state, pending, outcome)
  const missing = missingPermissions(tenant, client, person, outcome.requested, outcome.wanted)
  const asked = pending.prompt === 'consent' && !pending.hasConsented ? outcome.wanted : missing
  if (asked.length === 0) return issueCode(step, subject)

  const names = asked.flatMap((permissions) => permissions.scopes).join(' ')
  const values = { appId: client.appId, name: client.displayName, scopes: names }
  // Microsoft's own clients never ask: an administrator grants them, or the resource pre-authorises them.
  if (pending.prompt === 'none' || client.isFirstParty) return replyRefusal(state, pending, refuse(65001, values), 'consent_required')
  const permissions = showPermissions(asked)
  const page = { person, appName: step.appName, permissions, tenant, cookies: step.cookies }
  if (mayConsentForOrganisation(tenant, person)) return consentPage(step.form, { ...page, scope: 'either' })
  if (needNoAdministrator(asked) && mayConsentForSelf(tenant)) return consentPage(step.form, { ...page, scope: 'self' })
  return needAdministratorPage(step.form, { ...page, refusal: refuse(90094, values) })
}

/** Shows an administrator what the whole organisation would grant. */
export function answerAdminConsent(step: Step, subject: Subject): PlainResponse {
  const { state, pending } = step
  const { tenant, person, client } = subject
  const outcome = wantedPermissions(state, tenant, client, pending)
  if (!outcome.ok) return replyRefusal(state, pending, outcome)
  const page = { person, appName: step.appName, permissions: showPermissions(outcome.wanted), tenant, cookies: step.cookies }
  if (isGlobalAdministrator(tenant, person)) return consentPage(step.form, { ...page, scope: 'organisation' })
  const scopes = outcome.wanted.flatMap((permissions) => permissions.scopes).join(' ')
  return needAdministratorPage(step.form, { ...page, refusal: refuse(90094, { name: client.displayName, scopes }) })
}

/** Takes the answer of a consent page. Who may grant what is judged again: the page is only a page. */
export function answerConsent(step: Step, subject: Subject, answer: { isAccepted: boolean; forOrganisation: boolean }): PlainResponse {
  const { state, pending } = step
  const { tenant, person, client } = subject
  if (!answer.isAccepted) return replyRefusal(state, pending, refuse(65004))
  const outcome = wantedPermissions(state, tenant, client, pending)
  if (!outcome.ok) return replyRefusal(state, pending, outcome)

  if (pending.purpose === 'adminConsent') {
    if (!isGlobalAdministrator(tenant, person)) return answerAdminConsent(step, subject)
    writeGrants(step, subject, outcome.wanted, null)
    return reply(pending, { admin_consent: 'True', tenant: tenant.id, scope: pending.scope }, step.cookies)
  }
  const asked =
    pending.prompt === 'consent' ? outcome.wanted : missingPermissions(tenant, client, person, outcome.requested, outcome.wanted)
  const forOrganisation = answer.forOrganisation && mayConsentForOrganisation(tenant, person)
  const mayAccept = mayConsentForOrganisation(tenant, person) || (needNoAdministrator(asked) && mayConsentForSelf(tenant))
  if (client.isFirstParty || !mayAccept) return answerAuthorize(step, subject)
  writeGrants(step, subject, asked, forOrganisation ? null : person.id)
  pending.hasConsented = true
  return answerAuthorize(step, subject)
}

function writeGrants(step: Step, subject: Subject, wanted: readonly WantedPermissions[], principalId: string | null): void {
  const { state } = step
  const { tenant, client } = subject
  const principal = clientServicePrincipal(step, subject)
  for (const { api, scopes, roleIds } of wanted) {
    if (scopes.length > 0) grantScopes(tenant, { clientId: principal.id, resourceId: api.servicePrincipal.id, principalId, scopes })
    const resource = collection(tenant, 'servicePrincipals').get(api.servicePrincipal.id)
    if (!resource)
      throw new Error(`The service principal of ${client.displayName}'s resource was found a moment ago and must still be there.`)
    for (const appRoleId of roleIds)
      assignAppRole(tenant, { principal, principalType: 'ServicePrincipal', resource, appRoleId, now: state.world.clock.now() })
  }
}

/** Consent brings a multi-tenant application's service principal into the tenant. */
function clientServicePrincipal(step: Step, subject: Subject): Row {
  const { tenant, client } = subject
  const existing = client.servicePrincipal && collection(tenant, 'servicePrincipals').get(client.servicePrincipal.id)
  if (existing) return existing
  const home = findApplication(step.state.world, client.appId)
  if (!home) throw new Error(`The application ${client.appId} was admitted a moment ago and must have a home tenant.`)
  return servicePrincipalFor(tenant, home.tenant, home.application.id)
}

function issueCode(step: Step, subject: Subject): PlainResponse {
  const { state, pending } = step
  const { tenant, person, account, client } = subject
  const now = state.world.clock.now()
  const code = `1.${randomBytes(48).toString('base64url')}`
  dropExpired(state.codes, now)
  state.codes.set(code, {
    tenantId: tenant.id,
    userId: person.id,
    clientAppId: client.appId,
    redirectUri: pending.redirectUri,
    redirectKind: pending.redirectKind,
    scope: pending.scope,
    challenge: pending.challenge,
    nonce: pending.nonce,
    evidence: account.evidence,
    sessionId: account.sessionId,
    expiresAt: now + CODE_MS,
    isRedeemed: false,
  })
  state.pending.delete(step.form.ctx)
  return reply(
    pending,
    { code, ...(pending.wantsClientInfo ? { client_info: clientInfo(tenant, person) } : {}), session_state: account.sessionId },
    step.cookies,
  )
}
