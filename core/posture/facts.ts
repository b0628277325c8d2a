import type { DerivedFact, Fact } from './fact.ts'
import { globalAdministrators } from './derived/global-administrators.ts'
import { applications } from './facts/applications.ts'
import { conditionalAccessPolicies } from './facts/conditional-access-policies.ts'
import { organization } from './facts/organization.ts'
import { roleAssignments } from './facts/role-assignments.ts'
import { roleEligibility } from './facts/role-eligibility.ts'
import { roleGroupMembers } from './facts/role-group-members.ts'
import { servicePrincipals } from './facts/service-principals.ts'
import { subscribedSkus } from './facts/subscribed-skus.ts'

/** In reading order: a fact with `each` comes after the facts it looks at. */
export const facts = [
  subscribedSkus,
  organization,
  applications,
  servicePrincipals,
  conditionalAccessPolicies,
  roleAssignments,
  roleEligibility,
  roleGroupMembers,
] as const
export const derivedFacts = [globalAdministrators] as const

type ReadFact = (typeof facts)[number]
type ComputedFact = (typeof derivedFacts)[number]
/** Facts that Graph is asked for. */
export type ReadFactId = ReadFact['id']
export type DerivedFactId = ComputedFact['id']
export type FactId = ReadFactId | DerivedFactId

type RowsById = { [Entry in ReadFact as Entry['id']]: Entry extends Fact<string, infer Row> ? Row : never } & {
  [Entry in ComputedFact as Entry['id']]: Entry extends DerivedFact<string, infer Row> ? Row : never
}
export type FactRow<Id extends FactId> = RowsById[Id]

export const factIds: readonly ReadFactId[] = facts.map((fact) => fact.id)

export function factOf(id: string): Fact | undefined {
  const list: readonly Fact[] = facts
  return list.find((fact) => fact.id === id)
}

export function derivedFactOf(id: string): DerivedFact | undefined {
  const list: readonly DerivedFact[] = derivedFacts
  return list.find((fact) => fact.id === id)
}
