import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { devicePolicy } from '../../../../build/tenant-policies.ts'

const id = 'joining-person-not-local-administrator'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { deviceRegistrationPolicy: [devicePolicy()] },
    wrong: [['everybody', { deviceRegistrationPolicy: [devicePolicy({}, { registeringUsers: 'allDeviceRegistrationMembership' })] }]],
    notSaid: [['a kind that we do not know', { deviceRegistrationPolicy: [devicePolicy({}, { registeringUsers: 'otherMembership' })] }]],
    emptyFact: 'deviceRegistrationPolicy',
  })
})
