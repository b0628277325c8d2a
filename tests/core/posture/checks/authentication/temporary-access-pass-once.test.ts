import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { method, methodsPolicy } from '../../../../build/tenant-policies.ts'

const id = 'temporary-access-pass-once'

function passes(isUsableOnce: boolean | null = true) {
  return methodsPolicy([method('TemporaryAccessPass', 'enabled', { isUsableOnce })])
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationMethodsPolicy: [passes()] },
    wrong: [['used again', { authenticationMethodsPolicy: [passes(false)] }]],
    notSaid: [
      ['null', { authenticationMethodsPolicy: [passes(null)] }],
      ['not listed', { authenticationMethodsPolicy: [methodsPolicy()] }],
    ],
    warn: [['switched off', { authenticationMethodsPolicy: [methodsPolicy([method('TemporaryAccessPass', 'disabled')])] }, 'off']],
    emptyFact: 'authenticationMethodsPolicy',
  })
})
