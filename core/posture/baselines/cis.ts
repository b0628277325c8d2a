import type { Baseline } from '../baseline.ts'
import { restrictedGuest } from '../rows/guest-roles.ts'

/** CIS Microsoft 365 Foundations Benchmark, numbered as in version 7.0. */
export const cisBaseline: Baseline = {
  id: 'cis',
  title: 'CIS Microsoft 365 Foundations Benchmark 7.0',
  parameters: {
    globalAdministrators: { least: 2, most: 4 },
    secretExpiry: { failDays: 7, warnDays: 30 },
    conditionalAccess: { signInRiskLevels: ['high', 'medium'], riskRemediationSuffices: true },
    guestRoleIds: [restrictedGuest],
    deviceQuota: 20,
  },
  policies: {
    '1.1.1': ['privileged-users-cloud-only'],
    '1.1.2': ['emergency-access-accounts', 'emergency-accounts-have-keys'],
    '1.1.3': ['global-administrator-count'],
    '1.1.4': ['global-administrators-without-mailbox'],
    '1.2.1': ['public-groups-reviewed'],
    '5.1.2.1': ['per-user-mfa-off'],
    '5.1.3.4': ['group-creation-restricted'],
    '5.1.6.1': ['invitations-to-allowed-domains'],
    '5.2.2.1': ['second-factor-for-administrators'],
    '5.2.2.2': ['second-factor-for-everybody'],
    '5.2.2.3': ['legacy-authentication-blocked'],
    '5.2.2.5': ['phishing-resistant-for-privileged-roles'],
    '5.2.2.6': ['high-user-risk-blocked'],
    '5.2.2.7': ['high-sign-in-risk-blocked'],
    '5.2.2.8': ['high-sign-in-risk-blocked'],
    '5.2.2.9': ['managed-device-required'],
    '5.2.2.10': ['managed-device-for-security-info'],
    '5.2.2.12': ['device-code-flow-blocked'],
    '5.2.2.14': ['trusted-locations-defined'],
    '5.2.2.17': ['authentication-transfer-blocked'],
    '5.2.3.4': ['members-ready-for-second-factor'],
    '5.3.1': ['no-permanent-privileged-assignment'],
    '5.3.2': ['access-reviews-in-place'],
    '5.3.3': ['access-reviews-in-place'],
    '5.3.4': ['global-administrator-activation-approved'],
    '5.3.5': ['privileged-role-administrator-activation-approved'],
  },
  absentLicence: 'notApplicable',
}
