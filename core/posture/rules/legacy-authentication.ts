import type { Values } from '../check.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { Settings } from '../settings.ts'
import { coverageOf, coversAllButUndeclared, coversEverybody } from './conditional-access-coverage.ts'
import type { Coverage, Policy } from './conditional-access-coverage.ts'

/** What keeps a policy from counting, nearest to counting first. */
const obstacles = ['partly', 'nearMiss', 'reportOnly', 'excludedRoles', 'narrowed', 'someApplications', 'someUsers', 'switchedOff'] as const
type Obstacle = (typeof obstacles)[number]

interface NearPolicy {
  readonly policy: Policy
  readonly obstacle: Obstacle
  /** What stands in the way, for people: ids or names of conditions; '' where the obstacle says it all. */
  readonly detail: string
}

export type Nearest =
  | { readonly blocked: true; readonly policies: readonly Policy[]; readonly values: Values }
  | { readonly blocked: false; readonly reason: Obstacle | 'none'; readonly values: Values; readonly near: readonly NearPolicy[] }

/** The rule names both values. 'all' is none of them: such a policy is about every client, not about old ones. */
const oldClients = ['exchangeActiveSync', 'other'] as const

/** Whether policies that cover everybody block both kinds of old clients, one by one or together; otherwise what comes nearest. */
export function nearestOf(policies: readonly Policy[], settings: Settings): Nearest {
  const blocking = policies
    .filter(({ grantControls, conditions }) => grantControls?.builtInControls.includes('block') && clientsOf(conditions).length > 0)
    .map((policy) => ({ policy, coverage: coverageOf(policy, settings, ['clientAppTypes']) }))
  const counting = blocking.filter(({ coverage }) => coverage.enabled && coversEverybody(coverage)).map(({ policy }) => policy)
  const covered = oldClients.filter((client) => counting.some(({ conditions }) => conditions.clientAppTypes.includes(client)))

  if (covered.length === oldClients.length) {
    const names = counting.map((policy) => nameOr(policy.displayName, policy.id)).join(', ')
    return { blocked: true, policies: counting, values: { policies: counting.length, names } }
  }
  const near = blocking
    .map(({ policy, coverage }) => obstacleOf(policy, coverage))
    .sort((left, right) => obstacles.indexOf(left.obstacle) - obstacles.indexOf(right.obstacle))
  const [nearest] = near
  if (!nearest) return { blocked: false, reason: 'none', values: {}, near }
  return { blocked: false, reason: nearest.obstacle, values: valuesOf(nearest, covered[0]), near }
}

function clientsOf(conditions: Policy['conditions']): readonly string[] {
  return oldClients.filter((client) => conditions.clientAppTypes.includes(client))
}

function obstacleOf(policy: Policy, coverage: Coverage): NearPolicy {
  const isRestFine = coversEverybody(coverage)
  if (isRestFine && coverage.enabled) return { policy, obstacle: 'partly', detail: '' }
  if (isRestFine && coverage.reportOnly) return { policy, obstacle: 'reportOnly', detail: '' }
  // A state that we do not know is not "enabled".
  if (!coverage.enabled && !coverage.reportOnly) return { policy, obstacle: 'switchedOff', detail: '' }
  if (!coverage.enabled) return { policy, obstacle: 'reportOnly', detail: '' }
  if (coversAllButUndeclared(coverage)) return { policy, obstacle: 'nearMiss', detail: coverage.undeclared.join(', ') }
  if (!coverage.allUsers) return { policy, obstacle: 'someUsers', detail: '' }
  if (!coverage.allApplications) return { policy, obstacle: 'someApplications', detail: '' }
  if (coverage.narrowedBy.length > 0) return { policy, obstacle: 'narrowed', detail: coverage.narrowedBy.join(', ') }
  return { policy, obstacle: 'excludedRoles', detail: coverage.excludedRoles.join(', ') }
}

function valuesOf({ policy, detail }: NearPolicy, covered: string | undefined): Values {
  return { name: nameOr(policy.displayName, policy.id), undeclared: detail, roles: detail, conditions: detail, covered: covered ?? '' }
}
