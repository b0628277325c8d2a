import { defineCheck } from '../../check.ts'
import { restrictionVerdict } from '../../rules/app-management.ts'
import { enterprisePage } from '../../rules/application-objects.ts'

export const appSecretsBlocked = defineCheck({
  id: 'app-secrets-blocked',
  code: 'APP-33',
  area: 'applications',
  severity: 'medium',
  title: 'Nobody can add a secret to an application',
  failTitle: 'Secrets can be added to applications',
  why: 'A rule that the directory enforces ends the discussion about every single secret. Applications then use certificates, federation or managed identities.',
  reasons: {
    everywhere: 'No secret can be added to any application.',
    off: 'The default policy for applications is switched off.',
    applications: 'The default policy does not keep secrets from all app registrations, those that already existed among them.',
    servicePrincipals: 'The default policy does not keep secrets from all enterprise applications, those that already existed among them.',
    exceptions: '{count, plural, one {# policy lifts} other {# policies lift}} the rule for some applications.',
  },
  objectReason: 'This policy lifts the restriction for {applications, plural, one {# application} other {# applications}}.',
  remediation: [
    'Find out which applications still need a secret, and move them to something else or name them as exceptions.',
    'Enable the restriction passwordAddition in the default app management policy, for all applications and enterprise applications.',
  ],
  portal: enterprisePage,
  frameworks: { scuba: ['MS.AAD.5.5v1'], cis: ['5.1.5.3', '5.1.5.4'], maester: ['MT.1002'], attack: ['T1098.001'] },

  needs: ['defaultAppManagementPolicy', 'appManagementPolicies'],
  judge(policies) {
    return restrictionVerdict({ list: 'passwordCredentials', type: 'passwordAddition' }, policies)
  },
})
