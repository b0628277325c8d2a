import { plantCommonGround } from './common-ground.ts'
import { largeApplications } from './large-applications.ts'
import { largePeople } from './large-people.ts'
import { largePolicies } from './large-policies.ts'
import { among, mix } from './large-source.ts'
import { namedPerson } from './people.ts'
import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import { generate } from './tenant.ts'
import type { Row } from './tenant.ts'

/** How many rows the generated collections have. */
export interface LargeScale {
  readonly users: number
  readonly groups: number
  readonly servicePrincipals: number
  readonly applications: number
  readonly grants: number
  /** Grants for everybody among them. */
  readonly grantsForAll: number
  readonly assignments: number
  readonly roleAssignments: number
}

/** At 100,000 users and above the other collections have their full size; below, they are in proportion. */
export function scaleOf(users: number): LargeScale {
  const share = Math.min(1, users / 100_000)
  const part = (full: number, least: number): number => Math.max(least, Math.round(full * share))
  return {
    users,
    groups: part(3000, 4),
    servicePrincipals: part(10_000, 20),
    applications: part(5000, 10),
    grants: part(50_000, 40),
    grantsForAll: part(22_000, 15),
    assignments: part(5000, 8),
    roleAssignments: part(50, 4),
  }
}

/** A company of any size. Its lists are never stored: each row is made when somebody looks at it. */
export function plantLarge(planter: Planter, options: { seed: number; startMs: number; users: number }): void {
  const { tenant } = planter
  const scale = scaleOf(options.users)
  // A million rows share a few thousand dates.
  const dates = new Map<number, string>()
  function day(days: number): string {
    const existing = dates.get(days)
    if (existing !== undefined) return existing
    const made = planter.inDays(days)
    dates.set(days, made)
    return made
  }
  const people = largePeople(planter, scale, day)
  generate(tenant, 'users', people.users)
  generate(tenant, 'groups', people.groups)
  generate(tenant, 'groupMembers', people.memberships)
  generate(tenant, 'reports/authenticationMethods/userRegistrationDetails', people.registrations)

  // The ground is planted into the generated collections, so these come in two steps: the ground's service principals are named by what is generated.
  const ground: { microsoftGraph: Row; others: readonly Row[] } = { microsoftGraph: { id: '' }, others: [] }
  const applications = largeApplications(planter, scale, ground, people.users, day)
  generate(tenant, 'applications', applications.applications)
  generate(tenant, 'servicePrincipals', applications.servicePrincipals)
  generate(tenant, 'oauth2PermissionGrants', applications.grants)
  generate(tenant, 'appRoleAssignments', applications.assignments)
  generate(tenant, 'applicationOwners', applications.applicationOwners)
  const planted = plantCommonGround(planter, {
    securityDefaults: false,
    seats: scale.users + 500,
    ageDays: 4200,
    syncedFrom: `corp.${tenant.domain}`,
  })
  ground.microsoftGraph = planted.microsoftGraph
  ground.others = planted.firstParty.slice(1, 4)

  const named = plantNamed(planter)
  plantRoles(planter, scale, named, people.users.id)
  largePolicies(planter, named.breakGlass)
}

interface Named {
  readonly ada: Row
  readonly bo: Row
  readonly cleo: Row
  readonly emergency: readonly Row[]
  readonly breakGlass: Row
}

/** The people of the demonstration, with the roles that they have there. */
function plantNamed(planter: Planter): Named {
  const person = (key: string, displayName: string, jobTitle: string, why: string, properties: Record<string, unknown> = {}): Row =>
    namedPerson(planter, { key, displayName, jobTitle, department: 'IT', why }, properties)
  const ada = person('ada', 'Ada Lindqvist', 'Head of IT', 'the administrator who scans, countersigns and consents')
  const bo = person('bo', 'Bo Okafor', 'Security lead', 'second person; may change policies but is no Global Administrator')
  const cleo = person('cleo', 'Cleo Moreau', 'Security reviewer', 'reads everything, may change nothing')
  person('dan', 'Dan Nguyen', 'Account manager', 'an ordinary member without any role')
  person('erik', 'Erik Petrov', 'Contractor', 'left the company, account still enabled', {
    employeeType: 'Contractor',
    employeeLeaveDateTime: planter.inDays(-38),
  })
  person('gia', 'Gia Romero', 'Consultant', 'a guest with an internal address', { userType: 'Guest', companyName: 'Tailspin' })
  person('aid', 'Service desk aid', 'Service account', 'the account that an assistant may act as', { mail: null, signInActivity: null })
  const emergency = ['emergency-1', 'emergency-2'].map((key) =>
    person(key, `Emergency access ${key.slice(-1)}`, 'Emergency account', 'break-glass', {
      userPrincipalName: `${key}@${planter.initialDomain}`,
      mail: null,
      signInActivity: null,
    }),
  )
  const breakGlass = planter.group(
    'emergency-accounts',
    { displayName: 'Emergency accounts', description: 'Left out of every policy', isAssignableToRole: true, visibility: 'Private' },
    emergency.map((row) => ({ id: row.id, type: 'user' })),
  )
  return { ada, bo, cleo, emergency, breakGlass }
}

const commonRoles = [
  'User Administrator',
  'Helpdesk Administrator',
  'Exchange Administrator',
  'Conditional Access Administrator',
  'Reports Reader',
  'Groups Administrator',
  'Application Administrator',
  'Global Reader',
  'Privileged Role Administrator',
  'Intune Administrator',
] as const

/** Twelve can be Global Administrator; the other roles are spread as companies spread them, a few of them to applications by the group. */
function plantRoles(planter: Planter, scale: LargeScale, named: Named, userId: (index: number) => string): void {
  const globalAdministrator = roleIdByName('Global Administrator')
  for (const row of [named.ada, ...named.emergency]) planter.role(row.id, globalAdministrator)
  planter.role(named.bo.id, roleIdByName('Security Administrator'))
  planter.role(named.cleo.id, roleIdByName('Security Reader'))
  const holders = new Set<number>()
  for (let number = 0; holders.size < Math.min(scale.roleAssignments, scale.users); number += 1) holders.add(mix(number, 201) % scale.users)
  ;[...holders].forEach((index, number) => {
    const role = number < 8 ? globalAdministrator : roleIdByName(commonRoles[number % commonRoles.length] ?? 'Reports Reader')
    if (among(index, 202, 250)) planter.eligible(userId(index), role)
    else planter.role(userId(index), role)
  })
  const group = planter.group(
    'tier-zero-operators',
    {
      displayName: 'Tier zero operators',
      description: 'Administrators on the night shift',
      isAssignableToRole: true,
      visibility: 'Private',
    },
    [...holders].slice(0, 2).map((index) => ({ id: userId(index), type: 'user' })),
  )
  planter.role(group.id, roleIdByName('Privileged Authentication Administrator'))
}
