import { casesOfApplications } from './cases-applications.ts'
import { casesOfPeople } from './cases-people.ts'
import { casesOfPolicies } from './cases-policies.ts'
import { casesOfRoles } from './cases-roles.ts'
import type { TripCase } from './trip-case.ts'

/** At least one case for every action of the catalogue; a test demands it. */
export const tripCases: readonly TripCase[] = [...casesOfPeople, ...casesOfRoles, ...casesOfApplications, ...casesOfPolicies]
