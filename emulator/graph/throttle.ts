import { collection } from '../tenants/tenant.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { World } from '../tenants/world.ts'
import type { Bucket } from './collection-entry.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'

interface Limit {
  readonly windowMs: number
  readonly units: number
  /** Whether all applications of a tenant share it. */
  readonly shared: boolean
  readonly tellsWhen: boolean
}

/** What was spent within the window, oldest first; entries before `head` have left it. */
interface Ledger {
  readonly spent: { readonly at: number; readonly units: number }[]
  head: number
  sum: number
}

/** What was spent in each world; it lives exactly as long as its world. */
const ledgers = new WeakMap<World, Map<string, Ledger>>()

/** Lets what is older than the window go; each entry is passed once. */
function letGo(ledger: Ledger, before: number): void {
  for (let entry = ledger.spent[ledger.head]; entry && entry.at <= before; entry = ledger.spent[ledger.head]) {
    ledger.sum -= entry.units
    ledger.head += 1
  }
  if (ledger.head > 1000 && ledger.head * 2 > ledger.spent.length) {
    ledger.spent.splice(0, ledger.head)
    ledger.head = 0
  }
}

/** https://learn.microsoft.com/graph/throttling-limits: identity and access, reports, Conditional Access. */
function limitOf(tenant: Tenant, bucket: Bucket | 'write'): Limit {
  const users = collection(tenant, 'users').size
  switch (bucket) {
    case 'identity':
      return { windowMs: 10_000, units: users < 50 ? 3500 : users <= 500 ? 5000 : 8000, shared: false, tellsWhen: true }
    case 'write':
      return { windowMs: 150_000, units: 3000, shared: false, tellsWhen: true }
    case 'reports':
      return { windowMs: 10_000, units: 5, shared: false, tellsWhen: true }
    case 'conditionalAccess':
      return { windowMs: 1000, units: 1, shared: true, tellsWhen: false }
  }
}

/** Resource units of a read: `$select` −1, `$expand` +1, `$top` under 20 −1, never below 1. */
export function readCost(base: number, options: { select: boolean; expand: boolean; top: number | undefined }): number {
  const saved = (options.select ? 1 : 0) + (options.top !== undefined && options.top < 20 ? 1 : 0)
  return Math.max(1, base + (options.expand ? 1 : 0) - saved)
}

/** Charges a request, throttled or not, and refuses it when the bucket was already full. */
export function charge(world: World, tenant: Tenant, appId: string, bucket: Bucket | 'write', units: number): Refusal | undefined {
  if (!world.settings.throttling) return undefined
  const limit = limitOf(tenant, bucket)
  const now = world.clock.now()
  const ledgerOf = ledgers.get(world) ?? new Map<string, Ledger>()
  ledgers.set(world, ledgerOf)
  const key = limit.shared ? `${bucket}/${tenant.id}` : `${bucket}/${tenant.id}/${appId}`
  const ledger = ledgerOf.get(key) ?? { spent: [], head: 0, sum: 0 }
  ledgerOf.set(key, ledger)
  letGo(ledger, now - limit.windowMs)
  const oldest = ledger.spent[ledger.head]?.at ?? now
  ledger.spent.push({ at: now, units })
  ledger.sum += units
  if (ledger.sum <= limit.units) return undefined
  const seconds = Math.max(1, Math.ceil((oldest + limit.windowMs - now) / 1000))
  return tooManyRequests(limit.tellsWhen ? String(seconds) : undefined)
}

/** A 429; Retry-After is left out where the service does not send it. */
export function tooManyRequests(retryAfter: string | undefined): Refusal {
  return refuse(429, 'TooManyRequests', 'Too many requests.', retryAfter === undefined ? {} : { 'retry-after': retryAfter })
}
