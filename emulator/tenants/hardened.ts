import { plantCommonGround } from './common-ground.ts'
import { namedPerson, plantStaff } from './people.ts'
import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import { put } from './tenant.ts'

/** A tenant where the checks for expired and expiring secrets, legacy sign-in and the number of Global Administrators all pass. */
export function plantHardened(planter: Planter): void {
  const { microsoftGraph } = plantCommonGround(planter, { securityDefaults: false, seats: 40, ageDays: 900 })
  const ada = namedPerson(planter, {
    key: 'ada',
    displayName: 'Ada Virtanen',
    jobTitle: 'Head of IT',
    department: 'IT',
    why: 'the administrator',
  })
  namedPerson(
    planter,
    { key: 'aid', displayName: 'Service desk aid', jobTitle: 'Service account', department: 'IT', why: 'roles come over the control port' },
    { mail: null, signInActivity: null },
  )
  const emergency = ['emergency-1', 'emergency-2'].map((key) =>
    namedPerson(
      planter,
      { key, displayName: `Emergency access ${key.slice(-1)}`, jobTitle: 'Emergency account', department: 'IT', why: 'break-glass' },
      {
        userPrincipalName: `${key}@${planter.initialDomain}`,
        mail: null,
        signInActivity: null,
      },
    ),
  )
  const staff = plantStaff(planter, 24, undefined)
  const enabled = staff.filter((row) => row['accountEnabled'] === true)
  // Three Global Administrators: two to eight is right.
  for (const row of [ada, ...emergency]) planter.role(row.id, roleIdByName('Global Administrator'))
  for (const row of enabled.slice(0, 2)) planter.role(row.id, roleIdByName('Security Administrator'))
  for (const row of enabled.slice(2, 5)) planter.role(row.id, roleIdByName('User Administrator'))
  planter.group(
    'all-staff',
    { displayName: 'All staff' },
    staff.map((row) => ({ id: row.id, type: 'user' })),
  )

  // No exclusion and nothing that narrows it: the legacy block that passes.
  planter.policy(
    'legacy',
    'Block legacy authentication',
    'enabled',
    { clientAppTypes: ['exchangeActiveSync', 'other'] },
    {},
    { builtInControls: ['block'] },
    600,
  )
  planter.policy('mfa', 'Require multifactor authentication for everyone', 'enabled', {}, {}, { builtInControls: ['mfa'] }, 600)
  // Secrets that live a while yet, certificates, and applications without either.
  const secret = { name: 'rotated', startsInDays: -30, endsInDays: 140 }
  for (const [index, name] of [
    'Absence calendar',
    'Device lending',
    'Document scanner',
    'Helpdesk mail robot',
    'Travel desk',
    'Visitor log',
  ].entries()) {
    const { servicePrincipal } = planter.application(
      `app-${index}`,
      { displayName: name },
      index % 3 === 0 ? { secrets: [secret] } : index % 3 === 1 ? { certificates: [{ ...secret, endsInDays: 300 }] } : {},
    )
    planter.grant(servicePrincipal.id, microsoftGraph.id, 'openid profile User.Read')
  }
  put(planter.tenant, 'policies/authorizationPolicy', {
    ...planter.tenant.collections.get('policies/authorizationPolicy')?.get('authorizationPolicy'),
    id: 'authorizationPolicy',
    allowInvitesFrom: 'adminsAndGuestInviters',
    guestUserRoleId: '2af84b1e-32c8-42b7-82bc-daa82404023b',
    allowedToSignUpEmailBasedSubscriptions: false,
    blockMsolPowerShell: true,
    defaultUserRolePermissions: {
      allowedToCreateApps: false,
      allowedToCreateSecurityGroups: false,
      allowedToCreateTenants: false,
      allowedToReadBitlockerKeysForOwnedDevice: false,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: [],
    },
  })
}
