import { describe, expect, it } from '@jest/globals'
import { baselineOf } from '../../../core/posture/baselines.ts'
import type { CheckResult } from '../../../core/posture/check.ts'
import { checks } from '../../../core/posture/checks.ts'
import { judgeOffline, readOffline } from '../../../core/posture/offline.ts'
import { application, blockingPolicy, globalAdministratorId, holding, inDays, secret, subscription } from '../../build/facts.ts'

const asOf = '2026-11-01T00:00:00Z'
const rolesPath = '/roleManagement/directory/roleAssignments'
const eligible = { '/roleManagement/directory/roleEligibilityScheduleInstances': { value: [] } }

function outcomes(graph: object, change: object = {}): Record<string, CheckResult['outcome']> {
  const read = readOffline(JSON.stringify({ asOf, graph, ...change }))
  const baseline = baselineOf('default')
  if (!read.ok || !baseline) throw new Error(read.ok ? 'There is no default baseline.' : read.problem)
  return Object.fromEntries(judgeOffline(read.input, baseline, checks).map(({ checkId, outcome }) => [checkId, outcome]))
}

const administrators = (graph: object) => outcomes(graph)['global-administrator-count']
const secrets = (graph: object) => outcomes({ '/servicePrincipals': { value: [] }, ...graph })['app-secret-expired']
const expired = { value: [application('a', secret('k', inDays(-1)))] }

describe('the file', () => {
  it.each([
    ['{"asOf":', 'not valid JSON'],
    ['[]', 'one JSON object'],
    ['{"graph":{}}', 'asOf is missing'],
    ['{"asOf":"yesterday","graph":{}}', 'asOf is not an ISO 8601 time'],
    ['{"asOf":"2026-02-30T00:00:00Z","graph":{}}', 'asOf is not an ISO 8601 time'],
    ['{"asOf":"2026-11-01T00:00:00","graph":{}}', 'asOf is not an ISO 8601 time'],
    ['{"asOf":1793491200,"graph":{}}', 'asOf is not an ISO 8601 time'],
    ['{"asOf":"2026-11-01T00:00:00Z"}', 'graph is missing'],
    ['{"asOf":"2026-11-01T00:00:00Z","graph":[]}', 'graph is missing'],
    ['{"asOf":"2026-11-01T00:00:00Z","graph":{},"params":{"exclusions":{"users":"u1"}}}', 'params.exclusions.users'],
    ['{"asOf":"2026-11-01T00:00:00Z","graph":{},"params":7}', 'params. is not usable'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(readOffline(text)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) })
  })

  it('takes a byte order mark and an offset in the time', () => {
    expect(readOffline(`\uFEFF${JSON.stringify({ asOf: '2026-11-01T02:00:00+02:00', graph: {} })}`).ok).toBe(true)
  })

  it('takes declared exceptions from params', () => {
    const graph = { '/identity/conditionalAccess/policies': { value: [blockingPolicy('p', { users: { excludeUsers: ['u1'] } })] } }
    const withParams = (params: object) => outcomes(graph, { params })['legacy-authentication-blocked']?.verdict
    expect([withParams({}), withParams({ exclusions: { users: ['u1'] } }), withParams({ exclusions: { groups: ['u1'] } })]).toEqual([
      'fail',
      'pass',
      'fail',
    ])
  })
})

describe('keys', () => {
  it.each([
    '/applications',
    'applications',
    '/Applications/',
    '/v1.0/applications',
    'v1.0/applications',
    'https://graph.microsoft.com/v1.0/applications',
    'GET /v1.0/applications',
    '/applications?$select=id,appId,displayName,passwordCredentials&$top=999',
    '/applications?%24top=999',
    'https://graph.microsoft.us/v1.0/applications?$count=true',
  ])('finds the list under %s', (key) => {
    expect(secrets({ [key]: expired })).toMatchObject({ verdict: 'fail' })
  })

  it.each([
    "/applications?$filter=startswith(displayName,'a')",
    '/applications?$search="x"',
    '/applications?$skiptoken=x',
    '/applications?$skip=5',
  ])('takes %s for a part of the list only', (key) => {
    expect(secrets({ [key]: { value: [] } })).toMatchObject({
      verdict: 'unknown',
      reason: 'notYet',
      detail: expect.stringContaining('only a part'),
    })
  })

  it.each(['/beta/applications', '/applications/a', '/applications/delta', '/me/applications'])('does not take %s for the list', (key) => {
    expect(secrets({ [key]: { value: [] } })).toMatchObject({ verdict: 'unknown', reason: 'notYet' })
  })

  it('refuses two spellings of one request', () => {
    expect(secrets({ '/applications': { value: [] }, '/v1.0/Applications': expired })).toMatchObject({
      verdict: 'unknown',
      reason: 'shape',
      detail: expect.stringContaining('twice'),
    })
  })

  it('takes the answer that holds the fields, where there are several', () => {
    expect(secrets({ '/applications?$select=id': { value: [{ id: 'a' }] }, '/applications?$top=5': expired })).toMatchObject({
      verdict: 'fail',
    })
  })
})

describe('pages', () => {
  const next = 'https://graph.microsoft.com/v1.0/applications?$top=1&$skiptoken=AbC'
  const first = { '@odata.nextLink': next, value: [application('x')] }

  it('follows the next page, however its key is spelled', () => {
    for (const key of [next, '/applications?$skiptoken=AbC&$top=1', '/applications?%24top=1&%24skiptoken=AbC']) {
      expect(secrets({ '/applications?$top=1': first, [key]: expired })).toMatchObject({ verdict: 'fail', values: { count: 1 } })
    }
  })

  it('is unread without the next page, with another token, and in a circle', () => {
    for (const rest of [{}, { '/applications?$top=1&$skiptoken=abc': expired }, { [next]: { ...expired, '@odata.nextLink': next } }]) {
      expect(secrets({ '/applications': first, ...rest })).toMatchObject({ verdict: 'unknown', reason: 'graph' })
    }
  })

  it('is unread when the page after next fails, or a link is no text', () => {
    expect(secrets({ '/applications': first, [next]: { error: { code: 'TooManyRequests', message: '' } } })).toMatchObject({
      verdict: 'unknown',
      reason: 'graph',
    })
    expect(secrets({ '/applications': { value: [], '@odata.nextLink': 7 } })).toMatchObject({ verdict: 'unknown', reason: 'shape' })
  })

  it('is unread when the answer counts more rows than the file holds', () => {
    expect(secrets({ '/applications': { '@odata.count': 2, value: [application('x')] } })).toMatchObject({
      verdict: 'unknown',
      reason: 'graph',
      detail: expect.stringContaining('counts 2 rows'),
    })
    expect(secrets({ '/applications': { '@odata.count': 1, value: [application('x')] } })).toMatchObject({ verdict: 'pass' })
  })
})

describe('errors of Graph', () => {
  it.each([
    ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', 'scope'],
    ['AccessDenied', 'You cannot perform the requested operation, required scopes are missing in the token.', 'scope'],
    ['Forbidden', 'The principal does not have required Microsoft Entra role(s): Reports Reader.', 'role'],
    ['AadPremiumLicenseRequired', 'The tenant needs to have Microsoft Entra ID P2.', 'licence'],
    ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', "Neither tenant is B2C or tenant doesn't have premium license", 'licence'],
    ['Forbidden', "Tenant doesn't have premium license", 'licence'],
    ['TooManyRequests', '', 'graph'],
    ['Request_ResourceNotFound', 'x', 'graph'],
  ])('%s (%s) is unread for the reason %s', (code, message, reason) => {
    expect(secrets({ '/applications': { error: { code, message }, value: [] } })).toMatchObject({
      verdict: 'unknown',
      reason,
      fact: 'applications',
    })
  })

  it.each([[null], [7], ['text'], [[]], [{}], [{ value: null }], [{ value: {} }], [{ error: null }], [{ error: 'x', value: [] }]])(
    '%j is never a pass',
    (body) => {
      expect(secrets({ '/applications': body })).toMatchObject({ verdict: 'unknown' })
    },
  )
})

describe('Global Administrators', () => {
  const plain = (id: string) => ({ id: `r-${id}`, principalId: id, roleDefinitionId: globalAdministratorId.toUpperCase() })
  const two = { [rolesPath]: { value: [plain('u1'), plain('u2')] } }

  it.each([
    ['the list of users', { '/users?$select=id': { value: [{ id: 'u1' }, { id: 'U2' }] } }],
    [
      'a part of the users',
      { "/users?$filter=startswith(displayName,'a')": { value: [{ id: 'u1' }] }, '/users/u2': { id: 'u2', displayName: 'Two' } },
    ],
    [
      'members of a group',
      {
        '/groups/g/members': {
          value: [
            { id: 'u1', '@odata.type': '#microsoft.graph.user' },
            { id: 'u2', '@odata.type': '#microsoft.graph.user' },
          ],
        },
      },
    ],
    [
      'members of another role',
      {
        '/directoryRoles/x/members': {
          value: [
            { id: 'u1', '@odata.type': '#microsoft.graph.user' },
            { id: 'u2', '@odata.type': '#microsoft.graph.user' },
          ],
        },
      },
    ],
  ])('learns what a principal is from %s', (_where, graph) => {
    expect(administrators({ ...eligible, ...two, ...graph })).toMatchObject({ verdict: 'pass', values: { count: 2 } })
  })

  it('is unknown while one principal stays open, or the file contradicts itself', () => {
    const users = { '/users': { value: [{ id: 'u1' }] } }
    expect(administrators({ ...eligible, ...two })).toMatchObject({ verdict: 'unknown', reason: 'shape' })
    expect(administrators({ ...eligible, ...two, ...users })).toMatchObject({ verdict: 'unknown', reason: 'shape' })
    expect(
      administrators({
        ...eligible,
        ...two,
        '/users': { value: [{ id: 'u1' }, { id: 'u2' }] },
        '/servicePrincipals': { value: [{ id: 'u2' }] },
      }),
    ).toMatchObject({ verdict: 'unknown', reason: 'shape' })
  })

  it('does not count service principals and groups as people', () => {
    const graph = {
      ...eligible,
      [rolesPath]: { value: [plain('u1'), plain('s1'), plain('g1')] },
      '/users': { value: [{ id: 'u1' }] },
      '/servicePrincipals': { value: [{ id: 's1' }] },
      '/groups': { value: [{ id: 'g1' }] },
    }
    expect(administrators({ ...graph, '/groups/g1/transitiveMembers': { value: [] } })).toMatchObject({
      verdict: 'fail',
      values: { count: 1 },
    })
    expect(administrators(graph)).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact: 'roleGroupMembers' })
  })

  it('expands groups by the direct lists of each where the transitive list is not there', () => {
    const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id })
    const group = (id: string) => ({ '@odata.type': '#microsoft.graph.group', id })
    const graph = {
      ...eligible,
      [rolesPath]: { value: [holding('g1', 'group')] },
      '/groups/G1/members': { value: [user('u1'), group('g2')] },
    }
    expect(administrators(graph)).toMatchObject({ verdict: 'unknown', reason: 'notYet' })
    expect(administrators({ ...graph, '/groups/g2/members': { value: [user('u2'), user('u1'), group('g1')] } })).toMatchObject({
      verdict: 'pass',
      values: { count: 2 },
    })
    expect(
      administrators({
        ...graph,
        '/groups/g1/transitiveMembers/microsoft.graph.user': { value: [{ id: 'u5' }, { id: 'u6' }, { id: 'u7' }] },
      }),
    ).toMatchObject({ verdict: 'pass', values: { count: 3 } })
  })

  it('follows groups that stand ten thousand deep in one another and lead back to the first', () => {
    const deep = 10_000
    const graph: Record<string, unknown> = { ...eligible, [rolesPath]: { value: [holding('g0', 'group')] } }
    for (let level = 0; level < deep; level++) {
      const inner = { '@odata.type': '#microsoft.graph.group', id: `g${(level + 1) % deep}` }
      graph[`/groups/g${level}/members`] = { value: [inner, { '@odata.type': '#microsoft.graph.user', id: `u${level % 3}` }] }
    }
    const read = readOffline(JSON.stringify({ asOf, graph }))
    const baseline = baselineOf('default')
    if (!read.ok || !baseline) throw new Error('The file was not read.')
    const counting = checks.filter(({ id }) => id === 'global-administrator-count')
    expect(judgeOffline(read.input, baseline, counting)).toMatchObject([{ outcome: { verdict: 'pass', values: { count: 3 } } }])
  })

  it('counts members of groups that are only eligible', () => {
    const graph = {
      [rolesPath]: { value: [holding('u1')] },
      '/roleManagement/directory/roleEligibilityScheduleInstances': { value: [holding('g1', 'group')] },
      '/groups/g1/transitiveMembers': { value: [{ '@odata.type': '#microsoft.graph.user', id: 'u2' }] },
    }
    expect(administrators(graph)).toMatchObject({ verdict: 'pass', values: { count: 2 } })
  })

  it('reads the older directoryRoles answers', () => {
    const members = {
      value: [
        { '@odata.type': '#microsoft.graph.user', id: 'u1' },
        { '@odata.type': '#microsoft.graph.user', id: 'u2' },
      ],
    }
    const listing = {
      value: [
        { id: 'role-1', roleTemplateId: globalAdministratorId },
        { id: 'role-2', roleTemplateId: 'other', members: [{ id: 'x' }] },
      ],
    }
    expect(administrators({ ...eligible, '/directoryRoles': listing, '/directoryRoles/role-1/members': members })).toMatchObject({
      verdict: 'pass',
      values: { count: 2 },
    })
    expect(administrators({ ...eligible, [`/directoryRoles(roleTemplateId='${globalAdministratorId}')/members`]: members })).toMatchObject({
      verdict: 'pass',
    })
    expect(administrators({ ...eligible, [`/directoryRoles/roleTemplateId=${globalAdministratorId}/members`]: members })).toMatchObject({
      verdict: 'pass',
    })
    expect(administrators({ ...eligible, '/directoryRoles': listing })).toMatchObject({ verdict: 'unknown' })
    expect(administrators({ ...eligible, '/directoryRoles/role-1/members': members })).toMatchObject({ verdict: 'unknown' })
  })

  it('takes expanded members only below the limit of $expand', () => {
    const expanded = (count: number) => ({
      ...eligible,
      '/directoryRoles?$expand=members': {
        value: [
          {
            id: 'role-1',
            roleTemplateId: globalAdministratorId,
            members: Array.from({ length: count }, (_, index) => ({ '@odata.type': '#microsoft.graph.user', id: `u${index}` })),
          },
        ],
      },
    })
    expect(administrators(expanded(3))).toMatchObject({ verdict: 'pass', values: { count: 3 } })
    expect(administrators(expanded(19))).toMatchObject({ verdict: 'fail', values: { count: 19 } })
    expect(administrators(expanded(20))).toMatchObject({ verdict: 'unknown', reason: 'graph' })
  })

  it('takes missing or refused eligibility for empty only where the subscriptions show no P2', () => {
    const roles = { [rolesPath]: { value: [holding('u1'), holding('u2')] } }
    const refused = {
      '/roleManagement/directory/roleEligibilityScheduleInstances': { error: { code: 'AadPremiumLicenseRequired', message: '' } },
    }
    expect(administrators(roles)).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact: 'roleEligibility' })
    expect(administrators({ ...roles, ...refused })).toMatchObject({ verdict: 'unknown', reason: 'licence' })
    expect(administrators({ ...roles, ...refused, '/subscribedSkus': { value: [subscription(['p1'])] } })).toMatchObject({
      verdict: 'pass',
    })
    expect(administrators({ ...roles, '/subscribedSkus': { value: [subscription(['p1'])] } })).toMatchObject({ verdict: 'pass' })
    expect(administrators({ ...roles, ...refused, '/subscribedSkus': { value: [subscription(['p2'])] } })).toMatchObject({
      verdict: 'unknown',
    })
    expect(administrators({ ...roles, '/subscribedSkus': { value: [{ id: 's' }] } })).toMatchObject({ verdict: 'unknown' })
  })

  it('takes a list filtered by the role for whole, and no other filter', () => {
    const answer = { value: [holding('u1'), holding('u2')] }
    expect(
      administrators({
        ...eligible,
        [`${rolesPath}?$filter=roleDefinitionId%20eq%20'${globalAdministratorId}'&$expand=principal`]: answer,
      }),
    ).toMatchObject({ verdict: 'pass' })
    for (const filter of [
      "principalId eq 'u1'",
      `roleDefinitionId eq '${globalAdministratorId}' and principalId eq 'u1'`,
      "roleDefinitionId eq 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'",
    ]) {
      expect(administrators({ ...eligible, [`${rolesPath}?$filter=${filter}`]: answer })).toMatchObject({
        verdict: 'unknown',
        reason: 'notYet',
      })
    }
  })
})
