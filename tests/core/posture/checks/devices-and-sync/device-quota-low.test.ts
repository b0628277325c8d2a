import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { devicePolicy } from '../../../../build/tenant-policies.ts'

const id = 'device-quota-low'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { deviceRegistrationPolicy: [devicePolicy()] },
    wrong: [
      ['21', { deviceRegistrationPolicy: [devicePolicy({ userDeviceQuota: 21 })] }],
      ['no limit', { deviceRegistrationPolicy: [devicePolicy({ userDeviceQuota: 0 })] }],
      ['unlimited', { deviceRegistrationPolicy: [devicePolicy({ userDeviceQuota: 2147483647 })] }],
    ],
    emptyFact: 'deviceRegistrationPolicy',
  })

  it('passes with twenty', () => {
    expect(outcome(id, { deviceRegistrationPolicy: [devicePolicy({ userDeviceQuota: 20 })] }).verdict).toBe('pass')
  })
})
