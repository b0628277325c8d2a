import type { Planter } from './planter.ts'
import { firstPartyApps, roleIdByName } from './reference.ts'
import { app, assignLicences, phone, plantRegistrations, plantSecureScores, plantSignIn, strong } from './reports.ts'
import { plantGroupRules, plantRoleRules, shippedRules } from './role-rules.ts'
import { accessReview, mayActivate, timedAssignment } from './schedules.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

interface Cast {
  readonly ada: Row
  readonly bo: Row
  readonly cleo: Row
  readonly emergency: readonly Row[]
  readonly staff: readonly Row[]
  readonly guests: readonly Row[]
  readonly tierZero: Row
}

/** Who holds what they should not, who has no second factor, and what nobody has looked at. */
export function plantPeopleOddities(planter: Planter, cast: Cast): void {
  plantHolders(planter, cast)
  plantRoleGroups(planter, cast)
  plantReviews(planter, cast)
  plantAccounts(planter, cast)
  plantReports(planter, cast)
}

function plantHolders(planter: Planter, { staff, guests }: Cast): void {
  const holds = (people: readonly Row[], role: string): void => {
    for (const row of people) planter.role(row.id, roleIdByName(role))
  }
  // Left the company, is disabled, and would be a privileged administrator again the day the account is switched on.
  holds(staff.slice(159, 160), 'Authentication Administrator')
  // Has not signed in for months.
  holds(staff.slice(165, 166), 'Cloud Application Administrator')
  // A consultant from outside.
  holds(guests.slice(2, 3), 'Application Administrator')
  // A role of our own that may put a secret on any application, which is more than its name says.
  const custom = planter.put('roleManagement/directory/roleDefinitions', {
    id: planter.id('role/secret-rotator'),
    description: 'Renews secrets of applications',
    displayName: 'Secret rotator',
    isBuiltIn: false,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: planter.id('role/secret-rotator'),
    version: null,
    rolePermissions: [
      {
        allowedResourceActions: ['microsoft.directory/applications/credentials/update', 'microsoft.directory/applications/standard/read'],
        condition: null,
      },
    ],
  })
  for (const row of staff.slice(170, 171)) planter.role(row.id, custom.id)
  // Good: the office in Lisbon looks after its own people only.
  const unit = planter.put('administrativeUnits', {
    id: planter.id('unit/lisbon'),
    deletedDateTime: null,
    description: 'People of the Lisbon office',
    displayName: 'Lisbon office',
    isMemberManagementRestricted: null,
    membershipRule: null,
    membershipRuleProcessingState: null,
    membershipType: null,
    visibility: null,
  })
  for (const row of staff.slice(180, 190)) {
    planter.put('administrativeUnitMembers', { id: `${unit.id}_${row.id}`, administrativeUnitId: unit.id, memberId: row.id })
  }
  for (const row of staff.slice(191, 192)) {
    const assignment = planter.role(row.id, roleIdByName('User Administrator'))
    planter.amend('roleManagement/directory/roleAssignments', assignment.id, { directoryScopeId: `/administrativeUnits/${unit.id}` })
  }
}

function plantRoleGroups(planter: Planter, { staff, tierZero }: Cast): void {
  // Whoever owns a group chooses its members, and its members are Global Administrators.
  for (const row of staff.slice(143, 144)) planter.owner('group', tierZero.id, row.id)
  const onCall = planter.group(
    'exchange-on-call',
    { displayName: 'Exchange on call', description: 'Mail administrators of the week', isAssignableToRole: true, visibility: 'Private' },
    staff.slice(173, 174).map((row) => ({ id: row.id, type: 'user' })),
  )
  planter.role(onCall.id, roleIdByName('Exchange Administrator'))
  for (const [index, row] of staff.slice(174, 177).entries()) mayActivate(planter, onCall.id, row.id, index === 2 ? 'owner' : 'member')
  // The role asks for little; the group asks for less.
  plantGroupRules(planter, onCall.id, () => ({ ...shippedRules, activationNeeds: ['Justification'], activationHours: 12 }))
  planter.group(
    'all-guests',
    {
      displayName: 'All guests',
      description: 'Everybody from outside',
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.userType -eq "Guest"',
      membershipRuleProcessingState: 'On',
    },
    [...collection(planter.tenant, 'users').values()]
      .filter((row) => row['userType'] === 'Guest')
      .map((row) => ({ id: row.id, type: 'user' })),
  )
}

function plantReviews(planter: Planter, { ada, bo }: Cast): void {
  const globalAdministrator = roleIdByName('Global Administrator')
  const privilegedRole = roleIdByName('Privileged Role Administrator')
  // Two roles are well kept, four were switched to a day at a time without a second factor, the rest is as Microsoft ships it.
  const loose = new Set(
    ['User Administrator', 'Helpdesk Administrator', 'Exchange Administrator', 'Groups Administrator'].map(roleIdByName),
  )
  plantRoleRules(planter, (roleId) => {
    if (roleId === globalAdministrator)
      return {
        ...shippedRules,
        recipients: { assigned: [`ada@${planter.tenant.domain}`], eligible: [], activated: [`ada@${planter.tenant.domain}`] },
      }
    // Approval is asked for, but nobody is named who could give it.
    if (roleId === privilegedRole) return { ...shippedRules, approvalRequired: true, activationHours: 4, permanentActive: false }
    return loose.has(roleId) ? { ...shippedRules, activationNeeds: ['Justification'], activationHours: 24 } : shippedRules
  })
  // Good: these assignments come from PIM and end.
  const timed = new Set(['Conditional Access Administrator', 'Reports Reader'].map(roleIdByName))
  for (const row of collection(planter.tenant, 'roleManagement/directory/roleAssignments').values()) {
    if (timed.has(text(row, 'roleDefinitionId') ?? '')) timedAssignment(planter, row, -20, 160)
  }
  // Guests are reviewed twice a year, and whoever is not answered for stays.
  accessReview(
    planter,
    'guests',
    'Guests of all groups',
    { query: "/v1.0/groups?$filter=(groupTypes/any(c:c eq 'Unified'))" },
    {
      autoApply: false,
      denyByDefault: false,
      reviewerIds: [ada.id, bo.id],
      monthsBetween: 6,
    },
  )
}

function plantAccounts(planter: Planter, { ada, bo, cleo, emergency, staff, guests }: Cast): void {
  const globalAdministrator = roleIdByName('Global Administrator')
  const administrators = new Set(
    [...collection(planter.tenant, 'roleManagement/directory/roleAssignments').values()]
      .filter((row) => row['roleDefinitionId'] === globalAdministrator)
      .map((row) => text(row, 'principalId')),
  )
  // Some Global Administrators read their mail with the account that rules the tenant; others have no mailbox, as it should be.
  const licensed = staff.filter((row, index) => (row['accountEnabled'] === true || index % 2 === 1) && !administrators.has(row.id))
  assignLicences(planter, [ada, bo, cleo, ...staff.filter((row) => administrators.has(row.id)).slice(0, 1), ...licensed])
  for (const row of [...staff.filter((candidate) => administrators.has(candidate.id)).slice(1), ...emergency])
    planter.amend('users', row.id, { assignedLicenses: [], assignedPlans: [] })
  // May choose a weak password, because a machine could not type a strong one.
  for (const row of staff.slice(150, 151))
    planter.amend('users', row.id, { passwordPolicies: 'DisablePasswordExpiration, DisableStrongPassword' })
  // Hired months ago and never came.
  for (const row of staff.slice(33, 35)) planter.amend('users', row.id, { signInActivity: null, createdDateTime: planter.inDays(-75) })
  // Two of three guests have somebody who answers for them.
  guests.forEach((guest, index) => {
    const sponsor = staff[40 + index]
    if (index % 3 !== 0 && sponsor)
      planter.put('userSponsors', { id: `${guest.id}_${sponsor.id}`, userId: guest.id, sponsorId: sponsor.id })
  })
}

function plantReports(planter: Planter, { emergency, staff }: Cast): void {
  const hasKey = new Set(emergency.slice(0, 1).map((row) => row.id))
  const isEmergency = new Set(emergency.map((row) => row.id))
  plantRegistrations(planter, (user, index, isAdmin) => {
    // One emergency account holds a key; the other waits with nothing but its password.
    if (isEmergency.has(user.id)) return hasKey.has(user.id) ? ['fido2SecurityKey'] : []
    // Half of the administrators can be phished.
    if (isAdmin) return index % 2 === 0 ? strong : app
    // One in eleven never registered anything.
    if (index % 11 === 6) return []
    return index % 5 === 2 ? phone : index % 9 === 4 ? strong : app
  })
  const [outlook] = firstPartyApps.filter((candidate) => candidate.displayName === 'Outlook Mobile')
  const own = [...collection(planter.tenant, 'applications').values()].map((row) => ({
    appId: text(row, 'appId') ?? '',
    displayName: text(row, 'displayName') ?? '',
  }))
  const users = collection(planter.tenant, 'users')
  staff.forEach((hired, index) => {
    const user = users.get(hired.id) ?? hired
    const application = own[index % 60] ?? outlook
    if (user['accountEnabled'] !== true || index % 16 === 5 || user['signInActivity'] === null || !application) return
    plantSignIn(planter, { user, daysAgo: 1 + (index % 20), clientAppUsed: 'Browser', application })
    // The scanners' group still asks with a password and nothing else.
    if (index >= 100 && index < 106 && outlook)
      plantSignIn(planter, { user, daysAgo: 2 + (index % 5), clientAppUsed: 'IMAP4', application: outlook })
  })
  plantSecureScores(planter, {
    MFARegistrationV2: 0.82,
    AdminMFAV2: 0.6,
    BlockLegacyAuthentication: 0.9,
    SigninRiskPolicy: 1,
    UserRiskPolicy: 0,
    OneAdmin: 1,
  })
}
