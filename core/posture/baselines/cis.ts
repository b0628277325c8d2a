import type { Baseline } from '../baseline.ts'

/** CIS Microsoft 365 Foundations Benchmark, numbered as in version 7.0. */
export const cisBaseline: Baseline = {
  id: 'cis',
  title: 'CIS Microsoft 365 Foundations Benchmark 7.0',
  parameters: { globalAdministrators: { least: 2, most: 4 }, secretExpiry: { failDays: 7, warnDays: 30 } },
  policies: {
    '1.1.3': ['global-administrator-count'],
    '5.2.2.3': ['legacy-authentication-blocked'],
  },
  absentLicence: 'notApplicable',
}
