import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'

const id = 'cross-tenant-defaults-closed'

function crossing(accessType: string | null, people: string, application: string) {
  const side = (target: string) => ({ accessType, targets: [{ target, targetType: null }] })
  return { usersAndGroups: side(people), applications: side(application) }
}
const closed = crossing('blocked', 'AllUsers', 'AllApplications')
const open = crossing('allowed', 'AllUsers', 'AllApplications')
const noTrust = { isMfaAccepted: false, isCompliantDeviceAccepted: false, isHybridAzureADJoinedDeviceAccepted: false }
const defaults = (change: object = {}) => ({
  b2bDirectConnectInbound: closed,
  b2bDirectConnectOutbound: closed,
  inboundTrust: noTrust,
  ...change,
})

describe(id, () => {
  describeSettingCheck({
    id,
    right: { crossTenantDefault: [defaults()] },
    wrong: [
      ['inward', { crossTenantDefault: [defaults({ b2bDirectConnectInbound: open })] }],
      ['outward', { crossTenantDefault: [defaults({ b2bDirectConnectOutbound: open })] }],
      ['blocked for some only', { crossTenantDefault: [defaults({ b2bDirectConnectInbound: crossing('blocked', 'u', 'a') })] }],
      [
        'an access that we do not know',
        { crossTenantDefault: [defaults({ b2bDirectConnectInbound: crossing('unknownFutureValue', 'AllUsers', 'AllApplications') })] },
      ],
      [
        'a name that we do not know',
        { crossTenantDefault: [defaults({ b2bDirectConnectInbound: crossing('allowed', 'AllUsers', 'unknownFutureValue') })] },
      ],
      ['null', { crossTenantDefault: [defaults({ b2bDirectConnectInbound: crossing(null, 'AllUsers', 'AllApplications') })] }],
    ],
    warn: [
      ['a trusted second factor', { crossTenantDefault: [defaults({ inboundTrust: { ...noTrust, isMfaAccepted: true } })] }, 'trusting'],
    ],
    emptyFact: 'crossTenantDefault',
  })

  it('passes where some people or some applications are named', () => {
    expect(
      outcome(id, { crossTenantDefault: [defaults({ b2bDirectConnectInbound: crossing('allowed', 'AllUsers', 'Office365') })] }).verdict,
    ).toBe('pass')
  })
})
