import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { devicePolicy } from '../../../../build/tenant-policies.ts'

const id = 'device-join-restricted'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { deviceRegistrationPolicy: [devicePolicy()] },
    wrong: [['everybody', { deviceRegistrationPolicy: [devicePolicy({}, { allowedToJoin: 'allDeviceRegistrationMembership' })] }]],
    notSaid: [['a kind that we do not know', { deviceRegistrationPolicy: [devicePolicy({}, { allowedToJoin: 'otherMembership' })] }]],
    emptyFact: 'deviceRegistrationPolicy',
  })
})
