import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { devicePolicy } from '../../../../build/tenant-policies.ts'

const id = 'global-administrators-not-local'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { deviceRegistrationPolicy: [devicePolicy()] },
    wrong: [['they are', { deviceRegistrationPolicy: [devicePolicy({}, { enableGlobalAdmins: true })] }]],
    emptyFact: 'deviceRegistrationPolicy',
  })
})
