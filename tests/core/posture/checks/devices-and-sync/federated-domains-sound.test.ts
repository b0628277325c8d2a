import { describe, expect, it } from '@jest/globals'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'

const id = 'federated-domains-sound'

const domain = { id: 'contoso.com', authenticationType: 'Federated', isVerified: true, isRoot: true, passwordValidityPeriodInDays: null }
function federation(federatedIdpMfaBehavior: string | null) {
  return { id: 'f', parentId: 'contoso.com', displayName: null, issuerUri: null, federatedIdpMfaBehavior }
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { domains: [domain], federationConfigurations: [federation('rejectMfaByFederatedIdp')] },
    wrong: [],
    warn: [
      ['accepts', { federationConfigurations: [federation('acceptIfMfaDoneByFederatedIdp')] }, 'unsound'],
      ['null', { federationConfigurations: [federation(null)] }, 'unsound'],
      ['a federation of which nothing is said', { federationConfigurations: [] }, 'unsound'],
      ['unverified', { domains: [domain, { ...domain, id: 'new.com', isVerified: false }] }, 'unsound'],
    ],
  })

  it('names each domain and what is wrong with it', () => {
    const given = {
      domains: [domain, { ...domain, id: 'new.com', isVerified: false }],
      federationConfigurations: [federation('enforceMfaByFederatedIdp')],
    }
    const verdict = outcome(id, given)
    expect(objectsOf(verdict)).toEqual(['contoso.com/trusting', 'new.com/unverified'])
    expect(sentence(id, verdict)).toContain('contoso.com, new.com')
  })
})
