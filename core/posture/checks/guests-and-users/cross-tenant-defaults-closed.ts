import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { isOpen } from '../../rules/cross-tenant-access.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const crossTenantDefaultsClosed = defineCheck({
  id: 'cross-tenant-defaults-closed',
  code: 'GU-08',
  area: 'guestsAndUsers',
  severity: 'medium',
  title: 'Other tenants connect only where it was agreed',
  failTitle: 'Every other tenant may connect directly',
  why: 'Direct connect lets people of another tenant into shared channels without a guest account. As a default for all tenants it leaves nobody to ask.',
  reasons: {
    notSaid,
    right: 'Direct connection is closed by default, and nothing is believed of other tenants without an agreement.',
    wrong:
      'By default every tenant may connect directly: {directions, select, both {inward and outward} inbound {inward} other {outward}}.',
    trusting: 'Direct connection is closed, but the second factor or the device of every other tenant is believed.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In the default settings of cross-tenant access, block B2B direct connect inward and outward.',
    'Add the partners that need it as organisations with settings of their own.',
    'Trust the second factor or device of partners one by one, not by default.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/CrossTenantAccessSettings',
  frameworks: { zeroTrust: ['21790'] },

  needs: ['crossTenantDefault'],
  judge({ crossTenantDefault }): Verdict {
    const [policy] = crossTenantDefault
    if (!policy) return judgeSetting('crossTenantDefault', null)
    const [inbound, outbound] = [isOpen(policy.b2bDirectConnectInbound), isOpen(policy.b2bDirectConnectOutbound)]
    const values = { directions: inbound && outbound ? 'both' : inbound ? 'inbound' : 'outbound' }
    const verdict = judgeSetting('crossTenantDefault', !inbound && !outbound, values)
    const isTrusting = Object.values(policy.inboundTrust).some((isAccepted) => isAccepted === true)
    return verdict.verdict === 'pass' && isTrusting ? { ...verdict, verdict: 'warn', reason: 'trusting', objects: [] } : verdict
  },
})
