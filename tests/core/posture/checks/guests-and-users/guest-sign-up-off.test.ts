import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'

const id = 'guest-sign-up-off'

const flows = (isEnabled: boolean) => ({ id: 'authenticationFlowsPolicy', selfServiceSignUp: { isEnabled } })

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationFlowsPolicy: [flows(false)] },
    wrong: [['switched on', { authenticationFlowsPolicy: [flows(true)] }]],
    emptyFact: 'authenticationFlowsPolicy',
  })
})
