import type { FactRow } from '../facts.ts'

type Crossing = FactRow<'crossTenantDefault'>['b2bDirectConnectInbound']

/** Whether everybody may cross to everything. What we do not understand counts as open. */
export function isOpen({ usersAndGroups, applications }: Crossing): boolean {
  return !isLimited(usersAndGroups, 'AllUsers') && !isLimited(applications, 'AllApplications')
}

/** Blocked for all, or allowed for some by name. Blocked for some leaves all the others. */
function isLimited({ accessType, targets }: Crossing['applications'], everything: string): boolean {
  const namesAll = targets.some(({ target }) => target === everything)
  if (accessType === 'blocked') return namesAll
  return accessType === 'allowed' && targets.length > 0 && !namesAll
}
