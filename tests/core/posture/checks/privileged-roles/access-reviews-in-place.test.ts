import { describe, expect, it } from '@jest/globals'
import { notApplicableWithout, sentences, unknownWithout } from '../../../../build/check-test.ts'
import { inDays } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { roleIds } from '../../../../build/people.ts'

const id = 'access-reviews-in-place'
const p2 = { licences: { p1: 'present', p2: 'present' } } as const
const queries = {
  roles: '/roleManagement/directory/roleDefinitions/62e90394-69f5-4237-9190-012177145e10',
  guests: "./members?$filter=(userType eq 'Guest')",
}

function review(subject: keyof typeof queries, settings: object = {}, change: object = {}) {
  return {
    id: `review-of-${subject}`,
    displayName: subject,
    status: 'InProgress',
    scope:
      subject === 'guests'
        ? { query: queries.guests }
        : { resourceScopes: [{ query: queries.roles }], principalScopes: [{ query: '/users' }] },
    instanceEnumerationScope: null,
    reviewers: [{ query: '/users/u' }],
    settings: {
      autoApplyDecisionsEnabled: true,
      defaultDecisionEnabled: true,
      defaultDecision: 'Deny',
      recurrence: { pattern: { type: 'absoluteMonthly' }, range: { type: 'noEnd' } },
      ...settings,
    },
    ...change,
  }
}

const given = (...accessReviews: readonly unknown[]) => ({ accessReviews })
const fine = given(review('roles'), review('guests'))

describe(id, () => {
  it('passes when both are reviewed and unanswered access is taken away', () => {
    expect(outcome(id, fine, p2)).toMatchObject({ verdict: 'pass', reason: 'reviewed' })
  })

  it('fails while one of them, or both, are not reviewed', () => {
    expect(outcome(id, given(), p2)).toMatchObject({ verdict: 'fail', reason: 'neither' })
    expect(outcome(id, given(review('roles')), p2)).toMatchObject({ verdict: 'fail', reason: 'noGuests' })
    expect(outcome(id, given(review('guests')), p2)).toMatchObject({ verdict: 'fail', reason: 'noRoles' })
    expect(sentences(id, given(review('guests')), p2)[1]).toBe('Guests are reviewed, and privileged roles are not.')
  })

  it.each([
    ['happened once', review('guests', { recurrence: null }), 'noGuests'],
    [
      'is over',
      review('guests', {
        recurrence: { pattern: { type: 'absoluteMonthly' }, range: { type: 'endDate', endDate: inDays(-2).slice(0, 10) } },
      }),
      'noGuests',
    ],
    ['is in a state that nobody knows', review('guests', {}, { status: 'unknownFutureValue' }), 'noGuests'],
  ])('does not count a review that %s', (_what, guests, reason) => {
    expect(outcome(id, given(review('roles'), guests), p2)).toMatchObject({ verdict: 'fail', reason })
  })

  it('does not count a review of roles that are not privileged', () => {
    const about = (...ids: readonly string[]) =>
      review(
        'roles',
        {},
        { scope: { resourceScopes: ids.map((role) => ({ query: `/roleManagement/directory/roleDefinitions/${role}` })) } },
      )
    const verdict = (...ids: readonly string[]) => outcome(id, given(about(...ids), review('guests')), p2)
    expect(verdict(roleIds.reportsReader)).toMatchObject({ verdict: 'fail', reason: 'noRoles' })
    expect(verdict(roleIds.reportsReader, roleIds.userAdministrator.toUpperCase()).verdict).toBe('pass')
    const every = review('roles', {}, { scope: { query: '/roleManagement/directory/roleAssignments' } })
    expect(outcome(id, given(every, review('guests')), p2).verdict).toBe('pass')
  })

  it.each([
    { defaultDecision: 'Approve' },
    { defaultDecisionEnabled: false },
    { autoApplyDecisionsEnabled: false },
    { defaultDecision: null },
  ])('warns when what nobody confirms stays: %j', (settings) => {
    expect(outcome(id, given(review('roles'), review('guests', settings)), p2)).toMatchObject({ verdict: 'warn', reason: 'toothless' })
  })

  it('warns where people review themselves, and counts the reviewers of stages', () => {
    const self = given(review('roles'), review('guests', {}, { reviewers: [] }))
    expect(outcome(id, self, p2)).toMatchObject({ verdict: 'warn', reason: 'self' })
    expect(sentences(id, self, p2)[1]).toContain('people review themselves')
    const staged = review('guests', {}, { reviewers: [], stageSettings: [{ reviewers: [{ query: './manager' }] }] })
    expect(outcome(id, given(review('roles'), staged), p2)).toMatchObject({ verdict: 'pass' })
  })

  notApplicableWithout('p2', id, fine)
  unknownWithout(id, fine, ['accessReviews'], p2)
})
