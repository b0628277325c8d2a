import type { FactRow } from '../facts.ts'

/** Service plans of Microsoft Entra Workload ID Premium: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
const plans = ['84c289f0-efcb-486f-8581-07f44fc9efad', '7dc0e92d-bf15-401d-907e-0884efe7c760']

/** False only where no subscription in force holds the plans: a state that we do not know is not an absence. */
export function mayHaveWorkloadIdentities(skus: readonly FactRow<'subscribedSkus'>[]): boolean {
  return skus.some(
    ({ capabilityStatus, servicePlans }) =>
      !['Suspended', 'Deleted', 'LockedOut'].includes(capabilityStatus) &&
      servicePlans.some(
        ({ servicePlanId, provisioningStatus }) => plans.includes(servicePlanId.toLowerCase()) && provisioningStatus !== 'Disabled',
      ),
  )
}
