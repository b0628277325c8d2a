import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'administrators-reset-by-others'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [['they can', { authorizationPolicy: [authorization({ allowedToUseSSPR: true })] }]],
    emptyFact: 'authorizationPolicy',
  })
})
