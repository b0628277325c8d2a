import { plantContosoDemo } from './contoso-demo.ts'
import { plantHardened } from './hardened.ts'
import { makePlanter } from './planter.ts'
import type { Planter } from './planter.ts'
import { guidFor } from './random.ts'
import { plantSecond } from './second.ts'
import type { Tenant } from './tenant.ts'

interface TenantPlan {
  readonly name: string
  readonly displayName: string
  readonly licence: Tenant['flags']['licence']
  readonly plant: (planter: Planter) => void
}

const plans: readonly TenantPlan[] = [
  { name: 'contoso-demo', displayName: 'Contoso Demo', licence: 'p2', plant: plantContosoDemo },
  { name: 'hardened', displayName: 'Hardened', licence: 'p2', plant: plantHardened },
  { name: 'second', displayName: 'Second Company', licence: 'p1', plant: plantSecond },
]

/** Builds every tenant; the same seed and start give the same bytes. Tenant ids do not depend on the seed. */
export function buildTenants(seed: number, startMs: number): Tenant[] {
  return plans.map((plan) => {
    const tenant: Tenant = {
      id: guidFor(`tenant/${plan.name}`),
      name: plan.name,
      domain: `${plan.name}.example`,
      displayName: plan.displayName,
      collections: new Map(),
      secrets: new Map(),
      flags: { licence: plan.licence },
    }
    plan.plant(makePlanter(tenant, seed, startMs))
    return tenant
  })
}
