import { describe, expect, it } from '@jest/globals'
import { checkOf } from '../../../../../core/posture/checks.ts'
import { coveringPolicy } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'policies-have-targets'

function verdictOf(...rows: readonly ReturnType<typeof coveringPolicy>[]) {
  return outcome(id, { conditionalAccessPolicies: rows })
}

describe(id, () => {
  it.each([
    ['no application', { applications: { includeApplications: ['None'] } }],
    ['no application, in other letters', { applications: { includeApplications: ['none'] } }],
    ['nobody', { users: { includeUsers: ['None'] } }],
    ['nobody, in other letters', { users: { includeUsers: ['NONE'] } }],
    ['no workload identity', { conditions: { users: null } }],
  ])('fails with a policy that names %s', (_what, change) => {
    const verdict = verdictOf(coveringPolicy('p', change), coveringPolicy('q'))
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'empty' })
    expect(objectsOf(verdict)).toEqual(['p'])
    expect(sentence(id, verdict)).toContain('Policy p')
    expect(verdictOf(coveringPolicy('p', { ...change, state: 'disabled' })).verdict).toBe('pass')
  })

  it.each([
    ['an action', { applications: { includeApplications: [], includeUserActions: ['urn:user:registerdevice'] } }],
    ['a context', { applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] } }],
    ['a filter', { applications: { includeApplications: [], applicationFilter: { mode: 'include', rule: 'x' } } }],
    ['a group', { users: { includeUsers: [], includeGroups: ['g'] } }],
    ['all guests', { users: { includeUsers: ['GuestsOrExternalUsers'] } }],
    [
      'workload identities',
      { conditions: { users: null, clientApplications: { includeServicePrincipals: ['s'], excludeServicePrincipals: [] } } },
    ],
  ])('passes with a policy that names %s', (_what, change) => {
    expect(verdictOf(coveringPolicy('p', change))).toMatchObject({ verdict: 'pass', reason: 'all' })
  })

  it('does not apply without the licence, and is unknown without the policies', () => {
    const licences = { p1: 'absent', p2: 'absent' } as const
    expect(outcome(id, { conditionalAccessPolicies: [] }, { licences })).toMatchObject({ verdict: 'notApplicable', reason: 'licence' })
    expect(checkOf(id)?.licence).toBe('p1')
    expect(outcome(id, { conditionalAccessPolicies: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'conditionalAccessPolicies' })
  })
})
