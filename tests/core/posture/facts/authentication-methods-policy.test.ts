import { describe, expect, it } from '@jest/globals'
import { authenticationMethodsPolicy } from '../../../../core/posture/facts/authentication-methods-policy.ts'
import { parsed, publishedRows, refusal, spoiled, withMember } from '../../../build/parsing.ts'

const rows = publishedRows('get-authentication-methods-policy')

describe('authentication-methods-policy', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    const [policy] = parsed(authenticationMethodsPolicy, rows)
    expect(policy).toMatchObject({ policyMigrationState: 'notSaid', reportSuspiciousActivitySettings: null })
    expect(policy?.authenticationMethodConfigurations.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'Fido2 disabled',
      'MicrosoftAuthenticator disabled',
      'Sms enabled',
      'TemporaryAccessPass disabled',
      'Email enabled',
    ])
    expect(policy?.authenticationMethodConfigurations[0]).toMatchObject({
      isAttestationEnforced: true,
      keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] },
      isUsableOnce: null,
    })
  })

  it('refuses one method given twice', () => {
    const fido = { id: 'fido2', state: 'enabled' }
    const methods = [fido, { ...fido, id: 'Fido2', state: 'disabled' }]
    expect(refusal(authenticationMethodsPolicy, withMember(rows[0], 'authenticationMethodConfigurations', methods))).toContain(
      'given twice',
    )
  })

  it.each([
    'id',
    'authenticationMethodConfigurations',
    'authenticationMethodConfigurations.0.id',
    'authenticationMethodConfigurations.0.state',
  ])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(authenticationMethodsPolicy, row)).toContain(path)
  })
})
