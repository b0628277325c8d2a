import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { devicePolicy } from '../../../../build/tenant-policies.ts'

const id = 'local-administrator-passwords-managed'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { deviceRegistrationPolicy: [devicePolicy()] },
    wrong: [['switched off', { deviceRegistrationPolicy: [devicePolicy({ localAdminPassword: { isEnabled: false } })] }]],
    emptyFact: 'deviceRegistrationPolicy',
  })
})
