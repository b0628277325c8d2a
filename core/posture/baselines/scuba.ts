import type { Baseline } from '../baseline.ts'
import { limitedGuest, restrictedGuest } from '../rows/guest-roles.ts'

/** CISA SCuBA, Secure Configuration Baseline for Microsoft Entra ID; the tool counts a missing licence as not met. */
export const scubaBaseline: Baseline = {
  id: 'scuba',
  title: 'CISA SCuBA, Microsoft Entra ID',
  parameters: {
    globalAdministrators: { least: 2, most: 8 },
    secretExpiry: { failDays: 7, warnDays: 30 },
    conditionalAccess: { signInRiskLevels: ['high'], riskRemediationSuffices: false },
    guestRoleIds: [limitedGuest, restrictedGuest],
    deviceQuota: 20,
  },
  policies: {
    'MS.AAD.1.1v1': ['legacy-authentication-blocked'],
    'MS.AAD.2.1v1': ['high-user-risk-blocked'],
    'MS.AAD.2.2v1': ['high-risk-notified'],
    'MS.AAD.2.3v1': ['high-sign-in-risk-blocked'],
    'MS.AAD.3.1v1': ['phishing-resistant-for-everybody'],
    'MS.AAD.3.2v2': ['second-factor-for-everybody'],
    'MS.AAD.3.6v1': ['phishing-resistant-for-privileged-roles'],
    'MS.AAD.3.7v1': ['managed-device-required'],
    'MS.AAD.3.8v1': ['managed-device-for-security-info'],
    'MS.AAD.3.9v1': ['device-code-flow-blocked'],
    'MS.AAD.4.1v1': ['logs-exported'],
    'MS.AAD.7.1v1': ['global-administrator-count'],
    'MS.AAD.7.2v1': ['fewer-global-administrators-than-others'],
    'MS.AAD.7.3v1': ['privileged-users-cloud-only'],
    'MS.AAD.7.4v1': ['no-permanent-privileged-assignment'],
    'MS.AAD.7.5v1': ['no-assignment-outside-pim'],
    'MS.AAD.7.6v1': ['global-administrator-activation-approved'],
    'MS.AAD.7.7v1': ['privileged-assignment-alerts'],
    'MS.AAD.7.8v1': ['global-administrator-activation-alert'],
    'MS.AAD.7.9v1': ['privileged-activation-alerts'],
    'MS.AAD.8.3v1': ['invitations-to-allowed-domains'],
  },
  absentLicence: 'fail',
}
