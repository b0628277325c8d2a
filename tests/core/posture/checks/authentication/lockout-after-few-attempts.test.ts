import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { directorySettings } from '../../../../build/tenant-policies.ts'

const id = 'lockout-after-few-attempts'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { groupSettings: [directorySettings('passwords', { LockoutThreshold: '10' })] },
    wrong: [
      ['eleven', { groupSettings: [directorySettings('passwords', { LockoutThreshold: '11' })] }],
      ['none, which locks nobody out', { groupSettings: [directorySettings('passwords', { LockoutThreshold: '0' })] }],
    ],
    notSaid: [
      ['no number', { groupSettings: [directorySettings('passwords', { LockoutThreshold: 'ten' })] }],
      ['null', { groupSettings: [directorySettings('passwords', { LockoutThreshold: null })] }],
      ['left out', { groupSettings: [directorySettings('passwords', {})] }],
    ],
    licence: 'p1',
  })

  it("passes where nobody changed it: the service's own value holds", () => {
    expect(outcome(id, { groupSettings: [] })).toMatchObject({ verdict: 'pass', reason: 'right' })
    const other = directorySettings('unifiedGroups', { LockoutThreshold: '99', LockoutDurationInSeconds: '1' })
    expect(outcome(id, { groupSettings: [other] }).verdict).toBe('pass')
  })
})
