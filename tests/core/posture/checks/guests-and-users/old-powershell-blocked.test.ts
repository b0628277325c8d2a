import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'old-powershell-blocked'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [['not blocked', { authorizationPolicy: [authorization({ blockMsolPowerShell: false })] }]],
    notSaid: [['null', { authorizationPolicy: [authorization({ blockMsolPowerShell: null })] }]],
    emptyFact: 'authorizationPolicy',
  })
})
