import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { method, methodsPolicy } from '../../../../build/tenant-policies.ts'

const id = 'security-keys-restricted'

function keys(change: Parameters<typeof method>[2] = {}, restrictions: object = {}) {
  const keyRestrictions = { isEnforced: true, enforcementType: 'allow', aaGuids: ['a'], ...restrictions }
  return methodsPolicy([method('fido2', 'enabled', { isAttestationEnforced: true, keyRestrictions, ...change })])
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationMethodsPolicy: [keys()] },
    wrong: [
      ['switched off', { authenticationMethodsPolicy: [methodsPolicy([method('Fido2', 'disabled')])] }, 'wrong'],
      ['not attested', { authenticationMethodsPolicy: [keys({ isAttestationEnforced: false })] }, 'notAttested'],
      ['any make', { authenticationMethodsPolicy: [keys({}, { isEnforced: false })] }, 'anyMake'],
      ['a list of forbidden makes', { authenticationMethodsPolicy: [keys({}, { enforcementType: 'block' })] }, 'anyMake'],
      ['an empty list', { authenticationMethodsPolicy: [keys({}, { aaGuids: [] })] }, 'anyMake'],
      [
        'a kind of list that we do not know',
        { authenticationMethodsPolicy: [keys({}, { enforcementType: 'unknownFutureValue' })] },
        'anyMake',
      ],
    ],
    notSaid: [
      ['switched on for nobody', { authenticationMethodsPolicy: [keys({ includeTargets: [] })] }],
      ['not listed', { authenticationMethodsPolicy: [methodsPolicy()] }],
      ['attestation null', { authenticationMethodsPolicy: [keys({ isAttestationEnforced: null })] }],
      ['restrictions null', { authenticationMethodsPolicy: [keys({ keyRestrictions: null })] }],
    ],
    emptyFact: 'authenticationMethodsPolicy',
  })
})
