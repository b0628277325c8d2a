import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignDirectoryRole } from '../tenants/roles.ts'
import { collection, put } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { contradictions } from './graph-oracle.ts'
import { callerOf, readScopes, send, tenantNamed, userId, worldAt } from './graph-world.ts'
import type { Answer } from './graph-world.ts'

const POLICIES = '/identity/conditionalAccess/policies'
const scopes = [...readScopes, 'Policy.ReadWrite.ConditionalAccess']

type Made = ReturnType<typeof worldAt> & { person: ReturnType<typeof callerOf> }

function withRoles(...roles: readonly string[]): Made {
  const made = worldAt()
  made.world.settings.auditDelayMs = 0
  const id = userId(made.world, 'aid@contoso-demo.example')
  for (const role of [...roles, 'Reports Reader']) assert.ok(assignDirectoryRole(made.tenant, id, role, `given-${role}`), role)
  return { ...made, person: callerOf(made.world, 'aid@contoso-demo.example', scopes) }
}

const wanted = {
  displayName: 'Multifactor authentication for everybody',
  state: 'enabledForReportingButNotEnforced',
  conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
}

async function post({ world, person }: Made, body: unknown): Promise<Answer> {
  return send(world, person, 'POST', POLICIES, { body })
}

async function newest({ world, person }: Made): Promise<Record<string, unknown>> {
  const [row] = (await send(world, person, 'GET', '/auditLogs/directoryAudits')).value
  assert.deepEqual(contradictions('directoryAudit', row), [])
  return row ?? assert.fail('no audit row')
}

function only(tenant: Tenant, path: string): Row {
  return collection(tenant, path).values().next().value ?? assert.fail(path)
}

test('a policy is made in full from what was sent, changed property by property, and deleted', async () => {
  const made = withRoles('Conditional Access Administrator')
  const { world, tenant, person, tick } = made
  const dan = userId(world, 'dan@contoso-demo.example')
  const created = await send(world, person, 'POST', POLICIES, {
    body: { ...wanted, conditions: { ...wanted.conditions, users: { includeUsers: ['All'], excludeUsers: [dan] } } },
    headers: { 'client-request-id': '99999999-2222-4333-8444-555555555555' },
  })
  assert.equal(created.status, 201, created.text)
  assert.deepEqual(contradictions('conditionalAccessPolicy', created.json), [])
  const added = await newest(made)
  assert.deepEqual(
    [added['activityDisplayName'], added['loggedByService'], added['correlationId'], added['operationType']],
    ['Add conditional access policy', 'Conditional Access', '99999999-2222-4333-8444-555555555555', 'Add'],
  )
  const url = `${POLICIES}/${String(created.json['id'])}`
  const read = await send(world, person, 'GET', url)
  assert.deepEqual(contradictions('conditionalAccessPolicy', read.json), [])
  assert.equal(read.json['state'], 'enabledForReportingButNotEnforced')
  tick(1000)
  assert.equal((await send(world, person, 'PATCH', url, { body: { conditions: { clientAppTypes: ['browser'] } } })).status, 204)
  const changed = await send(world, person, 'GET', url)
  const { conditions }: { conditions?: { clientAppTypes: string[]; users: { excludeUsers: string[] } } } = changed.json
  assert.deepEqual([conditions?.clientAppTypes, conditions?.users.excludeUsers], [['browser'], [dan]])
  assert.equal((await newest(made))['activityDisplayName'], 'Update conditional access policy')
  const strength = only(tenant, 'policies/authenticationStrengthPolicies')
  assert.equal(
    (
      await send(world, person, 'PATCH', url, {
        body: { grantControls: { operator: 'OR', builtInControls: [], authenticationStrength: { id: strength.id } } },
      })
    ).status,
    204,
  )
  const strong = await send(world, person, 'GET', url)
  assert.deepEqual(contradictions('conditionalAccessPolicy', strong.json), [])
  assert.match(strong.text, new RegExp(String(strength['displayName'])))
  assert.equal((await send(world, person, 'DELETE', url)).status, 204)
  assert.equal((await send(world, person, 'GET', url)).status, 404)
  assert.equal((await newest(made))['activityDisplayName'], 'Delete conditional access policy')
})

test('guests of named organisations and sign-in flows are kept as they were sent', async () => {
  const made = withRoles('Security Administrator')
  const users = {
    includeGuestsOrExternalUsers: {
      guestOrExternalUserTypes: 'b2bCollaborationGuest,serviceProvider',
      externalTenants: {
        '@odata.type': '#microsoft.graph.conditionalAccessEnumeratedExternalTenants',
        membershipKind: 'enumerated',
        members: ['00000000-0000-4000-8000-000000000009'],
      },
    },
  }
  const conditions = { ...wanted.conditions, users, authenticationFlows: { transferMethods: 'deviceCodeFlow' } }
  const created = await post(made, { ...wanted, conditions, grantControls: { operator: 'OR', builtInControls: ['block'] } })
  assert.equal(created.status, 201, created.text)
  assert.deepEqual(contradictions('conditionalAccessPolicy', created.json), [])
  assert.match(created.text, /"members":\["00000000-0000-4000-8000-000000000009"\]/)
  assert.equal(
    (await post(made, { ...wanted, conditions: { ...conditions, authenticationFlows: { transferMethods: 'pigeon' } } })).status,
    400,
  )
})

test('every planted policy can be switched as it is, whatever it still names', async () => {
  const { world } = withRoles()
  for (const name of ['contoso-demo', 'hardened', 'second']) {
    const tenant = tenantNamed(world, name)
    if (tenant.flags.licence === 'free') continue
    const defaults = only(tenant, 'policies/identitySecurityDefaultsEnforcementPolicy')
    put(tenant, 'policies/identitySecurityDefaultsEnforcementPolicy', { ...defaults, isEnabled: false })
    const admin = [...collection(tenant, 'users').values()].find((row) => row['accountEnabled'] === true && row['userType'] === 'Member')
    assert.ok(assignDirectoryRole(tenant, admin?.id ?? '', 'Conditional Access Administrator', 'given'))
    const person = { ...callerOf(world, String(admin?.['userPrincipalName']), scopes) }
    for (const policy of collection(tenant, 'identity/conditionalAccess/policies').values()) {
      for (const state of ['enabledForReportingButNotEnforced', 'enabled']) {
        const answer = await send(world, person, 'PATCH', `${POLICIES}/${policy.id}`, { body: { state } })
        assert.equal(answer.status, 204, `${name}: ${String(policy['displayName'])}: ${answer.text}`)
      }
    }
  }
})

test('incomplete, contradictory and unknown parts are refused', async () => {
  const made = withRoles('Conditional Access Administrator')
  const { conditions } = wanted
  const nowhere = '00000000-0000-4000-8000-000000000009'
  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    ['no name', { ...wanted, displayName: undefined }, /1007/],
    ['no state', { ...wanted, state: undefined }, /1007/],
    ['an unknown state', { ...wanted, state: 'sometimes' }, /1007/],
    ['no conditions', { ...wanted, conditions: undefined }, /1007/],
    ['an unknown condition', { ...wanted, conditions: { ...conditions, moon: 'full' } }, /1007/],
    ['no users', { ...wanted, conditions: { applications: conditions.applications } }, /'users' condition/],
    ['no applications', { ...wanted, conditions: { users: conditions.users } }, /'applications' condition/],
    ['no controls', { ...wanted, grantControls: undefined }, /controls/],
    ['empty controls', { ...wanted, grantControls: { operator: 'OR', builtInControls: [] } }, /controls/],
    ['block with more', { ...wanted, grantControls: { operator: 'OR', builtInControls: ['block', 'mfa'] } }, /'block'/],
    ['a lone password change', { ...wanted, grantControls: { operator: 'OR', builtInControls: ['passwordChange'] } }, /1032/],
    [
      'applications and actions',
      {
        ...wanted,
        conditions: { ...conditions, applications: { includeApplications: ['All'], includeUserActions: ['urn:user:registerdevice'] } },
      },
      /1012/,
    ],
    ['an unknown person', { ...wanted, conditions: { ...conditions, users: { includeUsers: [nowhere] } } }, /does not exist/],
    [
      'an unknown group',
      { ...wanted, conditions: { ...conditions, users: { includeUsers: ['All'], excludeGroups: [nowhere] } } },
      /does not exist/,
    ],
    ['an unknown role', { ...wanted, conditions: { ...conditions, users: { includeRoles: [nowhere] } } }, /does not exist/],
    [
      'an unknown application',
      { ...wanted, conditions: { ...conditions, applications: { includeApplications: [nowhere] } } },
      /does not exist/,
    ],
    ['an unknown place', { ...wanted, conditions: { ...conditions, locations: { includeLocations: [nowhere] } } }, /1040: NamedLocation/],
    ['an unknown strength', { ...wanted, grantControls: { operator: 'OR', authenticationStrength: { id: nowhere } } }, /does not exist/],
  ]
  for (const [what, body, message] of refused) {
    const answer = await post(made, body)
    assert.deepEqual([answer.status, answer.code], [400, 'BadRequest'], `${what}: ${answer.text}`)
    assert.match(answer.text, message, what)
  }
  assert.equal((await post(made, { ...wanted, colour: 'red' })).status, 400)
  assert.ok(made.world.requestLog.every((entry) => !entry.effect))
  const session = { ...wanted, grantControls: null, sessionControls: { signInFrequency: { isEnabled: true, value: 4, type: 'hours' } } }
  assert.equal((await post(made, session)).status, 201)
})

test('licences, scopes, the limit of policies and security defaults bound what can be made', async () => {
  const made = withRoles('Conditional Access Administrator')
  const { world, tenant, person } = made
  const risky = { ...wanted, conditions: { ...wanted.conditions, userRiskLevels: ['high'] } }
  assert.equal(
    (await send(world, { ...person, scopes: ['Policy.ReadWrite.ConditionalAccess'] }, 'POST', POLICIES, { body: wanted })).status,
    403,
  )
  assert.equal((await send(world, { ...person, scopes: readScopes }, 'POST', POLICIES, { body: wanted })).status, 403)
  tenant.flags.licence = 'p1'
  assert.match((await post(made, risky)).text, /1039: Cannot create or update policies with premium P2 features/)
  assert.equal((await post(made, wanted)).status, 201)
  tenant.flags.licence = 'free'
  assert.equal((await post(made, wanted)).status, 403)
  tenant.flags.licence = 'p2'
  assert.equal((await post(made, risky)).status, 201)
  const defaults = only(tenant, 'policies/identitySecurityDefaultsEnforcementPolicy')
  put(tenant, 'policies/identitySecurityDefaultsEnforcementPolicy', { ...defaults, isEnabled: true })
  assert.match((await post(made, { ...wanted, state: 'enabled' })).text, /Security Defaults is enabled/)
  assert.equal((await post(made, wanted)).status, 201)
  const policies = collection(tenant, 'identity/conditionalAccess/policies')
  for (let index = policies.size; index < 240; index += 1) put(tenant, 'identity/conditionalAccess/policies', { id: `filler-${index}` })
  assert.match((await post(made, wanted)).text, /maximum of 240/)
})

test('Conditional Access takes one request a second of the whole tenant, and does not say when to come again', async () => {
  const made = withRoles('Conditional Access Administrator')
  made.world.settings.throttling = true
  assert.equal((await post(made, wanted)).status, 201)
  const second = await post(made, wanted)
  assert.deepEqual([second.status, second.headers['retry-after']], [429, undefined])
  made.tick(1001)
  assert.equal((await post(made, wanted)).status, 201)
})
