import { defineCheck } from '../../check.ts'
import { restrictionVerdict } from '../../rules/app-management.ts'
import { enterprisePage } from '../../rules/application-objects.ts'

export const appCertificateLifetimeLimited = defineCheck({
  id: 'app-certificate-lifetime-limited',
  code: 'APP-35',
  area: 'applications',
  severity: 'medium',
  title: 'New certificates of applications end within a year',
  failTitle: 'Certificates of applications can be valid for long',
  why: 'A limit that the directory enforces bounds the damage of every private key that gets out.',
  reasons: {
    everywhere: 'A new certificate of an application is valid for at most {days} days.',
    off: 'The default policy for applications is switched off.',
    applications: 'The default policy does not limit the certificates of all app registrations to {days} days.',
    servicePrincipals: 'The default policy does not limit the certificates of all enterprise applications to {days} days.',
    exceptions: '{count, plural, one {# policy lifts} other {# policies lift}} the limit for some applications.',
  },
  objectReason: 'This policy lifts the restriction for {applications, plural, one {# application} other {# applications}}.',
  remediation: [
    'Enable the restriction asymmetricKeyLifetime with P365D in the default app management policy, for all applications and enterprise applications.',
    'Renew long certificates on the way.',
  ],
  portal: enterprisePage,
  frameworks: { scuba: ['MS.AAD.5.7v1'], cis: ['5.1.5.6'] },

  needs: ['defaultAppManagementPolicy', 'appManagementPolicies'],
  judge(policies) {
    return restrictionVerdict({ list: 'keyCredentials', type: 'asymmetricKeyLifetime', mostDays: 366 }, policies)
  },
})
