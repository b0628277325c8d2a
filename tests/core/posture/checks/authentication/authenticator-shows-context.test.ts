import { describe, expect, it } from '@jest/globals'
import { authenticatorShowsContext } from '../../../../../core/posture/checks/authentication/authenticator-shows-context.ts'
import { explain } from '../../../../../core/posture/explain.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
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

  it('says that it does not apply by a value of the tenant’s own', () => {
    const grant = { authenticationStrength: { id: 's', allowedCombinations: ['fido2'] } }
    const parts = [
      coveringPolicy('p', { controls: [], grant, users: { excludeGroups: ['g'] } }),
      coveringPolicy('q', { controls: [], grant, users: { includeUsers: [], includeGroups: ['g'] } }),
    ]
    const given = { authenticationMethodsPolicy: [shown({}, true)], conditionalAccessPolicies: parts }
    expect(outcome(id, given, { baseline: 'scuba' })).toMatchObject({ verdict: 'fail', reason: 'codes' })
    const override = { parameter: 'inOnePolicy', value: false, reason: 'Two teams', by: 'o', byName: 'Olga', at: '2026-01-01T00:00:00Z' }
    const own = outcome(id, given, { baseline: 'scuba', settings: settingsSchema.parse({ overrides: [override] }) })
    expect(own).toMatchObject({ verdict: 'notApplicable', reason: 'resistant', ownValues: [{ parameter: 'inOnePolicy', value: false }] })
    expect(explain(authenticatorShowsContext, own).reason).toMatch(
      /^Conditional Access asks everybody .* Own value, One policy must cover all by itself: no/,
    )
  })
})
