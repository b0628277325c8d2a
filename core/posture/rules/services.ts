import type { FactRow } from '../facts.ts'

/** https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference: Exchange Online plan 1, plan 2 and kiosk. */
const exchange = new Set([
  '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  'efb87545-963c-4e0d-99df-69c6916d9eb0',
  '4a82b400-a79f-41a4-b4e2-e94f5787b113',
])
const teams = new Set(['57ff2da0-773e-42df-b2af-ffb7a2317929'])

/** Whether a person's licences bring a mailbox or Teams; 'notKnown' for a licence that the subscriptions do not explain. */
export function mailServicesOf(
  { assignedLicenses }: FactRow<'users'>,
  subscriptions: readonly FactRow<'subscribedSkus'>[],
): 'none' | 'mail' | 'chat' | 'both' | 'notKnown' {
  const plans = assignedLicenses.map(({ skuId, disabledPlans }) => {
    const sku = subscriptions.find((subscription) => subscription.skuId?.toLowerCase() === skuId.toLowerCase())
    const off = new Set(disabledPlans.map((plan) => plan.toLowerCase()))
    return sku?.servicePlans
      .filter(({ provisioningStatus }) => provisioningStatus !== 'Disabled')
      .map(({ servicePlanId }) => servicePlanId.toLowerCase())
      .filter((plan) => !off.has(plan))
  })
  const known = plans.flatMap((list) => list ?? [])
  const mail = known.some((plan) => exchange.has(plan))
  const chat = known.some((plan) => teams.has(plan))
  if (mail || chat) return mail && chat ? 'both' : mail ? 'mail' : 'chat'
  return plans.includes(undefined) ? 'notKnown' : 'none'
}
