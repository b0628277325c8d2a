import { defineCheck } from '../../check.ts'
import { restrictionVerdict } from '../../rules/app-management.ts'
import { enterprisePage } from '../../rules/application-objects.ts'

export const appSecretLifetimeLimited = defineCheck({
  id: 'app-secret-lifetime-limited',
  code: 'APP-34',
  area: 'applications',
  severity: 'medium',
  title: 'New secrets of applications end within half a year',
  failTitle: 'Secrets of applications can be valid for long',
  why: 'A limit that the directory enforces bounds the damage of every copy of a secret that gets out.',
  reasons: {
    everywhere: 'A new secret of an application is valid for at most {days} days.',
    secretsBlocked: 'No secret can be added at all, so none can be valid for long.',
    off: 'The default policy for applications is switched off.',
    applications: 'The default policy does not limit the secrets of all app registrations to {days} days.',
    servicePrincipals: 'The default policy does not limit the secrets of all enterprise applications to {days} days.',
    exceptions: '{count, plural, one {# policy lifts} other {# policies lift}} the limit for some applications.',
  },
  objectReason: 'This policy lifts the restriction for {applications, plural, one {# application} other {# applications}}.',
  remediation: [
    'Enable the restriction passwordLifetime with P180D in the default app management policy, for all applications and enterprise applications.',
    'Tell the teams that renew secrets once a year.',
  ],
  portal: enterprisePage,
  frameworks: { scuba: ['MS.AAD.5.6v1'], cis: ['5.1.5.5'] },

  needs: ['defaultAppManagementPolicy', 'appManagementPolicies'],
  judge(policies) {
    const blocked = restrictionVerdict({ list: 'passwordCredentials', type: 'passwordAddition' }, policies)
    if (blocked.verdict === 'pass') return { ...blocked, reason: 'secretsBlocked' }
    return restrictionVerdict({ list: 'passwordCredentials', type: 'passwordLifetime', mostDays: 181 }, policies)
  },
})
