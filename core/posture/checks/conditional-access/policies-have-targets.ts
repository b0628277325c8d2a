import { defineCheck } from '../../check.ts'
import { judgeOffenders, policiesPortal } from '../../rules/conditional-access-coverage.ts'
import { coversNobodyOrNothing } from '../../rules/conditional-access-empty.ts'

export const policiesHaveTargets = defineCheck({
  id: 'policies-have-targets',
  code: 'CA-31',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Every policy that is switched on covers something',
  failTitle: '{count, plural, one {A policy is} other {# policies are}} switched on and cover nothing',
  why: 'A policy without people or without applications looks like protection in a list and is none.',
  reasons: {
    all: 'Every policy that is switched on names people and something to sign in to.',
    empty: '{count, plural, one {This policy is} other {These # policies are}} switched on and cover nobody or nothing: {names}.',
  },
  objectReason: 'It covers nobody, or nothing to sign in to.',
  remediation: ['Open each of these policies and find out what it was meant for.', 'Name its people and resources, or delete it.'],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1184'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }) {
    const empty = conditionalAccessCoverage.filter((policy) => policy.mayApply && coversNobodyOrNothing(policy))
    return judgeOffenders(empty, { pass: 'all', fail: 'empty' })
  },
})
