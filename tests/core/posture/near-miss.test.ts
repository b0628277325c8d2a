import { describe, expect, it } from '@jest/globals'
import type { NearMiss, NearMissObject } from '../../../core/posture/check.ts'
import { declaringOf, detailOf, mostDeclaredAtOnce } from '../../../core/posture/near-miss.ts'
import { settingsSchema } from '../../../core/posture/settings.ts'
import { coveringPolicy } from '../../build/facts.ts'
import { group as groupRow, guest, user } from '../../build/people.ts'
import { judged } from '../../build/judged.ts'
import type { Given } from '../../build/judged.ts'

const check = 'second-factor-for-everybody'
const member = (parentId: string, id: string, userType: string | null = 'Member', type = '#microsoft.graph.user') => {
  return { '@odata.type': type, parentId, id, displayName: id, userPrincipalName: `${id}@contoso.com`, userType }
}

/** What the nearest policy lacks where one asks for a second factor and leaves these out. */
function nearMissOf(left: NonNullable<Parameters<typeof coveringPolicy>[1]>, given: Given = {}, declared = {}): NearMiss | undefined {
  const results = judged(
    {
      conditionalAccessPolicies: [coveringPolicy('p', { controls: ['mfa'], ...left })],
      securityDefaults: [],
      roleDefinitions: [],
      ...given,
    },
    { settings: settingsSchema.parse({ exclusions: declared }) },
  )
  const outcome = results.find(({ checkId }) => checkId === check)?.outcome
  return outcome && 'nearMiss' in outcome ? outcome.nearMiss : undefined
}

describe('what the nearest policy leaves out', () => {
  it('has names, kinds, and who is in a group', () => {
    const given: Given = {
      users: [user('u1', { displayName: 'Ada', userPrincipalName: 'ada@contoso.com' }), guest('x1')],
      groups: [groupRow('g1', { displayName: 'Emergency' })],
      servicePrincipals: [],
      policyGroupMembers: [
        member('g1', 'a'),
        member('g1', 'b', null),
        member('g1', 'c', 'Guest'),
        member('g1', 'inside', null, '#microsoft.graph.group'),
        member('g1', 'd', null, '#microsoft.graph.device'),
      ],
    }
    expect(nearMissOf({ users: { excludeUsers: ['u1', 'x1', 'u9'], excludeGroups: ['G1'] } }, given)?.undeclared).toEqual([
      { kind: 'user', id: 'u1', name: 'Ada', found: { is: 'member', userPrincipalName: 'ada@contoso.com' } },
      { kind: 'user', id: 'x1', name: expect.any(String), found: { is: 'guest', userPrincipalName: expect.any(String) } },
      { kind: 'user', id: 'u9', name: 'u9', found: { is: 'gone' } },
      { kind: 'group', id: 'G1', name: 'Emergency', found: { is: 'group', people: 2, others: 2 } },
    ])
  })

  it('keeps its id where nothing says who it is', () => {
    expect(nearMissOf({ users: { excludeUsers: ['u1'] } })?.undeclared).toEqual([{ kind: 'user', id: 'u1', name: 'u1' }])
  })
})

describe('whether to declare it is offered', () => {
  const person = (id: string, is: 'member' | 'guest' = 'member'): NearMissObject => ({
    kind: 'user',
    id,
    name: id,
    found: { is, userPrincipalName: '' },
  })
  const group = (people: number | null, others: number | null = 0): NearMissObject => ({
    kind: 'group',
    id: 'g',
    name: 'G',
    found: { is: 'group', people, others },
  })
  const near = (undeclared: readonly NearMissObject[], change: Partial<NearMiss> = {}): NearMiss => {
    return {
      policyId: 'p',
      policyName: 'P',
      undeclared,
      reportOnly: false,
      switchedOff: false,
      narrowing: [],
      passesOnceDeclared: true,
      ...change,
    }
  }
  const before = ({ passesOnceDeclared: _none, ...one }: NearMiss): NearMiss => one
  const some = (count: number) => Array.from({ length: count }, (_, index) => person(`u${index}`))

  it('for a few people of the tenant, one by one or in a group', () => {
    expect([near(some(mostDeclaredAtOnce)), near([group(2), person('u')])].map((one) => declaringOf(one))).toEqual([
      { isOffered: true },
      { isOffered: true },
    ])
  })

  it.each<[string, NearMiss, string]>([
    ['too many people', near(some(mostDeclaredAtOnce + 1)), '5 people'],
    ['too many people in groups', near([group(mostDeclaredAtOnce), person('u')]), '5 people'],
    ['a guest', near([person('u', 'guest')]), 'is a guest'],
    ['guests in a group', near([group(1, 1)]), '1 guest'],
    ['a group of which nobody knows who is in it', near([group(null, null)]), 'was not read'],
    ['an empty group', near([group(0)]), 'Nobody is in'],
    ['kinds of guests', near([{ kind: 'guests', id: 'serviceProvider', name: 'serviceProvider' }]), 'Service providers'],
    ['an application', near([{ kind: 'application', id: 'a', name: 'Shop', found: { is: 'application' } }]), 'Shop is an application'],
    ['somebody of whom nothing was read', near([{ kind: 'user', id: 'u', name: 'u' }]), 'was not read'],
    ['somebody who is gone', near([{ kind: 'user', id: 'u', name: 'u', found: { is: 'gone' } }]), 'no longer'],
    ['a policy that only reports', near([person('u')], { reportOnly: true }), 'policy itself'],
    ['a policy that is limited', near([person('u')], { narrowing: ['platforms'] }), 'policy itself'],
    ['what the judge did not find to be enough', near([person('u')], { passesOnceDeclared: false }), 'alone'],
    ['a verdict of before it was judged', before(near([person('u')])), 'alone'],
    ['nothing', near([]), 'nothing'],
  ])('not for %s', (_what, one, because) => {
    expect(declaringOf(one)).toEqual({ isOffered: false, because: expect.stringContaining(because) })
  })

  it('and a person reads who it is', () => {
    expect(
      [person('u', 'guest'), group(2, 1), group(null, null), { kind: 'guests', id: 'x', name: 'x' } as const].map((one) => detailOf(one)),
    ).toEqual(['Guest', '2 people, and 1 guest, device or application', 'Its members were not read', ''])
  })
})
