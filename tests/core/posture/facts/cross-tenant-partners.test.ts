import { describe, expect, it } from '@jest/globals'
import { crossTenantPartners } from '../../../../core/posture/facts/cross-tenant-partners.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-cross-tenant-partners')

describe('cross-tenant-partners', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(crossTenantPartners, rows)).toEqual([
      {
        tenantId: '123f4846-ba00-4fd7-ba43-dac1f8f63013',
        inboundTrust: null,
        automaticUserConsentSettings: { inboundAllowed: null, outboundAllowed: null },
      },
    ])
  })

  it.each(['tenantId'])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(crossTenantPartners, row)).toContain(path)
  })
})
