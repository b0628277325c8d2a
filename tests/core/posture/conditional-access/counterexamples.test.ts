import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../core/posture/checks.ts'
import { explain } from '../../../../core/posture/explain.ts'
import { settingsSchema } from '../../../../core/posture/settings.ts'
import { coveringPolicy, globalAdministratorId, holding } from '../../../build/facts.ts'
import { outcome } from '../../../build/judged.ts'
import type { Given } from '../../../build/judged.ts'
import { eligible, rolesGiven } from '../../../build/people.ts'

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>
const never = { persistentBrowser: { isEnabled: true, mode: 'never' } }
const month = { signInFrequency: { isEnabled: true, type: 'days', value: 30, frequencyInterval: 'timeBased' } }
const bound = { secureSignInSession: { isEnabled: true } }
const mfa = { controls: ['mfa'] }
const only = (rule: string, mode = 'include') => ({ devices: { deviceFilter: { mode, rule } } })
const managed = 'device.isCompliant -eq True -or device.trustType -eq "ServerAD"'

function verdictOf(id: string, changes: readonly Change[], baseline = 'default', declared = {}) {
  const given = { conditionalAccessPolicies: changes.map((change, index) => coveringPolicy(`p${index}`, change)), securityDefaults: [] }
  return outcome(id, given, { baseline, settings: settingsSchema.parse({ exclusions: declared }) })
}

describe('policies that look right and are not', () => {
  it.each<[string, string, Change]>([
    ['browsers-forget', 'managed devices only', { controls: [], session: never, conditions: only(managed) }],
    ['browsers-forget', 'old clients only', { controls: [], session: never, conditions: { clientAppTypes: ['other'] } }],
    ['sessions-end', 'managed devices only', { controls: [], session: month, conditions: only(managed) }],
    ['sessions-end', 'browsers only', { controls: [], session: month, conditions: { clientAppTypes: ['browser'] } }],
    ['sessions-end', 'devices of some name', { controls: [], session: month, conditions: only('device.displayName -startsWith "K"') }],
    [
      'tokens-protected',
      'telephones only',
      { controls: [], session: bound, conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } },
    ],
    ['tokens-protected', 'browsers only', { controls: [], session: bound, conditions: { clientAppTypes: ['browser'] } }],
  ])('%s: %s', (id, _what, change) => {
    expect(verdictOf(id, [change])).toMatchObject({ verdict: 'fail', reason: 'narrowed' })
  })

  it('managed-device-for-security-info: a place that nobody calls trusted', () => {
    const block = (excludeLocations: string[]): Change => ({
      applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] },
      conditions: { locations: { includeLocations: ['All'], excludeLocations } },
    })
    expect(verdictOf('managed-device-for-security-info', [block(['AllTrusted'])]).verdict).toBe('warn')
    expect(verdictOf('managed-device-for-security-info', [block(['AllTrusted', 'everywhere-else'])]).verdict).toBe('fail')
  })
})

describe('policies that do it together', () => {
  const parted: readonly Change[] = [
    { ...mfa, users: { excludeGroups: ['g1'] } },
    { ...mfa, users: { includeUsers: [], includeGroups: ['g1'] } },
  ]

  it('pass, and are all named; a baseline may ask for one', () => {
    const verdict = verdictOf('second-factor-for-everybody', parted)
    expect(verdict).toMatchObject({
      verdict: 'pass',
      reason: 'together',
      basis: ['conditionalAccessPolicies/p0', 'conditionalAccessPolicies/p1'],
    })
    expect(verdictOf('second-factor-for-everybody', parted, 'scuba')).toMatchObject({ verdict: 'fail', reason: 'nearMiss' })
  })

  it('do not with one of them report-only', () => {
    const [first = {}, second = {}] = parted
    const verdict = verdictOf('second-factor-for-everybody', [first, { ...second, state: 'enabledForReportingButNotEnforced' }])
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'nearMiss' })
  })

  it('leave nobody in whom one leaves out and another blocks', () => {
    const blocked: Change = { users: { includeUsers: [], includeGroups: ['g1'] } }
    expect(verdictOf('second-factor-for-everybody', [parted[0] ?? {}, blocked])).toMatchObject({ verdict: 'pass', reason: 'together' })
  })
})

describe('the nearest policy', () => {
  function sentenceOf(id: string, changes: readonly Change[]): string | undefined {
    const check = checkOf(id)
    if (!check) throw new Error(`There is no check ${id}.`)
    return explain(check, verdictOf(id, changes)).nearMiss
  }

  it('says everything that it lacks', () => {
    const change: Change = {
      ...mfa,
      state: 'enabledForReportingButNotEnforced',
      users: { excludeUsers: ['u1'], excludeGroups: ['g1'] },
      conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } },
    }
    expect(verdictOf('second-factor-for-everybody', [change])).toMatchObject({
      nearMiss: {
        policyId: 'p0',
        policyName: 'Policy p0',
        undeclared: [
          { kind: 'user', id: 'u1' },
          { kind: 'group', id: 'g1' },
        ],
        reportOnly: true,
        switchedOff: false,
        narrowing: ['platforms'],
      },
    })
    expect(sentenceOf('second-factor-for-everybody', [change])).toBe(
      'The check would pass if the policy Policy p0 were switched from report-only to on; and if this condition of the policy Policy p0 were removed: device platforms; and if these 2 exclusions of the policy Policy p0 were declared as exceptions: user u1, group g1.',
    )
  })

  it('does not lose the condition for the sake of which it is there', () => {
    const medium: Change = { conditions: { signInRiskLevels: ['medium'] } }
    expect(verdictOf('high-sign-in-risk-blocked', [medium], 'cis')).not.toHaveProperty('nearMiss')
  })

  it('is not one that leaves out all that the check is about', () => {
    const azure = '797f4846-ba00-4fd7-ba43-dac1f8f63013'
    const verdict = verdictOf('second-factor-for-azure-management', [{ ...mfa, applications: { excludeApplications: [azure] } }])
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'someApplications' })
    expect(verdict).not.toHaveProperty('nearMiss')
  })

  it('is switched on by an action only where that is all it lacks', () => {
    const fix = checkOf('second-factor-for-everybody')?.fix
    const inputOf = (change: Change) => {
      const verdict = verdictOf('second-factor-for-everybody', [{ ...mfa, state: 'enabledForReportingButNotEnforced', ...change }])
      return 'objects' in verdict ? verdict.objects.map((object) => fix?.input(object)) : []
    }
    expect(fix?.action).toBe('enforce-policy')
    expect(inputOf({})).toEqual([{ policyId: 'p0' }])
    expect(inputOf({ users: { excludeUsers: ['u1'] } })).toEqual([undefined])
  })
})

it('a question without end is not answered with yes', () => {
  const many = Array.from({ length: 60 }, (_, index): Change => ({
    ...mfa,
    users: { includeUsers: [], includeGroups: [`g${index}`], excludeGroups: [`g${(index * 7 + 1) % 60}`, `g${(index * 11 + 2) % 60}`] },
  }))
  const before = performance.now()
  expect(verdictOf('second-factor-for-everybody', many).verdict).toBe('fail')
  expect(performance.now() - before).toBeLessThan(5000)
})

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

  it('a role that is left out and that only declared people hold leaves nobody else out, but for a check about that very role', () => {
    const change: Change = { ...mfa, users: { excludeRoles: [globalAdministratorId] } }
    const given = { ...rolesGiven([holding('u1')]), roleManagementPolicies: [] }
    const declared = { users: ['u1'] }
    expect(judge('second-factor-for-everybody', [change], given, declared).verdict).toBe('pass')
    expect(judge('second-factor-for-everybody', [change], { ...given, roleEligibility: [eligible('u2')] }, declared).verdict).toBe('fail')
    expect(judge('second-factor-for-administrators', [change], given, declared).verdict).toBe('fail')
  })
})
