import { expect, it } from '@jest/globals'
import { checkOf } from '../../core/posture/checks.ts'
import { explain } from '../../core/posture/explain.ts'
import type { FactRow } from '../../core/posture/facts.ts'
import { settingsSchema } from '../../core/posture/settings.ts'
import type { coveringPolicy } from './facts.ts'
import { objectsOf, outcome } from './judged.ts'
import type { Circumstances, Given } from './judged.ts'

type Policy = FactRow<'conditionalAccessPolicies'>
type Change = NonNullable<Parameters<typeof coveringPolicy>[1]>

const filter = { mode: 'include', rule: 'x' }

/** One condition each that lets a policy apply to some sign-ins only. */
const narrowings: Readonly<Record<string, Change>> = {
  userRiskLevels: { conditions: { userRiskLevels: ['high'] } },
  signInRiskLevels: { conditions: { signInRiskLevels: ['high'] } },
  servicePrincipalRiskLevels: { conditions: { servicePrincipalRiskLevels: ['high'] } },
  insiderRiskLevels: { conditions: { insiderRiskLevels: 'elevated' } },
  platforms: { conditions: { platforms: { includePlatforms: ['iOS'], excludePlatforms: [] } } },
  locations: { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } },
  devices: { conditions: { devices: { deviceFilter: filter } } },
  authenticationFlows: { conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } },
  clientApplications: { conditions: { clientApplications: { includeServicePrincipals: ['x'], excludeServicePrincipals: [] } } },
  clientAppTypes: { conditions: { clientAppTypes: ['browser'] } },
  userActions: { applications: { includeUserActions: ['urn:user:other'] } },
  authenticationContexts: { applications: { includeAuthenticationContextClassReferences: ['c1'] } },
  applicationFilter: { applications: { applicationFilter: filter } },
  agentIdRiskLevels: { conditions: { unrecognised: ['agentIdRiskLevels'] } },
}

export interface PolicyCheckCase {
  readonly id: string
  /** Makes the passing policy with one thing changed. */
  readonly policy: (change?: Change) => Policy
  /** Conditions that the check names itself. */
  readonly named?: readonly string[]
  /** False where the check is about a user action or about one application: another one may be left out. */
  readonly aboutEveryApplication?: boolean
  readonly licence?: 'p1' | 'p2'
  /** Other facts that the check needs. */
  readonly given?: Given
}

/** What holds for every check that looks for one policy that covers everybody: the near misses, the exceptions, and what is unknown. */
export function describePolicyCheck({
  id,
  policy,
  named = [],
  aboutEveryApplication = true,
  licence = 'p1',
  given = {},
}: PolicyCheckCase): void {
  function verdictOf(policies: readonly Policy[], circumstances: Circumstances = {}) {
    return outcome(id, { ...given, conditionalAccessPolicies: policies }, circumstances)
  }

  it('passes with one policy, and rests on it', () => {
    const verdict = verdictOf([policy(), policy({ state: 'disabled', top: { id: 'off' } })])
    expect(verdict).toMatchObject({ verdict: 'pass', reason: 'covered', basis: ['conditionalAccessPolicies/p'] })
    expect(sentence(id, verdict)).toContain('Policy p')
  })

  it('fails without any policy', () => {
    const verdict = verdictOf([])
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'none', objects: [] })
    expect(sentence(id, verdict)).not.toBe('')
  })

  it.each([
    ['disabled', 'switchedOff'],
    ['unknownFutureValue', 'switchedOff'],
    ['enabledForReportingButNotEnforced', 'reportOnly'],
  ])('fails when the policy is %s', (state, reason) => {
    const verdict = verdictOf([policy({ state })])
    expect(verdict).toMatchObject({ verdict: 'fail', reason })
    expect(objectsOf(verdict)).toEqual(['p'])
    expect(sentence(id, verdict)).toContain('Policy p')
  })

  it('fails and names who is left out, until they are declared', () => {
    const users = { excludeUsers: ['u1'], excludeGroups: ['g1'] }
    const verdict = verdictOf([policy({ users })])
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'nearMiss' })
    expect(sentence(id, verdict)).toContain('user u1, group g1')
    const settings = settingsSchema.parse({ exclusions: { users: ['U1'], groups: ['g1'] } })
    expect(verdictOf([policy({ users })], { settings }).verdict).toBe('pass')
    expect(
      verdictOf([
        policy({ users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider', externalTenants: null } } }),
      ]).verdict,
    ).toBe('fail')
    // A user action has no applications that could be left out.
    const application = '11111111-2222-4333-8444-555555555555'
    expect(verdictOf([policy({ applications: { excludeApplications: [application] } })])).toMatchObject(
      aboutEveryApplication ? { reason: 'nearMiss' } : { verdict: 'pass' },
    )
  })

  it('fails when roles are left out', () => {
    expect(verdictOf([policy({ users: { excludeRoles: ['r1'] } })])).toMatchObject({ verdict: 'fail', reason: 'excludedRoles' })
  })

  it('fails when the policy names some people only, or workload identities', () => {
    const some = { includeUsers: ['u1'], includeRoles: [], includeGuestsOrExternalUsers: null }
    expect(verdictOf([policy({ users: some })])).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(verdictOf([policy({ conditions: { users: null } })])).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
  })

  it.each(Object.keys(narrowings).filter((name) => !named.includes(name)))('fails when the policy is limited by %s', (name) => {
    const verdict = verdictOf([policy(narrowings[name])])
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'narrowed' })
    expect(sentence(id, verdict)).toContain(name)
  })

  it('does not apply without the licence, and is unknown without the policies', () => {
    expect(verdictOf([policy()], { licences: { p1: 'absent', p2: 'absent' } })).toMatchObject({
      verdict: 'notApplicable',
      reason: 'licence',
    })
    expect(checkOf(id)?.licence).toBe(licence)
    for (const fact of ['conditionalAccessPolicies', ...Object.keys(given)])
      expect(outcome(id, { ...given, conditionalAccessPolicies: [policy()], [fact]: 'scope' })).toMatchObject({
        verdict: 'unknown',
        reason: 'scope',
        fact,
      })
  })
}

/** The reason in words, with every object's sentence rendered as well. */
export function sentence(id: string, verdict: ReturnType<typeof outcome>): string {
  const check = checkOf(id)
  if (!check) throw new Error(`There is no check ${id}.`)
  const { title, reason, objects } = explain(check, verdict)
  if (title === '' || objects.some(({ sentence: line }) => line.length < 5)) throw new Error(`${id} says nothing about an object.`)
  return reason
}
