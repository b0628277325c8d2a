import { describe, expect, it } from '@jest/globals'
import { coveringPolicy } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { method, methodsPolicy } from '../../../../build/tenant-policies.ts'

const id = 'authenticator-shows-context'

const strong = coveringPolicy('p', { controls: [], grant: { authenticationStrength: { id: 's', allowedCombinations: ['fido2'] } } })

function shown(change: object = {}, isSoftwareOathEnabled: boolean | null = false) {
  const feature = { state: 'enabled', includeTarget: { id: 'all_users', targetType: 'group' }, excludeTarget: null }
  const featureSettings = {
    displayAppInformationRequiredState: { ...feature, ...change },
    displayLocationInformationRequiredState: feature,
  }
  return methodsPolicy([method('MicrosoftAuthenticator', 'enabled', { isSoftwareOathEnabled, featureSettings })])
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationMethodsPolicy: [shown()], conditionalAccessPolicies: [] },
    wrong: [
      ['application left to Microsoft', { authenticationMethodsPolicy: [shown({ state: 'default' })] }, 'wrong'],
      ['application for a group', { authenticationMethodsPolicy: [shown({ includeTarget: { id: 'g', targetType: 'group' } })] }, 'wrong'],
      [
        'application not for a group',
        { authenticationMethodsPolicy: [shown({ excludeTarget: { id: 'g', targetType: 'group' } })] },
        'wrong',
      ],
      ['codes allowed', { authenticationMethodsPolicy: [shown({}, true)] }, 'codes'],
    ],
    notSaid: [
      ['not listed', { authenticationMethodsPolicy: [methodsPolicy()] }],
      [
        'no settings',
        { authenticationMethodsPolicy: [methodsPolicy([method('MicrosoftAuthenticator', 'enabled', { isSoftwareOathEnabled: false })])] },
      ],
      ['codes null', { authenticationMethodsPolicy: [shown({}, null)] }],
    ],
    notApplicable: [
      ['switched off', { authenticationMethodsPolicy: [methodsPolicy([method('MicrosoftAuthenticator', 'disabled')])] }, 'off'],
      ['a stronger method for everybody', { conditionalAccessPolicies: [strong] }, 'resistant'],
    ],
    emptyFact: 'authenticationMethodsPolicy',
  })

  it('takes zeros for nobody who is left out', () => {
    const nobody = { excludeTarget: { id: '00000000-0000-0000-0000-000000000000', targetType: 'group' } }
    expect(outcome(id, { authenticationMethodsPolicy: [shown(nobody)], conditionalAccessPolicies: [] }).verdict).toBe('pass')
  })

  it('does not mind the codes of the app under CIS', () => {
    const given = { authenticationMethodsPolicy: [shown({}, true)], conditionalAccessPolicies: [] }
    expect([outcome(id, given, { baseline: 'cis' }).verdict, outcome(id, given, { baseline: 'scuba' }).verdict]).toEqual(['pass', 'fail'])
  })
})
