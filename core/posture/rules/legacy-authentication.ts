import type { JudgeContext, NearMiss, Values } from '../check.ts'
import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'
import { demands, isControl } from '../rows/policy-requirements.ts'
import { assess, namesOf, together } from './conditional-access-coverage.ts'
import type { PolicyRule } from './conditional-access-coverage.ts'
import { valuesOf } from './conditional-access-near-miss.ts'
import type { Assessed, Obstacle } from './conditional-access-near-miss.ts'

interface NearPolicy extends Omit<Assessed, 'obstacle'> {
  /** 'partly': it counts, for one kind of old clients. */
  readonly obstacle: Obstacle | 'partly' | undefined
}

export type Nearest =
  | { readonly blocked: true; readonly policies: readonly PolicyCoverage[]; readonly values: Values }
  | {
      readonly blocked: false
      /** 'apart': each kind is blocked, but not by one policy as the baseline asks. */
      readonly reason: Obstacle | 'partly' | 'apart' | 'none'
      readonly values: Values
      readonly near: readonly NearPolicy[]
      readonly nearMiss?: NearMiss
    }

/** The rule names both values. 'all' is none of them: such a policy is about every client, not about old ones. */
const oldClients = ['exchangeActiveSync', 'other'] as const

const rule: PolicyRule = {
  fits: (policy) => demands(policy.ways, isControl('block')) && clientsOf(policy).length > 0,
  matter: { clients: oldClients },
  named: ['clientAppTypes'],
}

/** Whether policies that cover everybody block both kinds of old clients, one by one or together; otherwise what comes nearest. */
export function nearestOf(policies: readonly PolicyCoverage[], context: Pick<JudgeContext, 'settings' | 'parameters'>): Nearest {
  const assessed = assess(policies, context, rule)
  const alone = assessed.flatMap(({ policy, obstacle }) => (obstacle === undefined ? [policy] : []))
  const apart = together(policies, context, rule)
  const counting = alone.length > 0 || context.parameters.conditionalAccess.inOnePolicy ? alone : (apart ?? [])
  if (counting.length > 0) return { blocked: true, policies: counting, values: { policies: counting.length, names: namesOf(counting) } }

  const halves = oldClients.map((client) => ({
    client,
    policies: assess(policies, context, { ...rule, matter: { clients: [client] } }).flatMap(({ policy, obstacle }) =>
      obstacle === undefined ? [policy.id] : [],
    ),
  }))
  const isHalf = ({ policy }: Assessed): boolean => halves.some((half) => half.policies.includes(policy.id))
  const near: readonly NearPolicy[] = [
    ...assessed.filter(isHalf).map((one) => ({ ...one, obstacle: 'partly' as const })),
    ...assessed.filter((one) => !isHalf(one)),
  ]
  const [nearest] = near
  if (!nearest) return { blocked: false, reason: 'none', values: {}, near }
  const nearMiss = assessed.find((one) => one.nearMiss)?.nearMiss
  return {
    blocked: false,
    reason: nearest.obstacle === 'partly' && apart ? 'apart' : (nearest.obstacle ?? 'none'),
    values: { ...valuesOf(nearest), covered: halves.find((half) => half.policies.length > 0)?.client ?? '' },
    near,
    ...(nearMiss ? { nearMiss } : {}),
  }
}

function clientsOf({ conditions }: PolicyCoverage): readonly string[] {
  return oldClients.filter((client) => conditions.clientAppTypes.includes(client))
}
