import { describe, expect, it } from '@jest/globals'
import { conditionalAccessPolicies } from '../../../core/posture/facts/conditional-access-policies.ts'
import { policiesThatStop, type StopKind } from '../../../core/posture/rules/policies-that-stop.ts'
import { graphAppId } from '../../build/applications.ts'
import { coveringPolicy } from '../../build/facts.ts'

const aid = { id: 'aid', groupIds: ['g1'], roleIds: ['r1'], appIds: [graphAppId] }
const office = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: 'office',
  displayName: 'Office',
  isTrusted: true,
  ipRanges: [],
  countriesAndRegions: null,
  includeUnknownCountriesAndRegions: null,
}
const outside = { locations: { includeLocations: ['All'], excludeLocations: ['office'] } }
const hourly = { isEnabled: true, value: 1, type: 'hours', authenticationType: null, frequencyInterval: 'timeBased' }

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>
function stops(kind: StopKind, change: Change) {
  const row = conditionalAccessPolicies.row.parse(coveringPolicy('p', change))
  return policiesThatStop([row], [office], aid, kind).map(({ name, isCertain, how }) => ({ name, isCertain, how }))
}

describe('policies that stop an account', () => {
  it.each<[StopKind, Change, string]>([
    ['blocked', { controls: ['block'] }, 'blocks'],
    ['blocked', { controls: ['block'], conditions: outside }, 'blocks outside Office'],
    ['device', { controls: ['compliantDevice', 'domainJoinedDevice'] }, 'asks for a managed device'],
    ['multiFactor', { controls: ['mfa'] }, 'asks for multifactor authentication'],
    ['external', { controls: [], grant: { termsOfUse: ['t'] } }, 'asks for terms of use or another service’s check'],
    ['signInFrequency', { controls: [], session: { signInFrequency: hourly } }, 'asks for a new sign-in every 1 hour'],
    ['risk', { controls: ['block'], conditions: { userRiskLevels: ['high'] } }, 'blocks at risk'],
  ])('are named for %s', (kind, change, how) => {
    expect(stops(kind, change)).toEqual([{ name: 'Policy p', isCertain: true, how }])
  })

  it.each<[string, Change]>([
    ['only reports', { state: 'enabledForReportingButNotEnforced' }],
    ['is switched off', { state: 'disabled' }],
    ['leaves the account out', { users: { excludeUsers: ['AID'] } }],
    ['leaves its group out', { users: { excludeGroups: ['g1'] } }],
    ['leaves its role out', { users: { excludeRoles: ['r1'] } }],
    ['is about others', { users: { includeUsers: ['u1'] } }],
    ['is about another application', { applications: { includeApplications: ['other'] } }],
    ['leaves Microsoft Graph out', { applications: { excludeApplications: [graphAppId] } }],
    ['is for old protocols', { conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] } }],
    ['is for device codes', { conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }],
    ['asks for something else', { controls: ['mfa'] }],
  ])('are not one that %s', (_what, change) => {
    expect(stops('blocked', { controls: ['block'], ...change })).toEqual([])
  })

  it.each<[string, Change]>([
    ['a group whose members are not known', { users: { includeUsers: [], includeGroups: ['g2'] } }],
    ['an exclusion by such a group', { users: { excludeGroups: ['g2'] } }],
    ['a risk', { conditions: { signInRiskLevels: ['high'] } }],
    ['the platform', { conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: ['windows'] } } }],
  ])('are probable where it depends on %s', (_what, change) => {
    expect(stops('blocked', { controls: ['block'], ...change })).toMatchObject([{ isCertain: false }])
  })

  it.each<[string, Change]>([
    ['its group', { users: { includeUsers: [], includeGroups: ['g1'] } }],
    ['its role', { users: { includeUsers: [], includeRoles: ['R1'] } }],
    ['itself', { users: { includeUsers: ['aid'] } }],
  ])('are certain where they name %s', (_what, change) => {
    expect(stops('blocked', { controls: ['block'], ...change })).toMatchObject([{ isCertain: true }])
  })

  it('put what certainly applies first', () => {
    const rows = [coveringPolicy('a', { conditions: { signInRiskLevels: ['high'] } }), coveringPolicy('b')].map((row) =>
      conditionalAccessPolicies.row.parse(row),
    )
    expect(policiesThatStop(rows, [], aid, 'blocked').map(({ name }) => name)).toEqual(['Policy b', 'Policy a'])
  })
})
