import type { Licence } from './fact.ts'
import type { FactRow } from './facts.ts'

export type LicenceState = 'present' | 'absent' | 'notKnown'
export type Licences = Readonly<Record<Licence, LicenceState>>

export const licenceTitles = { p1: 'Microsoft Entra ID P1', p2: 'Microsoft Entra ID P2' } as const satisfies Record<Licence, string>

/** https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference: P2 holds everything of P1. */
const plans = { p1: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', p2: 'eec0eb4f-6444-4f95-aba0-50c24d67f998' } as const satisfies Record<
  Licence,
  string
>

export const notKnownLicences: Licences = { p1: 'notKnown', p2: 'notKnown' }

/** What the subscriptions show. Absent only where nothing leaves a doubt: a state that we do not know is not an absence. */
export function licencesOf(skus: readonly FactRow<'subscribedSkus'>[] | undefined): Licences {
  if (!skus) return notKnownLicences
  const p2 = stateOf(skus, plans.p2)
  const p1 = stateOf(skus, plans.p1)
  return { p2, p1: p2 === 'absent' || p1 === 'present' ? p1 : p2 }
}

function stateOf(skus: readonly FactRow<'subscribedSkus'>[], planId: string): LicenceState {
  const states = skus.flatMap((sku) =>
    sku.servicePlans
      .filter((plan) => plan.servicePlanId.toLowerCase() === planId)
      .map((plan) => both(subscription(sku.capabilityStatus), provisioning(plan.provisioningStatus))),
  )
  if (states.includes('present')) return 'present'
  return states.includes('notKnown') ? 'notKnown' : 'absent'
}

function both(subscriptionState: LicenceState, planState: LicenceState): LicenceState {
  if (subscriptionState === 'absent' || planState === 'absent') return 'absent'
  return subscriptionState === 'present' && planState === 'present' ? 'present' : 'notKnown'
}

/** https://learn.microsoft.com/graph/api/resources/subscribedsku: Warning is the grace time, in which the features still work. */
function subscription(capabilityStatus: string): LicenceState {
  if (['Enabled', 'Warning'].includes(capabilityStatus)) return 'present'
  return ['Suspended', 'Deleted', 'LockedOut'].includes(capabilityStatus) ? 'absent' : 'notKnown'
}

function provisioning(provisioningStatus: string): LicenceState {
  if (provisioningStatus === 'Success') return 'present'
  return provisioningStatus === 'Disabled' ? 'absent' : 'notKnown'
}
