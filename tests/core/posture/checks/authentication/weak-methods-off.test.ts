import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { method, methodsPolicy } from '../../../../build/tenant-policies.ts'

const id = 'weak-methods-off'

function off(other?: string, state = 'disabled') {
  return methodsPolicy(['Sms', 'Voice', 'Email'].map((name) => method(name, name === other ? state : 'disabled')))
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationMethodsPolicy: [off()] },
    wrong: [
      ['Sms allowed', { authenticationMethodsPolicy: [off('Sms', 'enabled')] }],
      ['Voice allowed', { authenticationMethodsPolicy: [off('Voice', 'enabled')] }],
      ['Email allowed', { authenticationMethodsPolicy: [off('Email', 'enabled')] }],
      ['one allowed beside one that is not listed', { authenticationMethodsPolicy: [methodsPolicy([method('Sms', 'enabled')])] }],
    ],
    notSaid: [
      ['one is not listed', { authenticationMethodsPolicy: [methodsPolicy([method('Sms', 'disabled'), method('Voice', 'disabled')])] }],
      ['a state that we do not know', { authenticationMethodsPolicy: [off('Email', 'unknownFutureValue')] }],
    ],
    emptyFact: 'authenticationMethodsPolicy',
  })
})
