import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../core/posture/checks.ts'
import { explain } from '../../../../core/posture/explain.ts'
import { settingsSchema } from '../../../../core/posture/settings.ts'
import { coveringPolicy } from '../../../build/facts.ts'
import { outcome } from '../../../build/judged.ts'

type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>
const never = { persistentBrowser: { isEnabled: true, mode: 'never' } }
const month = { signInFrequency: { isEnabled: true, type: 'days', value: 30, frequencyInterval: 'timeBased' } }
const bound = { secureSignInSession: { isEnabled: true } }
const mfa = { controls: ['mfa'] }
const only = (rule: string, mode = 'include') => ({ devices: { deviceFilter: { mode, rule } } })
const managed = 'device.isCompliant -eq True -or device.trustType -eq "ServerAD"'

function verdictOf(id: string, changes: readonly Change[], baseline = 'default', declared = {}) {
  const conditionalAccessPolicies = changes.map((change, index) => coveringPolicy(`p${index}`, change))
  const given = { conditionalAccessPolicies, securityDefaults: [], roleAssignments: [] }
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
    // Blocked from everywhere: nothing that is said of trusted places would be true.
    expect(verdictOf('managed-device-for-security-info', [block([])]).verdict).toBe('fail')
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
