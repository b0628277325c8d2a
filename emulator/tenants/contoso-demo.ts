import { applicationNames } from './application-names.ts'
import { plantCommonGround } from './common-ground.ts'
import { plantContosoAccess } from './contoso-access.ts'
import { plantApplicationOddities } from './contoso-application-oddities.ts'
import { plantContosoApplications } from './contoso-applications.ts'
import { plantContosoConsent } from './contoso-consent.ts'
import { plantContosoDomains } from './contoso-domains.ts'
import { plantDeleted, plantPartners, plantRisk } from './contoso-leftovers.ts'
import { plantPeopleOddities } from './contoso-people-oddities.ts'
import { plantContosoPolicies } from './contoso-policies.ts'
import { namedPerson, plantGuests, plantStaff } from './people.ts'
import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import { text } from './tenant.ts'
import type { Row } from './tenant.ts'

const STAFF = 264
const GUESTS = 24

/** The demonstration tenant: a company of about 300 with the ordinary neglect that a posture scan is for. */
export function plantContosoDemo(planter: Planter): void {
  const ground = plantCommonGround(planter, {
    securityDefaults: false,
    seats: 320,
    ageDays: 2100,
    syncedFrom: 'corp.contoso-demo.example',
  })
  const people = {
    ada: namedPerson(planter, {
      key: 'ada',
      displayName: 'Ada Lindqvist',
      jobTitle: 'Head of IT',
      department: 'IT',
      why: 'the administrator who scans, countersigns and consents',
    }),
    bo: namedPerson(planter, {
      key: 'bo',
      displayName: 'Bo Okafor',
      jobTitle: 'Security lead',
      department: 'IT',
      why: 'second person; may change policies but is no Global Administrator',
    }),
    cleo: namedPerson(planter, {
      key: 'cleo',
      displayName: 'Cleo Moreau',
      jobTitle: 'Security reviewer',
      department: 'Legal',
      why: 'reads everything, may change nothing',
    }),
    dan: namedPerson(planter, {
      key: 'dan',
      displayName: 'Dan Nguyen',
      jobTitle: 'Account manager',
      department: 'Sales',
      why: 'an ordinary member without any role',
    }),
    erik: namedPerson(
      planter,
      {
        key: 'erik',
        displayName: 'Erik Petrov',
        jobTitle: 'Contractor',
        department: 'Engineering',
        why: 'left the company, account still enabled: the first thing to disable',
      },
      {
        employeeType: 'Contractor',
        employeeLeaveDateTime: planter.inDays(-38),
        createdDateTime: planter.inDays(-410),
      },
    ),
    gia: namedPerson(
      planter,
      {
        key: 'gia',
        displayName: 'Gia Romero',
        jobTitle: 'Consultant',
        department: 'Operations',
        why: 'a guest with an internal address: guests may not list the directory',
      },
      {
        userType: 'Guest',
        companyName: 'Tailspin',
        createdDateTime: planter.inDays(-220),
      },
    ),
    aid: namedPerson(
      planter,
      {
        key: 'aid',
        displayName: 'Service desk aid',
        jobTitle: 'Service account',
        department: 'IT',
        why: 'the account that an assistant may act as; its roles come over the control port',
      },
      { mail: null, signInActivity: null },
    ),
  }
  // Two emergency accounts: they hold Global Administrator for good reason and are left out of every policy.
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
  const staff = plantStaff(planter, STAFF, 'corp.contoso-demo.example')
  const guests = plantGuests(planter, GUESTS)

  const tierZero = plantRoles(planter, people.ada, people.bo, people.cleo, emergency, staff)
  const groups = plantGroups(planter, staff, emergency)
  plantContosoPolicies(planter, groups)
  plantContosoApplications(planter, ground, applicationNames, [...staff.slice(60, 80)], people.dan)
  plantApplicationOddities(planter, { ...people, staff, guests, microsoftGraph: ground.microsoftGraph })
  plantContosoConsent(planter, { ...people, staff, microsoftGraph: ground.microsoftGraph })
  plantContosoAccess(planter, groups)
  plantContosoDomains(planter)
  plantPeopleOddities(planter, { ...people, emergency, staff, guests, tierZero })
  plantRisk(planter, staff)
  plantPartners(planter)
  plantDeleted(planter)
}

/** Eleven people can be Global Administrator: eight directly, two through a role-assignable group, one eligible in PIM. Two to eight would be right. */
function plantRoles(planter: Planter, ada: Row, bo: Row, cleo: Row, emergency: readonly Row[], staff: readonly Row[]): Row {
  const globalAdministrator = roleIdByName('Global Administrator')
  const cloudOnly = staff.filter((row) => row['onPremisesSyncEnabled'] !== true && row['accountEnabled'] === true)
  const synced = staff.filter((row) => row['onPremisesSyncEnabled'] === true && row['accountEnabled'] === true)
  // One of the eight is synced from Active Directory, so whoever owns that directory owns this tenant.
  const direct = [ada, ...emergency, ...cloudOnly.slice(0, 4), ...synced.slice(0, 1)]
  for (const row of direct) planter.role(row.id, globalAdministrator)
  const group = planter.group(
    'tier-zero-operators',
    {
      displayName: 'Tier zero operators',
      description: 'Global administrators on the night shift',
      isAssignableToRole: true,
      visibility: 'Private',
    },
    cloudOnly.slice(4, 6).map((row) => ({ id: row.id, type: 'user' })),
  )
  planter.role(group.id, globalAdministrator)
  for (const row of cloudOnly.slice(6, 7)) planter.eligible(row.id, globalAdministrator)
  planter.role(bo.id, roleIdByName('Security Administrator'))
  planter.role(cleo.id, roleIdByName('Security Reader'))
  const others = [
    'User Administrator',
    'Helpdesk Administrator',
    'Exchange Administrator',
    'Conditional Access Administrator',
    'Reports Reader',
    'Groups Administrator',
  ]
  others.forEach((name, index) => {
    for (const row of cloudOnly.slice(8 + index, 9 + index)) planter.role(row.id, roleIdByName(name))
  })
  // A role that its holder needs only now and then is eligible, as it should be.
  for (const row of cloudOnly.slice(16, 17)) planter.eligible(row.id, roleIdByName('Privileged Role Administrator'))
  return group
}

function plantGroups(planter: Planter, staff: readonly Row[], emergency: readonly Row[]): { breakGlass: Row; scanners: Row; pilot: Row } {
  const asMembers = (rows: readonly Row[]): { id: string; type: string }[] => rows.map((row) => ({ id: row.id, type: 'user' }))
  const byDepartment = new Map<string, Row[]>()
  for (const row of staff) {
    const department = text(row, 'department') ?? 'None'
    byDepartment.set(department, [...(byDepartment.get(department) ?? []), row])
  }
  const departments = [...byDepartment].map(([name, rows]) =>
    planter.group(
      `department-${name.toLowerCase()}`,
      { displayName: `${name} department`, description: `Everyone in ${name}` },
      asMembers(rows),
    ),
  )
  // Nested, so that transitive membership differs from direct membership.
  planter.group(
    'all-staff',
    { displayName: 'All staff', description: 'The departments' },
    departments.map((row) => ({ id: row.id, type: 'group' })),
  )
  for (let index = 0; index < 14; index += 1) {
    planter.group(
      `project-${index}`,
      {
        displayName: `Project ${['Aurora', 'Beacon', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Glacier', 'Harbour', 'Iris', 'Juniper', 'Kestrel', 'Lagoon', 'Meadow', 'North'][index]}`,
        groupTypes: ['Unified'],
        mailEnabled: true,
        securityEnabled: false,
        mail: `project-${index}@${planter.tenant.domain}`,
        visibility: index % 4 === 0 ? 'Public' : 'Private',
      },
      asMembers(staff.slice(index * 9, index * 9 + 7)),
    )
  }
  return {
    breakGlass: planter.group(
      'emergency-accounts',
      { displayName: 'Emergency accounts', description: 'Left out of every policy', isAssignableToRole: true, visibility: 'Private' },
      asMembers(emergency),
    ),
    // The exclusion that makes the legacy block incomplete: real people hide in a group made for scanners.
    scanners: planter.group(
      'legacy-mail-devices',
      { displayName: 'Legacy mail devices', description: 'Scanners that cannot do modern sign-in' },
      asMembers(staff.slice(100, 106)),
    ),
    pilot: planter.group('compliance-pilot', { displayName: 'Device compliance pilot' }, asMembers(staff.slice(120, 140))),
  }
}
