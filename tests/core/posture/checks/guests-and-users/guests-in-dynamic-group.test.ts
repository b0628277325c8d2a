import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { group } from '../../../../build/people.ts'

const id = 'guests-in-dynamic-group'
const rule = { groupTypes: ['DynamicMembership'], membershipRule: '(user.userType -eq "Guest")', membershipRuleProcessingState: 'On' }
const given = (...groups: readonly unknown[]) => ({ groups })
const fine = given(group('a'), group('b', rule))
const p1 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when one group has such a rule', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', values: { groups: 1 } })
  })

  it.each([
    ['no rule', {}],
    ['a rule about members', { ...rule, membershipRule: '(user.userType -eq "Member")' }],
    ['a rule about whoever is no guest', { ...rule, membershipRule: '(user.userType -ne "Guest")' }],
  ])('fails for %s', (_what, change) => {
    expect(outcome(id, given(group('a', change)), p1)).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it.each([
    ['(user.userType -eq "Guest") and (user.department -eq "Partners")', 'fail'],
    ['not (user.userType -eq "Guest")', 'fail'],
    ['-not(user.userType -eq "Guest")', 'fail'],
    ['(user.userType -eq "Guest") -and (user.country -eq "FI")', 'fail'],
    ['(user.userType -eq "Guest") and (user.accountEnabled -eq true)', 'pass'],
    ['(user.userType -eq "Guest") or (user.userType -eq "External")', 'pass'],
  ])('tells whether all guests are in it: %s', (membershipRule, verdict) => {
    const found = outcome(id, given(group('a', { ...rule, membershipRule })), p1)
    expect(found).toMatchObject(verdict === 'pass' ? { verdict } : { verdict, reason: 'some' })
    expect(objectsOf(found)).toEqual(verdict === 'pass' ? [] : ['a'])
  })

  it.each([
    { ...rule, membershipRuleProcessingState: 'Paused' },
    { ...rule, membershipRuleProcessingState: null },
    { ...rule, groupTypes: [] },
  ])('fails for a rule that does not run: %j', (change) => {
    const verdict = outcome(id, given(group('a', change)), p1)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'paused' })
    expect(objectsOf(verdict)).toEqual(['a'])
  })

  notApplicableWithout('p1', id, fine)
  unknownWithout(id, fine, ['groups'], p1)
})
