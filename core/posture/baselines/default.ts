import type { Baseline } from '../baseline.ts'
import { commonParameters } from './common.ts'
import { limitedGuest, restrictedGuest } from '../rows/guest-roles.ts'

/** Our own parameters: CISA's range for administrators, a month's notice for secrets. */
export const defaultBaseline: Baseline = {
  id: 'default',
  title: 'Countersign',
  parameters: {
    globalAdministrators: { least: 2, most: 8 },
    secretExpiry: { failDays: 7, warnDays: 30 },
    conditionalAccess: { signInRiskLevels: ['high'], riskRemediationSuffices: false, inOnePolicy: false },
    guestRoleIds: [limitedGuest, restrictedGuest],
    authenticatorCodesAllowed: false,
    lowImpactConsentAllowed: true,
    formerlySynchronisedCounts: true,
    deviceQuota: 20,
    ...commonParameters,
  },
  policies: {},
  absentLicence: 'notApplicable',
}
