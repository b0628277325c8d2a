import { describe } from '@jest/globals'
import { authorization } from '../../../../build/applications.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { directorySettings } from '../../../../build/tenant-policies.ts'

const id = 'risky-consent-stepped-up'
const settings = (value: string) => ({ groupSettings: [directorySettings('consent', { BlockUserConsentForRiskyApps: value })] })

describe(id, () => {
  describeSettingCheck({
    id,
    right: { ...settings('True'), authorizationPolicy: [{ ...authorization(), allowUserConsentForRiskyApps: null }] },
    wrong: [
      ['the step-up is off', settings('False')],
      ['the policy allows it', { authorizationPolicy: [{ ...authorization(), allowUserConsentForRiskyApps: true }] }],
      [
        'never changed, and the policy allows it',
        { groupSettings: [], authorizationPolicy: [{ ...authorization(), allowUserConsentForRiskyApps: true }] },
      ],
    ],
    notSaid: [['a switch that says neither', settings('perhaps')]],
    emptyFact: 'authorizationPolicy',
  })
})
