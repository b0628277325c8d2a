import type { Baseline } from '../baseline.ts'

/** CISA SCuBA, Secure Configuration Baseline for Microsoft Entra ID; the tool counts a missing licence as not met. */
export const scubaBaseline: Baseline = {
  id: 'scuba',
  title: 'CISA SCuBA, Microsoft Entra ID',
  parameters: { globalAdministrators: { least: 2, most: 8 }, secretExpiry: { failDays: 7, warnDays: 30 } },
  policies: {
    'MS.AAD.1.1v1': ['legacy-authentication-blocked'],
    'MS.AAD.7.1v1': ['global-administrator-count'],
  },
  absentLicence: 'fail',
}
