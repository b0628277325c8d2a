import { describe, expect, it } from '@jest/globals'
import { globalAdministratorCount } from '../../../../../core/posture/checks/privileged-roles/global-administrator-count.ts'
import { explain } from '../../../../../core/posture/explain.ts'
import { holding, member } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import type { Given } from '../../../../build/judged.ts'
import { mayJoin } from '../../../../build/people.ts'

const id = 'global-administrator-count'

function people(count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => holding(`u${index + 1}`))
}

function given(active: readonly unknown[], change: Given = {}): Given {
  return { roleAssignments: active, roleEligibility: [], roleGroupMembers: [], pimGroupEligibility: [], ...change }
}

describe('global-administrator-count', () => {
  it('passes from two to eight people and fails outside', () => {
    const verdicts = [0, 1, 2, 8, 9].map((count) => outcome(id, given(people(count))))
    expect(verdicts.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([
      'fail tooFew',
      'fail tooFew',
      'pass within',
      'pass within',
      'fail tooMany',
    ])
    expect(verdicts.map((verdict) => explain(globalAdministratorCount, verdict).reason)[1]).toBe(
      'Only one person holds or may activate the role; there should be at least 2.',
    )
  })

  it('takes two to four in the CIS baseline', () => {
    const verdicts = [1, 2, 4, 5].map((count) => outcome(id, given(people(count)), { baseline: 'cis' }).verdict)
    expect(verdicts).toEqual(['fail', 'pass', 'pass', 'fail'])
  })

  it('lists the people with what each finding rests on', () => {
    const verdict = outcome(id, given(people(9)))
    expect(objectsOf(verdict)).toEqual(['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8', 'u9'])
    const { title, objects } = explain(globalAdministratorCount, verdict)
    expect(title).toBe('9 people are Global Administrator')
    expect(objects[0]).toMatchObject({
      sentence: 'Holds the role now (u1@contoso.com).',
      basis: ['roleAssignments/62e90394-69f5-4237-9190-012177145e10-u1'],
    })
  })

  it('counts a person once, active, eligible or through groups', () => {
    const rows = given([holding('u1'), { ...holding('U1'), id: 'again' }, holding('g1', 'group')], {
      roleEligibility: [holding('u1'), holding('g2', 'group')],
      roleGroupMembers: [member('g1', 'u1'), member('g2', 'u1')],
    })
    expect(outcome(id, rows)).toMatchObject({ verdict: 'fail', values: { count: 1 } })
    expect(outcome(id, { ...rows, roleGroupMembers: [member('g1', 'u1'), member('g2', 'u2')] })).toMatchObject({
      verdict: 'pass',
      values: { count: 2 },
    })
  })

  it('counts eligible people and members of groups in either role', () => {
    expect(outcome(id, given([holding('u1')], { roleEligibility: [holding('u2')] }))).toMatchObject({
      verdict: 'pass',
      values: { count: 2 },
    })
    expect(
      outcome(id, given([holding('g1', 'group')], { roleGroupMembers: [member('g1', 'u1'), member('G1', 'u2'), member('other', 'u3')] })),
    ).toMatchObject({ verdict: 'pass', values: { count: 2 } })
  })

  it('counts whoever may make themselves a member of a group with the role, once', () => {
    const may = ['u1', 'u2', 'u3'].map((who) => mayJoin('g1', who))
    const rows = given([holding('g1', 'group'), holding('u1')], { pimGroupEligibility: [...may, mayJoin('other', 'u4')] })
    const verdict = outcome(id, rows)
    expect(verdict).toMatchObject({ verdict: 'pass', values: { count: 3 } })
    const many = Array.from({ length: 9 }, (_, index) => mayJoin('G1', `u${index}`))
    expect(outcome(id, { ...rows, pimGroupEligibility: many })).toMatchObject({ verdict: 'fail', reason: 'tooMany' })
    const { objects } = explain(globalAdministratorCount, outcome(id, given([holding('g1', 'group')], { pimGroupEligibility: [may[1]] })))
    expect(objects.map(({ sentence }) => sentence)).toEqual(['May activate the role (u2@contoso.com).'])
  })

  it('is unknown where that was not read, or names a group, and only where a group holds the role', () => {
    const rows = given([holding('g1', 'group'), ...people(3)])
    expect(outcome(id, { ...rows, pimGroupEligibility: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'globalAdministrators' })
    expect(outcome(id, { ...rows, pimGroupEligibility: [mayJoin('g1', 'g2', 'group')] }).verdict).toBe('unknown')
    expect(outcome(id, { ...rows, pimGroupEligibility: [mayJoin('g1', 's1', 'servicePrincipal')] })).toMatchObject({ values: { count: 3 } })
    expect(outcome(id, given(people(3), { pimGroupEligibility: 'scope' })).verdict).toBe('pass')
  })

  it('says of an eligible person that the role may be activated', () => {
    const { objects } = explain(globalAdministratorCount, outcome(id, given([], { roleEligibility: [holding('u1')] })))
    expect(objects.map(({ sentence }) => sentence)).toEqual(['May activate the role (u1@contoso.com).'])
  })

  it('says of a person who is active and eligible that the role is held', () => {
    const { objects } = explain(globalAdministratorCount, outcome(id, given([holding('u1')], { roleEligibility: [holding('u1')] })))
    expect(objects.map(({ sentence, basis }) => [sentence, basis.length])).toEqual([['Holds the role now (u1@contoso.com).', 2]])
  })

  it('leaves out other roles, service principals, devices and nested groups', () => {
    const rows = given(
      [
        holding('u1'),
        holding('s1', 'servicePrincipal'),
        holding('u2', 'user', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'),
        holding('g1', 'group'),
      ],
      {
        roleGroupMembers: [
          member('g1', 'd1', '#microsoft.graph.device'),
          member('g1', 'g2', '#microsoft.graph.group'),
          member('g1', 's2', '#microsoft.graph.servicePrincipal'),
        ],
      },
    )
    expect(outcome(id, rows)).toMatchObject({ verdict: 'fail', values: { count: 1 } })
  })

  it('is unknown where somebody holds the role and nobody can say what they are', () => {
    for (const open of [holding('x', null), { ...holding('x'), principal: { '@odata.type': '#microsoft.graph.agentUser' } }]) {
      expect(outcome(id, given([...people(3), open]))).toMatchObject({ verdict: 'unknown', reason: 'shape', fact: 'globalAdministrators' })
    }
    expect(
      outcome(
        id,
        given([holding('g1', 'group'), ...people(3)], { roleGroupMembers: [member('g1', 'x', '#microsoft.graph.unknownFutureValue')] }),
      ).verdict,
    ).toBe('unknown')
  })

  it('does not care about such a principal in another role', () => {
    expect(outcome(id, given([...people(3), holding('x', null, 'f2ef992c-3afb-46b9-b7cf-a126ee74c451')])).verdict).toBe('pass')
  })

  it.each(['roleAssignments', 'roleEligibility', 'roleGroupMembers'] as const)('is unknown without %s', (fact) => {
    expect(outcome(id, given(people(3), { [fact]: 'scope' }))).toMatchObject({ verdict: 'unknown', reason: 'scope', fact })
    expect(outcome(id, given(people(3), { [fact]: undefined }))).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact })
  })

  it('takes eligibility for empty only where the licence is known to be absent', () => {
    const rows = given(people(3), { roleEligibility: 'licence' })
    expect(outcome(id, rows, { licences: { p1: 'present', p2: 'absent' } }).verdict).toBe('pass')
    expect(outcome(id, rows, { licences: { p1: 'present', p2: 'notKnown' } })).toMatchObject({ verdict: 'unknown', reason: 'licence' })
    expect(outcome(id, rows, { licences: { p1: 'present', p2: 'present' } }).verdict).toBe('unknown')
  })

  it('counts eligibilities that were read even where the licence is gone', () => {
    expect(
      outcome(id, given([holding('u1')], { roleEligibility: [holding('u2')] }), { licences: { p1: 'absent', p2: 'absent' } }),
    ).toMatchObject({ verdict: 'pass', values: { count: 2 } })
  })
})
