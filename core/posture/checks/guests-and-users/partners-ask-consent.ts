import { defineCheck } from '../../check.ts'
import type { AffectedObject, Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'

export const partnersAskConsent = defineCheck({
  id: 'partners-ask-consent',
  code: 'GU-09',
  area: 'guestsAndUsers',
  severity: 'low',
  title: "Partners' people are asked before they come in",
  failTitle: '{count, plural, one {A partner tenant skips} other {# partner tenants skip}} the question to its people',
  why: 'Automatic redemption lets a whole partner tenant in and out without a person ever agreeing. It is meant for tenants of one company.',
  reasons: {
    right: 'No partner tenant redeems invitations by itself.',
    automatic: '{count, plural, one {One partner tenant redeems} other {# partner tenants redeem}} invitations without asking the person.',
  },
  objectReason: 'Its invitations are redeemed without asking the person.',
  remediation: ['Compare the list with the tenants that belong to your company.', 'Switch off automatic redemption for every other one.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/CrossTenantAccessSettings',
  frameworks: {},
  licence: 'p1',

  needs: ['crossTenantPartners'],
  judge({ crossTenantPartners }): Verdict {
    const automatic = crossTenantPartners.filter(
      ({ automaticUserConsentSettings: consent }) => consent?.inboundAllowed === true || consent?.outboundAllowed === true,
    )
    const basis = [factKey('crossTenantPartners', '')]
    if (automatic.length === 0) return { verdict: 'pass', reason: 'right', values: {}, basis }
    const objects = automatic.map(({ tenantId }): AffectedObject => {
      return { type: 'tenant', id: tenantId, name: tenantId, basis: [factKey('crossTenantPartners', tenantId)] }
    })
    return { verdict: 'warn', reason: 'automatic', values: { count: automatic.length }, objects, basis }
  },
})
