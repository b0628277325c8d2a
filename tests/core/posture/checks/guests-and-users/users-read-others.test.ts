import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'users-read-others'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [],
    warn: [['users cannot', { authorizationPolicy: [authorization({}, { allowedToReadOtherUsers: false })] }, 'wrong']],
    emptyFact: 'authorizationPolicy',
  })
})
