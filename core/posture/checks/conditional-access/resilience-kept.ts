import { defineCheck } from '../../check.ts'
import { judgeOffenders, policiesPortal } from '../../rules/conditional-access-coverage.ts'

export const resilienceKept = defineCheck({
  id: 'resilience-kept',
  code: 'CA-37',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Policies keep working while Microsoft repairs an outage',
  failTitle: '{count, plural, one {A policy locks} other {# policies lock}} people out during an outage',
  why: 'With resilience defaults off, nobody whom the policy covers can renew a session while Microsoft Entra ID has an outage.',
  reasons: {
    kept: 'No policy that is switched on has resilience defaults off.',
    off: '{count, plural, one {This policy has} other {These # policies have}} resilience defaults off: {names}.',
  },
  objectReason: 'Resilience defaults are off.',
  remediation: [
    'Ask who decided it, and whether a lock-out is worth it.',
    'In the session controls of the policy, take back Disable resilience defaults.',
  ],
  portal: policiesPortal,
  frameworks: {},
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge({ conditionalAccessCoverage }) {
    const off = conditionalAccessCoverage.filter(({ mayApply, session }) => mayApply && session?.disableResilienceDefaults === true)
    return judgeOffenders(off, { pass: 'kept', warn: 'off' })
  },
})
