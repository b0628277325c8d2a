import { plantCommonGround } from './common-ground.ts'
import { plantHardenedAccess } from './hardened-access.ts'
import { lastSignIn, namedPerson, plantStaff } from './people.ts'
import type { Planter } from './planter.ts'
import { isPrivilegedRole, roleIdByName } from './reference.ts'
import { assignLicences, plantRegistrations, plantSecureScores, plantSignIn, strong } from './reports.ts'
import { plantGroupRules, plantRoleRules, shippedRules } from './role-rules.ts'
import type { RoleRules } from './role-rules.ts'
import { accessReview, mayActivate, timedAssignment } from './schedules.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

/** A tenant as CISA's baseline and the CIS benchmark would have it: whatever is checked here passes or does not apply. */
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
    { mail: null },
  )
  const emergency = ['emergency-1', 'emergency-2'].map((key) =>
    namedPerson(
      planter,
      { key, displayName: `Emergency access ${key.slice(-1)}`, jobTitle: 'Emergency account', department: 'IT', why: 'break-glass' },
      {
        userPrincipalName: `${key}@${planter.initialDomain}`,
        mail: null,
        // Tried out every month.
        signInActivity: lastSignIn(planter, 20),
      },
    ),
  )
  const staff = plantStaff(planter, 24, undefined)
  // Nobody is stale: whoever stays away for a month is disabled.
  for (const row of staff) planter.amend('users', row.id, { signInActivity: lastSignIn(planter, 1 + (staff.indexOf(row) % 20)) })
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
  planter.group('device-team', { displayName: 'Device team', description: 'May join devices' }, [])
  planter.group(
    'all-guests',
    {
      displayName: 'All guests',
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.userType -eq "Guest"',
      membershipRuleProcessingState: 'On',
    },
    [],
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
  plantHardenedAccess(planter)
  plantApplications(planter, microsoftGraph, enabled)
  plantGovernance(planter, ada, emergency, enabled)
}

/** Every application signs in with a certificate or a federated credential, is owned by two people and asks for an assignment. */
function plantApplications(planter: Planter, microsoftGraph: Row, enabled: readonly Row[]): void {
  const certificate = { name: 'rotated', startsInDays: -30, endsInDays: 300 }
  for (const [index, name] of [
    'Absence calendar',
    'Device lending',
    'Document scanner',
    'Helpdesk mail robot',
    'Travel desk',
    'Visitor log',
  ].entries()) {
    const { application, servicePrincipal } = planter.application(
      `app-${index}`,
      { displayName: name },
      index % 3 === 1 ? { certificates: [certificate] } : {},
    )
    if (index % 3 === 0) {
      planter.put('federatedIdentityCredentials', {
        id: planter.id(`federated/${index}`),
        applicationId: application.id,
        name: 'production',
        description: null,
        issuer: 'https://token.actions.githubusercontent.com',
        subject: `repo:hardened/app-${index}:environment:production`,
        audiences: ['api://AzureADTokenExchange'],
      })
    }
    planter.amend('servicePrincipals', servicePrincipal.id, { appRoleAssignmentRequired: true })
    planter.grant(servicePrincipal.id, microsoftGraph.id, 'openid profile User.Read')
    for (const owner of enabled.slice(6 + index, 8 + index)) {
      planter.owner('application', application.id, owner.id)
      planter.owner('servicePrincipal', servicePrincipal.id, owner.id)
    }
    for (const user of enabled.slice(8, 11))
      plantSignIn(planter, {
        user,
        daysAgo: 1 + index,
        clientAppUsed: 'Browser',
        application: { appId: text(application, 'appId') ?? '', displayName: name },
      })
  }
}

function plantGovernance(planter: Planter, ada: Row, emergency: readonly Row[], enabled: readonly Row[]): void {
  const duty = planter.group(
    'exchange-duty',
    { displayName: 'Exchange on duty', description: 'Mail administrators of the week', isAssignableToRole: true, visibility: 'Private' },
    [],
  )
  planter.role(duty.id, roleIdByName('Exchange Administrator'))
  // Every assignment was made in PIM and ends; those of the emergency accounts are renewed twice a year.
  for (const row of collection(planter.tenant, 'roleManagement/directory/roleAssignments').values()) timedAssignment(planter, row, -15, 165)
  const told = [`security@${planter.tenant.domain}`]
  const approvers = planter.group(
    'approvers',
    { displayName: 'Approvers', description: 'May approve an activation', isAssignableToRole: true, visibility: 'Private' },
    [...emergency, ...enabled.slice(0, 2)].map((row) => ({ id: row.id, type: 'user' })),
  )
  const strictRules: RoleRules = {
    approvers: [{ groupId: approvers.id, description: 'Approvers' }],
    approvalRequired: true,
    activationNeeds: ['Justification', 'MultiFactorAuthentication'],
    activationHours: 4,
    permanentActive: false,
    recipients: { assigned: told, eligible: told, activated: told },
  }
  plantRoleRules(planter, (roleId) =>
    isPrivilegedRole(roleId) ? strictRules : { ...shippedRules, permanentActive: false, recipients: strictRules.recipients },
  )
  // Nobody is in the group until an activation of its membership was approved, as it would be for the role itself.
  for (const row of enabled.slice(3, 5)) mayActivate(planter, duty.id, row.id, 'member')
  plantGroupRules(planter, duty.id, () => strictRules)
  const strict = {
    autoApply: true,
    denyByDefault: true,
    reviewerIds: [ada.id, ...enabled.slice(0, 1).map((row) => row.id)],
    monthsBetween: 1,
  }
  const roles = ['Global Administrator', 'Privileged Role Administrator', 'Security Administrator', 'User Administrator'].map(roleIdByName)
  accessReview(planter, 'roles', 'Privileged roles', { query: '/v1.0/users', roles }, strict)
  accessReview(
    planter,
    'guests',
    'Guests',
    { query: "./members/microsoft.graph.user/?$count=true&$filter=(userType eq 'Guest')" },
    { ...strict, monthsBetween: 3 },
  )
  planter.amend('policies/adminConsentRequestPolicy', 'adminConsentRequestPolicy', {
    isEnabled: true,
    version: 2,
    notifyReviewers: true,
    remindersEnabled: true,
    requestDurationInDays: 14,
    reviewers: [{ query: `/v1.0/users/${ada.id}`, queryType: 'MicrosoftGraph', queryRoot: null }],
  })
  // Whoever administers has no mailbox under the same account.
  assignLicences(planter, enabled.slice(5))
  plantRegistrations(planter, () => strong)
  plantSecureScores(planter, { MFARegistrationV2: 1, AdminMFAV2: 1, BlockLegacyAuthentication: 1, SigninRiskPolicy: 1, UserRiskPolicy: 1 })
}
