import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'users-register-no-apps'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [['users can', { authorizationPolicy: [authorization({}, { allowedToCreateApps: true })] }]],
    emptyFact: 'authorizationPolicy',
  })
})
