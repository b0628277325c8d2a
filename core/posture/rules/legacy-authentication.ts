import type { Values } from '../check.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { demands, isControl } from '../rows/policy-requirements.ts'
import type { Settings } from '../settings.ts'
import { assess, namesOf, valuesOf } from './conditional-access-coverage.ts'
import type { Obstacle } from './conditional-access-coverage.ts'

interface NearPolicy {
  readonly policy: PolicyCoverage
  /** 'partly': it counts, for one kind of old clients. */
  readonly obstacle: Obstacle | 'partly'
  readonly detail: string
}

export type Nearest =
  | { readonly blocked: true; readonly policies: readonly PolicyCoverage[]; readonly values: Values }
  | {
      readonly blocked: false
      readonly reason: NearPolicy['obstacle'] | 'none'
      readonly values: Values
      readonly near: readonly NearPolicy[]
    }

/** The rule names both values. 'all' is none of them: such a policy is about every client, not about old ones. */
const oldClients = ['exchangeActiveSync', 'other'] as const

/** Whether policies that cover everybody block both kinds of old clients, one by one or together; otherwise what comes nearest. */
export function nearestOf(policies: readonly PolicyCoverage[], settings: Settings): Nearest {
  const blocking = assess(policies, settings, {
    fits: (policy) => demands(policy.ways, isControl('block')) && clientsOf(policy).length > 0,
    named: ['clientAppTypes'],
  })
  const counting = blocking.filter(({ obstacle }) => obstacle === undefined).map(({ policy }) => policy)
  const blocked = oldClients.filter((client) => counting.some((policy) => clientsOf(policy).includes(client)))
  if (blocked.length === oldClients.length)
    return { blocked: true, policies: counting, values: { policies: counting.length, names: namesOf(counting) } }

  const near = blocking.map(({ policy, obstacle, detail }): NearPolicy => ({ policy, obstacle: obstacle ?? 'partly', detail }))
  const [nearest] = near
  if (!nearest) return { blocked: false, reason: 'none', values: {}, near }
  return {
    blocked: false,
    reason: nearest.obstacle,
    values: { ...valuesOf({ ...nearest, obstacle: undefined }), covered: blocked[0] ?? '' },
    near,
  }
}

function clientsOf({ conditions }: PolicyCoverage): readonly string[] {
  return oldClients.filter((client) => conditions.clientAppTypes.includes(client))
}
