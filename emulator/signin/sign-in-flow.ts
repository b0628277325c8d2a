import { randomUUID } from 'node:crypto'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import type { Tenant } from '../tenants/world.ts'
import { answerAdminConsent, answerAuthorize } from './consent-step.ts'
import type { Subject } from './consent-step.ts'
import { admitAssignment, admitEvidence, admitPerson } from './conditions.ts'
import { enabledPeople, findClient, findPerson, tenantOfName } from './directory.ts'
import type { Client, Person } from './directory.ts'
import { multiFactorPage, namePage, pickerPage, problemPage } from './pages.ts'
import type { FormContext } from './pages.ts'
import { GRAPH_APP_ID } from './first-party.ts'
import { admitByPolicies } from './policies.ts'
import type { PolicyQuestion } from './policies.ts'
import { refuse } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import { replyRefusal } from './reply.ts'
import { readScopes } from './scopes.ts'
import { readSession, saveAccount } from './sessions.ts'
import type { PendingRequest, SignInState } from './state.ts'
import { showPermissions, wantedPermissions } from './wanted-permissions.ts'

/** One step of a person's way through the pages. */
export interface Step {
  readonly state: SignInState
  readonly request: PlainRequest
  readonly pending: PendingRequest
  readonly form: FormContext
  readonly appName: string
  /** Cookies to set with whatever answers this step. */
  readonly cookies: readonly string[]
}

/** Starts a pending request: silently where the browser's session allows it, else with the account picker. */
export function startSignIn(step: Step): PlainResponse {
  const { state, pending } = step
  const accounts = readSession(state, step.request).accounts.filter((account) => {
    if (pending.tenantId !== undefined && account.tenantId !== pending.tenantId) return false
    if (pending.loginHint === undefined) return true
    const tenant = state.world.tenants.get(account.tenantId)
    return tenant !== undefined && findPerson(tenant, account.userId)?.userPrincipalName.toLowerCase() === pending.loginHint
  })
  const [only] = accounts
  if (only && accounts.length === 1 && pending.prompt !== 'login' && pending.prompt !== 'select_account') {
    pending.account = only
    return continueSignIn(step)
  }
  if (pending.prompt === 'none')
    return replyRefusal(state, pending, refuse(50058), accounts.length > 1 ? 'interaction_required' : 'login_required')
  return askForPerson(step)
}

/** Takes the account that a person picked. */
export function pickPerson(step: Step, login: string): PlainResponse {
  const { state, pending } = step
  const tenant = pending.tenantId === undefined ? tenantOfName(state.world, login) : state.world.tenants.get(pending.tenantId)
  if (!tenant) return askForPerson(step, refuse(50034, { user: login, tenant: 'organizations' }))
  const admitted = admitPerson(state, tenant, login)
  if (!admitted.ok) return askForPerson(step, admitted)
  const cookie = signedIn(step, tenant, admitted.person, { multiFactor: false, contexts: [] })
  return continueSignIn({ ...step, cookies: [...step.cookies, cookie] })
}

/** Takes the answer of the second step. */
export function answerMultiFactor(step: Step, isApproved: boolean): PlainResponse {
  const { state, pending } = step
  const tenant = state.world.tenants.get(pending.account?.tenantId ?? '')
  const person = tenant && pending.account ? findPerson(tenant, pending.account.userId) : undefined
  if (!tenant || !person) return askForPerson(step)
  if (!isApproved) return askForPerson(step, refuse(50076, { resource: step.appName }))
  const cookie = signedIn(step, tenant, person, { multiFactor: true, contexts: neededContexts(step) })
  return continueSignIn({ ...step, cookies: [...step.cookies, cookie] })
}

/** Goes as far as the person's account and proof carry, then asks for the next thing or lets `finish` answer the application. */
export function continueSignIn(step: Step, finish: (step: Step, subject: Subject) => PlainResponse = answerApplication): PlainResponse {
  const { state, pending } = step
  const { account } = pending
  const tenant = state.world.tenants.get(account?.tenantId ?? '')
  if (!account || !tenant) return askForPerson(step)
  const isSilent = pending.prompt === 'none'

  const found = findClient(state.world, tenant, pending.clientAppId)
  if (!found.ok) return problemPage(found)
  const admitted = admitPerson(state, tenant, account.userId)
  if (!admitted.ok) return isSilent ? replyRefusal(state, pending, admitted, 'interaction_required') : askForPerson(step, admitted)
  const { person } = admitted

  const evidence = admitEvidence(state, person, account.evidence, found.client.displayName)
  if (!evidence.ok && evidence.code !== 50076)
    return isSilent ? replyRefusal(state, pending, evidence, 'login_required') : askForPerson(step)
  const lacksContext = neededContexts(step).some((context) => !account.evidence.contexts.includes(context))
  if (!evidence.ok || lacksContext) {
    if (isSilent) return replyRefusal(state, pending, evidence.ok ? refuse(50076, { resource: step.appName }) : evidence)
    return multiFactorPage(step.form, person, step.cookies)
  }
  const policies = admitByPolicies(state, tenant, { person, evidence: account.evidence, ...target(step, tenant) })
  if (!policies.ok) {
    if (isSilent) return replyRefusal(state, pending, policies, 'interaction_required')
    if (policies.code === 70043) return askForPerson(step)
    if (policies.code === 50076 && !account.evidence.multiFactor) return multiFactorPage(step.form, person, step.cookies)
    return problemPage(policies)
  }
  const assignment = admitAssignment(tenant, person, found.client, undefined)
  if (!assignment.ok) return isSilent ? replyRefusal(state, pending, assignment, 'interaction_required') : problemPage(assignment)

  return finish(step, { tenant, person, account, client: found.client })
}

/** What the policies look at: the resource of the scopes that were asked for. */
function target({ state, pending }: Step, tenant: Tenant): Pick<PolicyQuestion, 'resourceAppId' | 'resource' | 'clientKind'> {
  const requested = readScopes(state.world, tenant, pending.scope)
  const api = requested.ok ? requested.resources[0]?.api : undefined
  return {
    resourceAppId: api?.appId ?? GRAPH_APP_ID,
    resource: api?.displayName ?? 'Microsoft Graph',
    clientKind: pending.redirectKind === 'public' ? 'mobileAppsAndDesktopClients' : 'browser',
  }
}

function answerApplication(step: Step, subject: Subject): PlainResponse {
  return step.pending.purpose === 'adminConsent' ? answerAdminConsent(step, subject) : answerAuthorize(step, subject)
}

/** Shows the account picker, or asks for a name where the path names no tenant. */
function askForPerson(step: Step, problem?: Refusal): PlainResponse {
  const { state, pending, form, appName, cookies } = step
  if (problem && pending.prompt === 'none') return replyRefusal(state, pending, problem, 'interaction_required')
  const hinted = pending.loginHint === undefined ? undefined : tenantOfName(state.world, pending.loginHint)
  const tenant = pending.tenantId === undefined ? hinted : state.world.tenants.get(pending.tenantId)
  const shown = problem ? { problem } : {}
  if (!tenant) return namePage(form, { appName, cookies, ...shown })
  const found = findClient(state.world, tenant, pending.clientAppId)
  if (!found.ok) return problemPage(found)
  return pickerPage(form, {
    tenant,
    people: enabledPeople(tenant),
    appName,
    permissions: askedPermissions(step, tenant, found.client),
    preselected: pending.loginHint,
    cookies,
    ...shown,
  })
}

function askedPermissions(step: Step, tenant: Tenant, client: Client): ReturnType<typeof showPermissions> {
  const outcome = wantedPermissions(step.state, tenant, client, step.pending)
  return outcome.ok ? showPermissions(outcome.wanted) : []
}

function neededContexts(step: Step): string[] {
  return [...new Set([...step.pending.contexts, ...step.state.settings.requiredContexts])]
}

function signedIn(step: Step, tenant: Tenant, person: Person, proof: { multiFactor: boolean; contexts: readonly string[] }): string {
  const account = {
    tenantId: tenant.id,
    userId: person.id,
    evidence: { authenticatedAt: step.state.world.clock.now(), ...proof },
    sessionId: randomUUID(),
  }
  step.pending.account = account
  return saveAccount(step.state, step.request, account)
}
