import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'users-create-no-tenants'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [['users can', { authorizationPolicy: [authorization({}, { allowedToCreateTenants: true })] }]],
    notSaid: [['null', { authorizationPolicy: [authorization({}, { allowedToCreateTenants: null })] }]],
    emptyFact: 'authorizationPolicy',
  })
})
