import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { directorySettings } from '../../../../build/tenant-policies.ts'

const id = 'lockout-lasts'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { groupSettings: [directorySettings('passwords', { LockoutDurationInSeconds: '60' })] },
    wrong: [['59', { groupSettings: [directorySettings('passwords', { LockoutDurationInSeconds: '59' })] }]],
    notSaid: [
      ['no number', { groupSettings: [directorySettings('passwords', { LockoutDurationInSeconds: '' })] }],
      ['null', { groupSettings: [directorySettings('passwords', { LockoutDurationInSeconds: null })] }],
    ],
    licence: 'p1',
  })

  it("passes where nobody changed it: the service's own value holds", () => {
    expect(outcome(id, { groupSettings: [] })).toMatchObject({ verdict: 'pass', reason: 'right' })
    const other = directorySettings('unifiedGroups', { LockoutThreshold: '99', LockoutDurationInSeconds: '1' })
    expect(outcome(id, { groupSettings: [other] }).verdict).toBe('pass')
  })
})
