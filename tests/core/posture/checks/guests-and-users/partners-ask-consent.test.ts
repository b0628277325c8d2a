import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'

const id = 'partners-ask-consent'

const partner = (tenantId: string, inboundAllowed: boolean | null, outboundAllowed: boolean | null) => ({
  tenantId,
  inboundTrust: null,
  automaticUserConsentSettings: { inboundAllowed, outboundAllowed },
})

describe(id, () => {
  describeSettingCheck({
    id,
    right: { crossTenantPartners: [partner('a', null, null), partner('b', false, false)] },
    wrong: [],
    warn: [
      ['inward', { crossTenantPartners: [partner('a', true, false)] }, 'automatic'],
      ['outward', { crossTenantPartners: [partner('a', null, true)] }, 'automatic'],
    ],
    licence: 'p1',
  })
})
