import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const methodsMigrationComplete = defineCheck({
  id: 'methods-migration-complete',
  code: 'AM-01',
  area: 'authentication',
  severity: 'high',
  title: 'Sign-in methods are managed in one place',
  failTitle: 'Sign-in methods are still managed in older places as well',
  why: 'Until the migration is complete, the older policies for multifactor authentication and password reset still allow methods that the new policy forbids.',
  reasons: {
    notSaid,
    right: 'The older policies no longer count.',
    wrong: 'The migration to the authentication methods policy stands at {state}. The older policies still count.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Note which methods the older policies for multifactor authentication and self-service password reset allow.',
    'Allow the ones that you want in the authentication methods policy.',
    'Set the migration to complete.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: { scuba: ['MS.AAD.3.4v1'], eidsca: ['EIDSCA.AG01'], zeroTrust: ['21803'] },

  needs: ['authenticationMethodsPolicy'],
  judge({ authenticationMethodsPolicy }) {
    const state = authenticationMethodsPolicy[0]?.policyMigrationState
    // Null: a tenant so new that there never was an older policy.
    const isComplete = state === undefined || state === 'notSaid' ? null : state === null || state === 'migrationComplete'
    return judgeSetting('authenticationMethodsPolicy', isComplete, { state: state ?? 'none' })
  },
})
