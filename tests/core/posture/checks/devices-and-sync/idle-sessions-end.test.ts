import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'

const id = 'idle-sessions-end'

function timeout(limit: string, application = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', byDefault?: string) {
  const rules = [
    ...(byDefault ? [{ ApplicationId: 'default', WebSessionIdleTimeout: byDefault }] : []),
    { ApplicationId: application, WebSessionIdleTimeout: limit },
  ]
  const definition = [JSON.stringify({ ActivityBasedTimeoutPolicy: { Version: 1, ApplicationPolicies: rules } })]
  return { id: 't', displayName: null, isOrganizationDefault: true, definition }
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { activityTimeoutPolicies: [timeout('03:00:00')] },
    wrong: [
      ['four hours', { activityTimeoutPolicies: [timeout('04:00:00')] }],
      ['a day and an hour', { activityTimeoutPolicies: [timeout('1.01:00:00')] }],
      ['no rule', { activityTimeoutPolicies: [] }],
      ['a rule that is not in force', { activityTimeoutPolicies: [{ ...timeout('01:00:00'), isOrganizationDefault: false }] }],
      [
        'a short default beside a long rule',
        { activityTimeoutPolicies: [timeout('05:00:00', 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', '01:00:00')] },
      ],
      ['another application', { activityTimeoutPolicies: [timeout('01:00:00', 'x')] }],
    ],
    notSaid: [
      ['no JSON', { activityTimeoutPolicies: [{ ...timeout('01:00:00'), definition: ['definition-value'] }] }],
      ['a limit of nothing', { activityTimeoutPolicies: [timeout('00:00:00')] }],
      ['no time', { activityTimeoutPolicies: [timeout('soon')] }],
    ],
  })

  it('takes the rule for every application where there is no other', () => {
    expect(outcome(id, { activityTimeoutPolicies: [timeout('01:00:00', 'default')] }).verdict).toBe('pass')
  })
})
