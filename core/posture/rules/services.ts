import type { FactRow } from '../facts.ts'

/** https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference: whatever brings a mailbox of Exchange Online. */
const exchange = new Set([
  // Plan 1, plan 2 and kiosk; the same for governments
  '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  'efb87545-963c-4e0d-99df-69c6916d9eb0',
  '4a82b400-a79f-41a4-b4e2-e94f5787b113',
  'e9b4930a-925f-45e2-ac2a-3f7788ca6fdd',
  '8c3069c0-ccdb-44be-ab77-986203a67df2',
  '88f4d7ef-a73b-4246-8047-516022144c9f',
  // Essentials, POP, and plan 1 for middle-sized companies
  '1126bef5-da20-4f07-b45e-ad25d2581aa8',
  '90927877-dcff-4af6-b346-2332c0b15bb7',
  'fc52cc4b-ed7d-472d-bbe7-b081c23ecc56',
])
const teams = new Set(['57ff2da0-773e-42df-b2af-ffb7a2317929', '304767db-7d23-49e8-a945-4a7eb65f9f28'])

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
