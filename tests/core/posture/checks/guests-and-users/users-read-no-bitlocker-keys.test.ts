import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'users-read-no-bitlocker-keys'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [['users can', { authorizationPolicy: [authorization({}, { allowedToReadBitlockerKeysForOwnedDevice: true })] }]],
    notSaid: [['null', { authorizationPolicy: [authorization({}, { allowedToReadBitlockerKeysForOwnedDevice: null })] }]],
    emptyFact: 'authorizationPolicy',
  })
})
