import { describe, expect, it } from '@jest/globals'
import { settingsSchema } from '../../../../core/posture/settings.ts'
import { coveringPolicy, globalAdministratorId, holding } from '../../../build/facts.ts'
import { outcome } from '../../../build/judged.ts'
import type { Given } from '../../../build/judged.ts'
import { eligible, rolesGiven } from '../../../build/people.ts'

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>
const mfa = { controls: ['mfa'] }

describe('what is known beside the policies', () => {
  const places = (...list: readonly object[]) =>
    list.map((place) => ({ '@odata.type': '#microsoft.graph.ipNamedLocation', isTrusted: false, ipRanges: [], ...place }))
  const ranges = (...list: readonly string[]) => ({ ipRanges: list.map((cidrAddress) => ({ cidrAddress })) })
  const protectedGroup = { id: 'g1', displayName: 'Emergency', groupTypes: [], isAssignableToRole: true }
  const inGroup = (id: string, type = '#microsoft.graph.user') => ({
    '@odata.type': type,
    parentId: 'g1',
    id,
    displayName: id,
    userPrincipalName: id,
    userType: 'Member',
  })

  function judge(id: string, changes: readonly Change[], given: Given, declared = {}) {
    const policies = changes.map((change, index) => coveringPolicy(`p${index}`, change))
    return outcome(
      id,
      { conditionalAccessPolicies: policies, securityDefaults: [], ...given },
      { settings: settingsSchema.parse({ exclusions: declared }) },
    )
  }
  const except = (...excludeLocations: readonly string[]): Change => ({
    conditions: { locations: { includeLocations: ['All'], excludeLocations: [...excludeLocations] } },
  })
  const onlyFrom = (...includeLocations: readonly string[]): Change => ({
    ...mfa,
    conditions: { locations: { includeLocations: [...includeLocations], excludeLocations: [] } },
  })

  it.each<[string, object]>([
    ['an enormous range', ranges('10.0.0.0/8')],
    ['many large ones', ranges(...Array.from({ length: 256 }, (_, index) => `20.${index}.0.0/16`))],
    [
      'half the world',
      {
        '@odata.type': '#microsoft.graph.countryNamedLocation',
        isTrusted: null,
        ipRanges: null,
        countriesAndRegions: Array.from({ length: 125 }, (_, index) => `C${index}`),
      },
    ],
  ])('foreign places are not blocked where the place that is left out holds %s', (_what, place) => {
    const given = { namedLocations: places({ id: 'l1', displayName: 'Home', ...place }) }
    expect(judge('foreign-places-blocked', [except('l1')], given)).toMatchObject({ verdict: 'fail', reason: 'narrowed' })
    expect(
      judge('foreign-places-blocked', [except('l1')], {
        namedLocations: places({ id: 'l1', displayName: 'Home', ...ranges('192.0.2.0/24') }),
      }).verdict,
    ).toBe('pass')
  })

  it('a trusted place that is too wide makes all trusted places worth nothing', () => {
    const block: Change = {
      ...except('AllTrusted'),
      applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
    }
    const trusted = (range: string) => ({ namedLocations: places({ id: 'l1', displayName: 'Home', isTrusted: true, ...ranges(range) }) })
    expect(judge('managed-device-for-security-info', [block], trusted('192.0.2.0/24')).verdict).toBe('warn')
    expect(judge('managed-device-for-security-info', [block], trusted('0.0.0.0/1')).verdict).toBe('fail')
  })

  it('the places that are left out are named, with their trust and width', () => {
    const given = {
      namedLocations: places({ id: 'l1', displayName: 'Head office', isTrusted: true, ...ranges('192.0.2.0/24', '198.51.100.0/25') }),
    }
    const verdict = judge('second-factor-for-everybody', [{ ...mfa, ...except('l1', 'AllTrusted') }], given)
    expect(verdict).toMatchObject({
      verdict: 'fail',
      reason: 'narrowed',
      values: { conditions: 'locations (not from Head office (trusted, 2 ranges, 384 addresses) and all trusted places)' },
      nearMiss: { narrowing: ['locations'] },
    })
  })

  it('a place inside another, or a trusted one, needs no policy of its own', () => {
    const given = {
      namedLocations: places(
        { id: 'l1', displayName: 'Desk', isTrusted: true, ...ranges('192.0.2.0/28') },
        { id: 'l2', displayName: 'Office', ...ranges('192.0.2.0/24') },
      ),
    }
    const left = (...ids: readonly string[]): Change => ({ ...mfa, ...except(...ids) })
    expect(judge('second-factor-for-everybody', [left('l1'), onlyFrom('l2')], given).verdict).toBe('pass')
    expect(judge('second-factor-for-everybody', [left('l1'), onlyFrom('AllTrusted')], given).verdict).toBe('pass')
    expect(judge('second-factor-for-everybody', [left('l2'), onlyFrom('l1')], given).verdict).toBe('fail')
    expect(judge('second-factor-for-everybody', [left('AllTrusted'), onlyFrom('l1')], given).verdict).toBe('fail')
    expect(judge('second-factor-for-everybody', [left('l1'), onlyFrom('l2')], {}).verdict).toBe('fail')
  })

  it('a protected group whose members are all declared leaves nobody else out', () => {
    const change: Change = { ...mfa, users: { excludeGroups: ['g1'] } }
    const given = { policyGroups: [protectedGroup], policyGroupMembers: [inGroup('u1'), inGroup('u2')] }
    const both = { users: ['u1', 'U2'] }
    expect(judge('second-factor-for-everybody', [change], given, both).verdict).toBe('pass')
    expect(judge('second-factor-for-everybody', [change], given, { users: ['u1'] }).verdict).toBe('fail')
    for (const open of [
      { policyGroups: [{ ...protectedGroup, isAssignableToRole: false }] },
      { policyGroups: [{ ...protectedGroup, groupTypes: ['DynamicMembership'] }] },
      { policyGroups: [] },
      { policyGroupMembers: [inGroup('u1'), inGroup('g2', '#microsoft.graph.group')] },
      { policyGroupMembers: 'scope' as const },
    ])
      expect(judge('second-factor-for-everybody', [change], { ...given, ...open }, both).verdict).toBe('fail')
  })

  it('a policy for a group is one for everybody only with another for all who are not in it, whoever is in the group today', () => {
    const inside: Change = { ...mfa, users: { includeUsers: [], includeGroups: ['g1'] } }
    const outside: Change = { ...mfa, users: { excludeGroups: ['g1'] } }
    const nobodyElse = { ...rolesGiven([holding('u1')]), roleManagementPolicies: [], users: [{ id: 'u1' }, { id: 'u2' }] }
    for (const isAssignableToRole of [true, false]) {
      const given = {
        ...nobodyElse,
        policyGroups: [{ ...protectedGroup, isAssignableToRole }],
        policyGroupMembers: [inGroup('u1'), inGroup('u2')],
      }
      for (const id of ['second-factor-for-everybody', 'second-factor-for-administrators', 'legacy-authentication-blocked'])
        expect({ id, verdict: judge(id, [inside], given).verdict }).toEqual({ id, verdict: 'fail' })
      expect(judge('second-factor-for-everybody', [inside], given)).toMatchObject({ reason: 'someUsers' })
      expect(judge('second-factor-for-everybody', [inside, outside], given).verdict).toBe('pass')
      const another: Change = { ...mfa, users: { includeUsers: [], includeGroups: ['g2'] } }
      expect(judge('second-factor-for-everybody', [another, outside], given).verdict).toBe('fail')
    }
    // Who is named is somebody who is not in the group by what is known of it: the two policies together leave nobody out.
    const given = { ...nobodyElse, policyGroups: [protectedGroup], policyGroupMembers: [inGroup('u1'), inGroup('u2')] }
    const named = (...includeUsers: string[]): Change => ({ ...mfa, users: { includeUsers } })
    expect(judge('second-factor-for-everybody', [named('u1', 'u2'), outside], given).verdict).toBe('pass')
    expect(judge('second-factor-for-everybody', [named('u1'), outside], given).verdict).toBe('fail')
  })

  it('a role that is left out and that only declared people hold leaves nobody else out, but for a check about that very role', () => {
    const change: Change = { ...mfa, users: { excludeRoles: [globalAdministratorId] } }
    const given = { ...rolesGiven([holding('u1')]), roleManagementPolicies: [] }
    const declared = { users: ['u1'] }
    expect(judge('second-factor-for-everybody', [change], given, declared).verdict).toBe('pass')
    expect(judge('second-factor-for-everybody', [change], { ...given, roleEligibility: [eligible('u2')] }, declared).verdict).toBe('fail')
    expect(judge('second-factor-for-administrators', [change], given, declared).verdict).toBe('fail')
  })
})
