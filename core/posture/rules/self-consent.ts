import type { FactRow } from '../facts.ts'

const prefix = 'managepermissiongrantsforself.'

/** Ids of the policies by which everybody may consent for themselves, in lower case. */
export function selfConsentPolicies(authorizationPolicy: readonly FactRow<'authorizationPolicy'>[]): readonly string[] {
  return authorizationPolicy
    .flatMap(({ defaultUserRolePermissions }) => defaultUserRolePermissions.permissionGrantPoliciesAssigned)
    .map((assigned) => assigned.toLowerCase())
    .filter((assigned) => assigned.startsWith(prefix))
    .map((assigned) => assigned.slice(prefix.length))
    .sort()
}
