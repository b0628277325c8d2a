import { defineCheck } from '../../check.ts'
import { principalOf, privilegedHolds, roleNames } from '../../rules/privileged.ts'
import { personObject } from '../../rules/people.ts'

export const privilegedUsersCloudOnly = defineCheck({
  id: 'privileged-users-cloud-only',
  code: 'PR-03',
  area: 'privilegedRoles',
  severity: 'high',
  title: 'Administrators have accounts that exist in the cloud only',
  failTitle: '{count, plural, one {# administrator has} other {# administrators have}} an account that comes from on premises',
  why: 'Whoever controls the directory on premises can set the password of a synchronised account, and with it take over the roles that it holds in the cloud.',
  reasons: {
    cloudOnly: 'No account with a privileged role is synchronised from on premises.',
    synchronised:
      '{count, plural, one {# account with a privileged role is} other {# accounts with a privileged role are}} tied to an account on premises.',
  },
  objectReason:
    '{synchronised, select, true {Synchronised from on premises} other {No longer synchronised, but still tied to an account on premises by its immutable id}}; holds {roles}.',
  remediation: [
    'Make a separate account in the cloud for each administrator, without a mailbox.',
    'Give that account the roles, best as eligible ones.',
    'Take the roles away from the synchronised account.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { scuba: ['MS.AAD.7.3v1'], cis: ['1.1.1'], zeroTrust: ['21814'], maester: ['MT.1026'], attack: ['T1556.007'] },

  each: ['users'],
  needs: ['privilegedPrincipals'],
  judge({ row }, { privilegedPrincipals }, { settings, parameters }) {
    const principal = principalOf(privilegedPrincipals, row.id)
    const holds = principal ? privilegedHolds(principal, settings) : []
    const isTied = parameters.formerlySynchronisedCounts && row.onPremisesImmutableId !== null && row.onPremisesImmutableId !== ''
    if (holds.length === 0 || (row.onPremisesSyncEnabled !== true && !isTied)) return []
    const values = { synchronised: String(row.onPremisesSyncEnabled === true), roles: roleNames(holds) }
    return [{ verdict: 'fail', object: personObject('users', row, values) }]
  },
  summary: { pass: 'cloudOnly', fail: 'synchronised', warn: 'synchronised' },
})
