import type { FactRow } from '../facts.ts'

/** Service plans: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
const workloadIdentities = ['84c289f0-efcb-486f-8581-07f44fc9efad', '7dc0e92d-bf15-401d-907e-0884efe7c760']
const insiderRisk = ['d587c7a3-bda9-4f99-8776-9bcf59c84f75', '9d0c4ee5-e4a1-4625-ab39-d82b619b1a34']

type Subscriptions = readonly FactRow<'subscribedSkus'>[]

/** Microsoft Entra Workload ID Premium. */
export function mayHaveWorkloadIdentities(skus: Subscriptions): boolean {
  return mayHave(skus, workloadIdentities)
}

/** Microsoft Purview Insider Risk Management, which rates people for Conditional Access. */
export function mayHaveInsiderRisk(skus: Subscriptions): boolean {
  return mayHave(skus, insiderRisk)
}

/** Subscriptions beside P1 and P2 that a check may name. */
export const subscriptionKinds = { workloadIdentities: mayHaveWorkloadIdentities } as const
export type SubscriptionKind = keyof typeof subscriptionKinds

/** False only where no subscription in force holds one of the plans: a state that we do not know is not an absence. */
function mayHave(skus: Subscriptions, plans: readonly string[]): boolean {
  return skus.some(
    ({ capabilityStatus, servicePlans }) =>
      !['Suspended', 'Deleted', 'LockedOut'].includes(capabilityStatus) &&
      servicePlans.some(
        ({ servicePlanId, provisioningStatus }) => plans.includes(servicePlanId.toLowerCase()) && provisioningStatus !== 'Disabled',
      ),
  )
}
