import { readFileSync } from 'node:fs'
import type { VerdictName } from '../../core/posture/check.ts'

/** Offline inputs made of Microsoft's published answers, with the verdict of each check and why. */
export interface SampleCase {
  readonly name: string
  /** Answers in answers/ that the input is made of, and what was done with them. */
  readonly madeOf: string
  readonly input: { readonly asOf: string; readonly params?: object; readonly graph: Readonly<Record<string, unknown>> }
  /** Checks that are not listed are unknown: their paths are not in the input. */
  readonly expected: Readonly<Record<string, { readonly verdict: VerdictName; readonly reason: string; readonly because: string }>>
}

type Body = Readonly<Record<string, unknown>>

export function answer(name: string): Body {
  const file: { answer: Body } = JSON.parse(readFileSync(new URL(`answers/${name}.json`, import.meta.url), 'utf8'))
  return file.answer
}

export const answerNames = [
  'add-application-password', 'create-policy-block-regions', 'create-policy-mfa-non-compliant', 'get-application', 'get-conditional-access-policy', 'get-service-principal',
  'list-applications', 'list-conditional-access-policies', 'list-conditional-access-templates', 'list-directory-role-members', 'list-group-members', 'list-group-transitive-members',
  'list-role-assignments-expanded', 'list-role-assignments-of-principal', 'list-role-eligibility', 'list-service-principals', 'list-subscribed-skus',
] as const

const asOf = '2026-11-01T00:00:00Z'
const policiesPath = '/identity/conditionalAccess/policies'
const filteredRoles = "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'&$expand=principal"
const eligibilityPath = '/roleManagement/directory/roleEligibilityScheduleInstances'

/** The published application with the published credential in it. */
function applicationWithSecret(): Body {
  return { ...answer('get-application'), passwordCredentials: [answer('add-application-password')] }
}

/** The first policy of a list or the policy itself, changed in the named members. */
function policy(name: string, change: { readonly top?: object; readonly conditions?: object; readonly users?: object; readonly applications?: object }): Body {
  const body = answer(name)
  const listed: Body = Array.isArray(body['value']) ? body['value'][0] : body
  const conditions = memberOf(listed, 'conditions')
  return {
    ...listed,
    ...change.top,
    conditions: { ...conditions, ...change.conditions, users: { ...memberOf(conditions, 'users'), ...change.users }, applications: { ...memberOf(conditions, 'applications'), ...change.applications } },
  }
}

function memberOf(value: Body, name: string): Body {
  const member = value[name]
  if (typeof member !== 'object' || member === null) throw new Error(`The sample has no object called ${name}.`)
  return member as Body
}

function blocking(top: object = {}, users: object = {}): Body {
  return policy('list-conditional-access-policies', { top: { state: 'enabled', ...top }, conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] }, users: { includeUsers: ['All'], ...users }, applications: { includeApplications: ['All'] } })
}

const list = (...value: readonly Body[]): Body => ({ value })
const applicationPair = { '/servicePrincipals': answer('list-service-principals') }

export const sampleCases: readonly SampleCase[] = [
  {
    name: 'applications without secrets',
    madeOf: 'get-application in a list, list-service-principals and get-service-principal as published',
    input: { asOf, graph: { '/applications': list(answer('get-application')), '/servicePrincipals': list(...(answer('list-service-principals')['value'] as Body[]), answer('get-service-principal')) } },
    expected: {
      'app-secret-expired': { verdict: 'pass', reason: 'none', because: 'all passwordCredentials are []' },
      'app-secret-expires-soon': { verdict: 'pass', reason: 'none', because: 'all passwordCredentials are []' },
    },
  },
  {
    name: 'the published secret, long over',
    madeOf: 'add-application-password inside get-application; read years after its endDateTime of 2021-09-09',
    input: { asOf, graph: { '/applications': list(applicationWithSecret()), ...applicationPair } },
    expected: {
      'app-secret-expired': { verdict: 'fail', reason: 'expired', because: 'endDateTime lies before asOf' },
      'app-secret-expires-soon': { verdict: 'pass', reason: 'none', because: 'what is over cannot end soon' },
    },
  },
  {
    name: 'the published secret, five days before its end',
    madeOf: 'add-application-password inside get-application; asOf chosen',
    input: { asOf: '2021-09-04T19:50:29Z', graph: { '/applications': list(applicationWithSecret()), ...applicationPair } },
    expected: {
      'app-secret-expired': { verdict: 'pass', reason: 'none', because: 'endDateTime lies after asOf' },
      'app-secret-expires-soon': { verdict: 'fail', reason: 'within', because: 'it ends within seven days' },
    },
  },
  {
    name: 'the published secret, three weeks before its end, on a service principal',
    madeOf: 'add-application-password inside get-service-principal; asOf chosen',
    input: { asOf: '2021-08-19T00:00:00Z', graph: { '/applications': list(answer('get-application')), '/servicePrincipals': list({ ...answer('get-service-principal'), passwordCredentials: [answer('add-application-password')] }) } },
    expected: {
      'app-secret-expired': { verdict: 'pass', reason: 'none', because: 'endDateTime lies after asOf' },
      'app-secret-expires-soon': { verdict: 'warn', reason: 'approaching', because: 'it ends within thirty days' },
    },
  },
  {
    name: 'the shortened list of applications',
    madeOf: 'list-applications as published: no id, no passwordCredentials',
    input: { asOf, graph: { '/applications': answer('list-applications'), ...applicationPair } },
    expected: {
      'app-secret-expired': { verdict: 'unknown', reason: 'shape', because: 'a list without secrets says nothing about secrets' },
      'app-secret-expires-soon': { verdict: 'unknown', reason: 'shape', because: 'a list without secrets says nothing about secrets' },
    },
  },
  {
    name: 'two policies that are switched off',
    madeOf: 'list-conditional-access-policies as published',
    input: { asOf, graph: { [policiesPath]: answer('list-conditional-access-policies') } },
    expected: { 'legacy-authentication-blocked': { verdict: 'fail', reason: 'none', because: 'both are disabled, for no user and for all client types' } },
  },
  {
    name: 'policies for Exchange Online and the one with every condition',
    madeOf: 'create-policy-block-regions, create-policy-mfa-non-compliant and get-conditional-access-policy as published, in a list',
    input: { asOf, graph: { [policiesPath]: list(answer('create-policy-block-regions'), answer('create-policy-mfa-non-compliant'), answer('get-conditional-access-policy')) } },
    expected: { 'legacy-authentication-blocked': { verdict: 'fail', reason: 'none', because: 'the one that blocks is for all client types, the one for old clients asks for more proof and is off' } },
  },
  {
    name: 'the published policy made to block old clients',
    madeOf: 'first policy of list-conditional-access-policies: state enabled, All users, All applications, clientAppTypes exchangeActiveSync and other',
    input: { asOf, graph: { [policiesPath]: list(blocking()) } },
    expected: { 'legacy-authentication-blocked': { verdict: 'pass', reason: 'blocked', because: 'enabled, everybody, everything, both kinds of old clients, block' } },
  },
  {
    name: 'the template made to block old clients',
    madeOf: 'conditions of list-conditional-access-templates: All users, nobody left out, clientAppTypes exchangeActiveSync and other; grant block',
    input: { asOf, graph: { [policiesPath]: list(templatePolicy([])) } },
    expected: { 'legacy-authentication-blocked': { verdict: 'pass', reason: 'blocked', because: 'its null and empty members do not narrow it' } },
  },
  {
    name: 'the template with the current administrator left out',
    madeOf: 'as before, with the excludeUsers that Microsoft publishes',
    input: { asOf, graph: { [policiesPath]: list(templatePolicy(undefined)) } },
    expected: { 'legacy-authentication-blocked': { verdict: 'fail', reason: 'nearMiss', because: 'the exclusion is not declared' } },
  },
  {
    name: 'the blocking policy as report-only',
    madeOf: 'the published policy made to block, state enabledForReportingButNotEnforced',
    input: { asOf, graph: { [policiesPath]: list(blocking({ state: 'enabledForReportingButNotEnforced' })) } },
    expected: { 'legacy-authentication-blocked': { verdict: 'fail', reason: 'reportOnly', because: 'report-only blocks nothing' } },
  },
  {
    name: 'the blocking policy without a licence',
    madeOf: 'the published policy made to block, with list-subscribed-skus as published: neither subscription holds Entra ID P1 or P2',
    input: { asOf, graph: { [policiesPath]: list(blocking()), '/subscribedSkus': answer('list-subscribed-skus') } },
    expected: { 'legacy-authentication-blocked': { verdict: 'notApplicable', reason: 'licence', because: 'the subscriptions show no P1' } },
  },
  {
    name: 'three administrators and an eligibility for another role',
    madeOf: 'list-role-assignments-expanded under its own request, list-role-eligibility as published',
    input: { asOf, graph: { [filteredRoles]: answer('list-role-assignments-expanded'), [eligibilityPath]: answer('list-role-eligibility') } },
    expected: { 'global-administrator-count': { verdict: 'pass', reason: 'within', because: 'three distinct users; the eligibility is for Attribute Definition Administrator' } },
  },
  {
    name: 'three administrators and no answer about eligibility',
    madeOf: 'list-role-assignments-expanded',
    input: { asOf, graph: { [filteredRoles]: answer('list-role-assignments-expanded') } },
    expected: { 'global-administrator-count': { verdict: 'unknown', reason: 'notYet', because: 'eligible people count, and nobody asked for them' } },
  },
  {
    name: 'three administrators in a tenant without P2',
    madeOf: 'list-role-assignments-expanded, list-subscribed-skus',
    input: { asOf, graph: { [filteredRoles]: answer('list-role-assignments-expanded'), '/subscribedSkus': answer('list-subscribed-skus') } },
    expected: {
      'global-administrator-count': { verdict: 'pass', reason: 'within', because: 'without P2 nobody can be eligible' },
      'legacy-authentication-blocked': { verdict: 'notApplicable', reason: 'licence', because: 'the subscriptions show no P1' },
    },
  },
  {
    name: 'a group of one as the only administrator',
    madeOf: 'first row of list-role-assignments-expanded with a group as principal, list-group-transitive-members, list-role-eligibility',
    input: { asOf, graph: { '/roleManagement/directory/roleAssignments': list(groupAssignment('02bd9fd6-8f93-4758-87c3-1fb73740a315')), '/groups/02bd9fd6-8f93-4758-87c3-1fb73740a315/transitiveMembers': answer('list-group-transitive-members'), [eligibilityPath]: answer('list-role-eligibility') } },
    expected: { 'global-administrator-count': { verdict: 'fail', reason: 'tooFew', because: 'the group holds one user' } },
  },
  {
    name: 'a group whose members have no type',
    madeOf: 'as before, with list-group-members as published: id only',
    input: { asOf, graph: { '/roleManagement/directory/roleAssignments': list(groupAssignment('02bd9fd6-8f93-4758-87c3-1fb73740a315')), '/groups/02bd9fd6-8f93-4758-87c3-1fb73740a315/members': answer('list-group-members'), [eligibilityPath]: answer('list-role-eligibility') } },
    expected: { 'global-administrator-count': { verdict: 'unknown', reason: 'shape', because: 'nobody says whether the member is a person' } },
  },
  {
    name: 'assignments of one principal only',
    madeOf: 'list-role-assignments-of-principal under its own request, list-role-eligibility',
    input: { asOf, graph: { "/roleManagement/directory/roleAssignments?$filter = principalId eq '5bde3e51-d13b-4db1-9948-fe4b109d11a7'": answer('list-role-assignments-of-principal'), [eligibilityPath]: answer('list-role-eligibility') } },
    expected: { 'global-administrator-count': { verdict: 'unknown', reason: 'notYet', because: 'a filtered list is a part of the list' } },
  },
  {
    name: 'assignments without their principals',
    madeOf: 'list-role-assignments-of-principal as if it were the whole list, list-role-eligibility',
    input: { asOf, graph: { '/roleManagement/directory/roleAssignments': answer('list-role-assignments-of-principal'), [eligibilityPath]: answer('list-role-eligibility') } },
    expected: { 'global-administrator-count': { verdict: 'unknown', reason: 'shape', because: 'nobody says whether the principal is a person' } },
  },
  {
    name: 'members of a directory role without ids',
    madeOf: 'list-directory-role-members as published: no id',
    input: { asOf, graph: { '/directoryRoles/roleTemplateId=62e90394-69f5-4237-9190-012177145e10/members': answer('list-directory-role-members'), [eligibilityPath]: answer('list-role-eligibility') } },
    expected: { 'global-administrator-count': { verdict: 'unknown', reason: 'shape', because: 'people without ids cannot be told apart' } },
  },
]

function templatePolicy(excludeUsers: readonly string[] | undefined): Body {
  const [template] = answer('list-conditional-access-templates')['value'] as Body[]
  const details = memberOf(template ?? {}, 'details')
  const conditions = memberOf(details, 'conditions')
  const users = { ...memberOf(conditions, 'users'), includeUsers: ['All'], includeRoles: [], ...(excludeUsers ? { excludeUsers } : {}) }
  return { id: '0b2282f9-2862-4178-88b5-d79340b36cb8', displayName: 'Block legacy authentication', state: 'enabled', ...details, conditions: { ...conditions, users, clientAppTypes: ['exchangeActiveSync', 'other'] }, grantControls: { ...memberOf(details, 'grantControls'), builtInControls: ['block'] } }
}

function groupAssignment(groupId: string): Body {
  const [row] = answer('list-role-assignments-expanded')['value'] as Body[]
  return { ...row, principalId: groupId, principal: { '@odata.type': '#microsoft.graph.group', id: groupId, displayName: 'Administrators' } }
}
