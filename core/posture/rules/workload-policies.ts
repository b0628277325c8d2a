import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { sameId } from '../rows/graph-values.ts'
import { demands, isControl } from '../rows/policy-requirements.ts'
import type { Settings } from '../settings.ts'

/** Whether a policy blocks every workload of the tenant that nobody declared, at high risk or outside certain places. */
export function limitsWorkloads(
  { conditions, ways, allApplications, excludedApplications, narrowedBy }: PolicyCoverage,
  settings: Settings,
): boolean {
  const { clientApplications: workloads, servicePrincipalRiskLevels: risks, locations } = conditions
  if (!workloads || !allApplications || excludedApplications.length > 0 || !demands(ways, isControl('block'))) return false
  if (!workloads.includeServicePrincipals.includes('ServicePrincipalsInMyTenant')) return false
  const declared = settings.exclusions.applications
  if (!workloads.excludeServicePrincipals.every((id) => declared.some((other) => sameId(other, id)))) return false
  const isFromAnywhere = locations === null || (locations.includeLocations.includes('All') && !locations.excludeLocations.includes('All'))
  const named = ['clientApplications', 'servicePrincipalRiskLevels', 'locations', 'clientAppTypes']
  if (!isFromAnywhere || narrowedBy.some((condition) => !named.includes(condition))) return false
  // Risk and places in one policy block only what meets both.
  return risks.length === 0 ? locations !== null : risks.includes('high') && locations === null
}
