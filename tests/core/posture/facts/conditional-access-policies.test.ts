import { describe, expect, it } from '@jest/globals'
import { conditionalAccessPolicies } from '../../../../core/posture/facts/conditional-access-policies.ts'
import { parseRows } from '../../../../core/posture/parse.ts'
import { parsed, refusal, spoiled } from '../../../build/parsing.ts'

/** As Graph answers, with members that nothing here uses. */
function policy(
  change: { readonly conditions?: object; readonly users?: object; readonly applications?: object; readonly top?: object } = {},
): object {
  return {
    id: 'p',
    displayName: 'Policy',
    state: 'enabled',
    sessionControls: null,
    grantControls: {
      operator: 'OR',
      builtInControls: ['block'],
      'authenticationStrength@odata.context': 'x',
      authenticationStrength: null,
    },
    ...change.top,
    conditions: {
      clientAppTypes: ['other'],
      signInRiskLevels: [],
      platforms: null,
      locations: null,
      times: null,
      deviceStates: null,
      users: {
        includeUsers: ['All'],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: ['r'],
        excludeRoles: [],
        ...change.users,
      },
      applications: { includeApplications: ['All'], excludeApplications: [], networkAccess: null, ...change.applications },
      ...change.conditions,
    },
  }
}

function conditionsOf(row: object): Record<string, unknown> {
  const parsed = parseRows(conditionalAccessPolicies, [row])
  if (!parsed.ok) throw new Error(parsed.detail)
  expect(parseRows(conditionalAccessPolicies, parsed.rows)).toEqual(parsed)
  return { ...parsed.rows[0]?.conditions }
}

describe('conditional-access-policies', () => {
  it('takes absent later members for not configured', () => {
    expect(conditionsOf(policy())).toMatchObject({
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      platforms: null,
      devices: null,
      authenticationFlows: null,
      clientApplications: null,
      insiderRiskLevels: null,
      unrecognised: [],
      applications: { includeUserActions: [], applicationFilter: null },
      users: { excludeGuestsOrExternalUsers: null },
    })
  })

  it('keeps what a complex condition names', () => {
    expect(
      conditionsOf(
        policy({
          conditions: {
            platforms: { includePlatforms: ['android'], excludePlatforms: [] },
            devices: { deviceFilter: { mode: 'include', rule: 'x' } },
          },
        }),
      ),
    ).toMatchObject({
      platforms: { includePlatforms: ['android'], excludePlatforms: [] },
      devices: { deviceFilter: { mode: 'include', rule: 'x' } },
    })
  })

  it.each([
    ['locations', 'includeLocations', 'excludeLocations', 'All', 'AllTrusted'],
    ['platforms', 'includePlatforms', 'excludePlatforms', 'all', 'iOS'],
  ])('takes all %s without exception for no condition', (name, include, exclude, all, some) => {
    expect(conditionsOf(policy({ conditions: { [name]: { [include]: [all], [exclude]: [] } } }))[name]).toBeNull()
    for (const condition of [
      { [include]: [all], [exclude]: [some] },
      { [include]: [some], [exclude]: [] },
      { [include]: [], [exclude]: [] },
    ]) {
      expect(conditionsOf(policy({ conditions: { [name]: condition } }))[name]).toEqual(condition)
    }
  })

  it('keeps controls with their defaults, and refuses a strength without its combinations', () => {
    const strength = { id: 's', displayName: 'x', allowedCombinations: ['fido2'] }
    const session = {
      signInFrequency: { isEnabled: true, type: 'hours', value: 4, frequencyInterval: 'timeBased' },
      persistentBrowser: null,
    }
    const row = policy({
      top: { grantControls: { operator: 'AND', builtInControls: [], authenticationStrength: strength }, sessionControls: session },
    })
    expect(parsed(conditionalAccessPolicies, [row])[0]).toMatchObject({
      grantControls: { operator: 'AND', termsOfUse: [], authenticationStrength: { id: 's', allowedCombinations: ['fido2'] } },
      sessionControls: { signInFrequency: { value: 4 }, secureSignInSession: null, disableResilienceDefaults: null },
    })
    for (const broken of spoiled(row, 'grantControls.authenticationStrength.allowedCombinations'))
      expect(refusal(conditionalAccessPolicies, broken)).toContain('allowedCombinations')
  })

  it('names conditions that it does not know and that hold something', () => {
    expect(
      conditionsOf(
        policy({
          conditions: {
            agentIdRiskLevels: 'high',
            times: { x: 1 },
            devices: { deviceFilter: null, includeDevices: ['Compliant'], excludeDevices: [] },
          },
          users: { excludeOther: ['x'] },
          applications: { networkAccess: {} },
        }),
      )['unrecognised'],
    ).toEqual(['agentIdRiskLevels', 'applications.networkAccess', 'devices.includeDevices', 'times', 'users.excludeOther'])
  })

  it.each([
    ['id', policy({ top: { id: undefined } })],
    ['state', policy({ top: { state: null } })],
    ['grantControls', policy({ top: { grantControls: undefined } })],
    ['grantControls.builtInControls', policy({ top: { grantControls: { builtInControls: null } } })],
    ['conditions.clientAppTypes', policy({ conditions: { clientAppTypes: null } })],
    ['conditions.signInRiskLevels', policy({ conditions: { signInRiskLevels: undefined } })],
    ['conditions.userRiskLevels', policy({ conditions: { userRiskLevels: null } })],
    ['conditions.platforms', policy({ conditions: { platforms: undefined } })],
    ['conditions.platforms', policy({ conditions: { platforms: false } })],
    ['conditions.locations', policy({ conditions: { locations: undefined } })],
    ['conditions.platforms.excludePlatforms', policy({ conditions: { platforms: { includePlatforms: ['all'] } } })],
    ['conditions.locations.excludeLocations', policy({ conditions: { locations: { includeLocations: ['All'] } } })],
    ['conditions.authenticationFlows.transferMethods', policy({ conditions: { authenticationFlows: {} } })],
    ['conditions.devices', policy({ conditions: { devices: 'none' } })],
    ['conditions.users.excludeGroups.0', policy({ users: { excludeGroups: ['x'.repeat(201)] } })],
    ['conditions.users.includeGroups.1', policy({ users: { includeGroups: ['g', 'a\u0000'] } })],
    ['conditions.users.excludeGroups.0', policy({ users: { excludeGroups: ['\uD800'] } })],
    ['conditions.users', policy({ conditions: { users: undefined } })],
    ['conditions.users.excludeUsers', policy({ users: { excludeUsers: undefined } })],
    ['conditions.users.excludeGroups', policy({ users: { excludeGroups: null } })],
    ['conditions.users.excludeRoles', policy({ users: { excludeRoles: '' } })],
    ['conditions.users.includeUsers', policy({ users: { includeUsers: 'All' } })],
    ['conditions.applications', policy({ conditions: { applications: null } })],
    ['conditions.applications.excludeApplications', policy({ applications: { excludeApplications: undefined } })],
  ])('refuses a policy whose %s is missing, null or of another type', (field, row) => {
    expect(parseRows(conditionalAccessPolicies, [JSON.parse(JSON.stringify(row))])).toMatchObject({
      ok: false,
      detail: expect.stringContaining(`${field}: `),
    })
  })

  it('takes a policy with session controls only, and one for workload identities', () => {
    expect(parseRows(conditionalAccessPolicies, [policy({ top: { grantControls: null } })]).ok).toBe(true)
    expect(conditionsOf(policy({ conditions: { users: null } }))['users']).toBeNull()
  })
})
