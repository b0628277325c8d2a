import { describe, expect, it } from '@jest/globals'
import { crossTenantDefault } from '../../../../core/posture/facts/cross-tenant-default.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('get-cross-tenant-default')

describe('cross-tenant-default', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(crossTenantDefault, rows)).toMatchObject([
      {
        b2bDirectConnectInbound: { usersAndGroups: { accessType: 'blocked', targets: [{ target: 'AllUsers' }] } },
        inboundTrust: { isMfaAccepted: false },
      },
    ])
  })

  it.each([
    'inboundTrust',
    'b2bDirectConnectInbound',
    'b2bDirectConnectInbound.usersAndGroups',
    'b2bDirectConnectOutbound.applications.targets',
  ])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(crossTenantDefault, row)).toContain(path)
  })
})
