import { describe, expect, it } from '@jest/globals'
import { federationConfigurations } from '../../../../core/posture/facts/federation-configurations.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-federation-configuration').map((row) => ({ ...row, parentId: 'contoso.com' }))

describe('federation-configurations', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(federationConfigurations, rows)).toMatchObject([
      { parentId: 'contoso.com', displayName: 'Contoso', federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp' },
    ])
  })

  it('is read for each federated domain', () => {
    const domain = {
      id: 'contoso.com',
      authenticationType: 'Federated',
      isVerified: true,
      isRoot: true,
      passwordValidityPeriodInDays: null,
    }
    const each = federationConfigurations.source.each
    expect([each?.when(domain), each?.when({ ...domain, authenticationType: 'Managed' }), each?.id(domain)]).toEqual([
      true,
      false,
      'contoso.com',
    ])
  })

  it.each(['id', 'parentId'])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(federationConfigurations, row)).toContain(path)
  })
})
