import type { FactRow } from '../facts.ts'

type Crossing = FactRow<'crossTenantDefault'>['b2bDirectConnectInbound']

/** Whether everybody may cross to everything. What we do not understand counts as open. */
export function isOpen({ usersAndGroups, applications }: Crossing): boolean {
  return !isLimited(usersAndGroups, 'AllUsers') && !isLimited(applications, 'AllApplications')
}

/** The id of somebody or something, or Microsoft's name for its own suite; another word may stand for everything. */
function isName(target: string): boolean {
  return target === 'Office365' || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(target)
}

/** Blocked for all, or allowed for some by name. Blocked for some leaves all the others. */
function isLimited({ accessType, targets }: Crossing['applications'], everything: string): boolean {
  if (accessType === 'blocked') return targets.some(({ target }) => target === everything)
  return accessType === 'allowed' && targets.length > 0 && targets.every(({ target }) => target !== null && isName(target))
}
