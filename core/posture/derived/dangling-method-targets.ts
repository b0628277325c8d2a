import { defineFolded } from '../fact.ts'
import type { Derived } from '../fact.ts'
import { authenticationMethodsPolicy } from '../facts/authentication-methods-policy.ts'
import { groups } from '../facts/groups.ts'
import { sameId } from '../rows/graph-values.ts'

/** A group that the policy of sign-in methods names and the directory no longer has. */
export interface DanglingMethodTarget {
  /** For example 'Sms'. */
  readonly method: string
  readonly groupId: string
  readonly side: 'included' | 'excluded'
}

const everybody = 'all_users'

export const danglingMethodTargets = defineFolded({
  id: 'danglingMethodTargets',
  title: 'Groups in the policy of sign-in methods that no longer exist',
  from: { authenticationMethodsPolicy },
  over: { groups },
  start: (from) => new Set(targetsOf(from.authenticationMethodsPolicy).targets.map(({ groupId }) => groupId.toLowerCase())),
  add(open, { row }) {
    open.delete(row.id.toLowerCase())
  },
  finish(open, from): Derived<DanglingMethodTarget> {
    const { targets, unsaid } = targetsOf(from.authenticationMethodsPolicy)
    if (unsaid !== undefined) return { undecided: `/policies/authenticationMethodsPolicy does not say whom ${unsaid} leaves out.` }
    const rows = targets.filter(({ groupId }) => open.has(groupId.toLowerCase()))
    return { rows: rows.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1)) }
  },
})

type Policy = ReturnType<typeof authenticationMethodsPolicy.row.parse>

function targetsOf(policies: readonly Policy[]): {
  readonly targets: readonly DanglingMethodTarget[]
  readonly unsaid: string | undefined
} {
  const methods = policies.flatMap((policy) => policy.authenticationMethodConfigurations)
  const targets = methods.flatMap(({ id: method, includeTargets, excludeTargets }): DanglingMethodTarget[] => [
    ...includeTargets.map(({ id }) => ({ method, groupId: id, side: 'included' as const })),
    ...(excludeTargets ?? []).map(({ id }) => ({ method, groupId: id, side: 'excluded' as const })),
  ])
  return {
    targets: targets.filter(({ groupId }) => !sameId(groupId, everybody)),
    unsaid: methods.find(({ excludeTargets }) => excludeTargets === null)?.id,
  }
}

function keyOf({ method, groupId, side }: DanglingMethodTarget): string {
  return `${method} ${side} ${groupId}`
}
