import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { authorization } from '../../../../build/tenant-policies.ts'

const id = 'email-sign-up-off'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authorizationPolicy: [authorization()] },
    wrong: [
      ['people can join', { authorizationPolicy: [authorization({ allowEmailVerifiedUsersToJoinOrganization: true })] }],
      ['people can sign up', { authorizationPolicy: [authorization({ allowedToSignUpEmailBasedSubscriptions: true })] }],
    ],
    emptyFact: 'authorizationPolicy',
  })
})
