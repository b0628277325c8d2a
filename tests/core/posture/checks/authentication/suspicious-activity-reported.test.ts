import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { methodsPolicy } from '../../../../build/tenant-policies.ts'

const id = 'suspicious-activity-reported'

function reporting(state = 'enabled', target = 'all_users') {
  return methodsPolicy([], { reportSuspiciousActivitySettings: { state, includeTarget: { id: target, targetType: 'group' } } })
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationMethodsPolicy: [reporting()] },
    wrong: [
      ['switched off', { authenticationMethodsPolicy: [reporting('disabled')] }],
      ['left to Microsoft', { authenticationMethodsPolicy: [reporting('default')] }],
      ['for a group', { authenticationMethodsPolicy: [reporting('enabled', 'g')] }],
    ],
    notSaid: [['left out', { authenticationMethodsPolicy: [methodsPolicy()] }]],
    licence: 'p1',
    emptyFact: 'authenticationMethodsPolicy',
  })
})
