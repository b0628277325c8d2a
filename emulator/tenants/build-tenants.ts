import { plantContosoDemo } from './contoso-demo.ts'
import { plantHardened } from './hardened.ts'
import { makeJournal } from './journal.ts'
import { plantLarge } from './large.ts'
import { makePlanter } from './planter.ts'
import type { Planter } from './planter.ts'
import { guidFor } from './random.ts'
import { plantSecond } from './second.ts'
import type { Tenant } from './tenant.ts'

export interface BuildOptions {
  readonly seed: number
  readonly startMs: number
  readonly tenants?: readonly string[] | undefined
  readonly largeUsers?: number | undefined
}

interface TenantPlan {
  readonly name: string
  readonly displayName: string
  readonly licence: Tenant['flags']['licence']
  readonly plant: (planter: Planter, options: BuildOptions) => void
  /** There only when it is named. */
  readonly onRequest?: true
}

export const LARGE_USERS = 100_000

const plans: readonly TenantPlan[] = [
  { name: 'contoso-demo', displayName: 'Contoso Demo', licence: 'p2', plant: plantContosoDemo },
  { name: 'hardened', displayName: 'Hardened', licence: 'p2', plant: plantHardened },
  { name: 'second', displayName: 'Second Company', licence: 'p1', plant: plantSecond },
  {
    name: 'large',
    displayName: 'Large Company',
    licence: 'p2',
    plant: (planter, { seed, startMs, largeUsers }) => plantLarge(planter, { seed, startMs, users: largeUsers ?? LARGE_USERS }),
    onRequest: true,
  },
]

/** The tenants that can be built, and those that are there unless others are named. */
export const tenantNames = {
  all: plans.map((plan) => plan.name),
  usual: plans.filter((plan) => !plan.onRequest).map((plan) => plan.name),
} as const

/** Builds the tenants; the same seed and start give the same bytes. Tenant ids do not depend on the seed. */
export function buildTenants(options: BuildOptions): Tenant[] {
  const names = options.tenants ?? tenantNames.usual
  const strange = names.find((name) => !tenantNames.all.includes(name))
  if (strange !== undefined) throw new Error(`There is no tenant "${strange}". The tenants are ${tenantNames.all.join(', ')}.`)
  return plans
    .filter((plan) => names.includes(plan.name))
    .map((plan) => {
      const tenant: Tenant = {
        id: guidFor(`tenant/${plan.name}`),
        name: plan.name,
        domain: `${plan.name}.example`,
        displayName: plan.displayName,
        collections: new Map(),
        secrets: new Map(),
        journal: makeJournal(),
        flags: { licence: plan.licence },
      }
      plan.plant(makePlanter(tenant, options.seed, options.startMs), options)
      return tenant
    })
}
