import { coverageOf } from '../../posture/derived/conditional-access-coverage.ts'
import { nameOr, sameId } from '../../posture/rows/graph-values.ts'
import type { Effect } from './effects.ts'
import type { Lookup } from './facts.ts'
import { line, listed, type Line } from './line.ts'

/** What changes for a person who leaves a group: policies that are about the group, and applications that it opens. */
export function groupLines(effects: readonly Effect[], look: Lookup): readonly Line[] {
  return effects.flatMap((effect): readonly Line[] => {
    if (effect.kind !== 'member') return []
    const { groupId, groupName: group, user } = effect
    const name = user.qualifier
    const names = (ids: readonly string[]): boolean => ids.some((id) => sameId(id, groupId))
    const policies = (look.rows('conditionalAccessPolicies') ?? []).map(coverageOf).filter(({ state }) => state === 'enabled')
    const excluding = policies.filter(({ people }) => people && names(people.excluded.groups))
    const including = policies.filter(({ people }) => people && names(people.included.groups) && !names(people.excluded.groups))
    const opened = (look.rows('appRoleAssignments') ?? []).filter(({ principalId }) => sameId(principalId, groupId))
    const principals = opened.length > 0 ? (look.rows('servicePrincipals') ?? []) : []
    const applications = opened.map(({ resourceId }) => {
      const principal = principals.find(({ id }) => sameId(id, resourceId))
      return nameOr(principal?.displayName ?? null, resourceId)
    })
    return [
      ...(excluding.length > 0
        ? [
            line('comesUnderPolicies', {
              name,
              group,
              ...listed(
                'policies',
                excluding.map((policy) => policy.name),
              ),
            }),
          ]
        : []),
      ...(including.length > 0
        ? [
            line('leavesPolicies', {
              name,
              ...listed(
                'policies',
                including.map((policy) => policy.name),
              ),
            }),
          ]
        : []),
      ...(applications.length > 0 ? [line('groupGives', { name, group, ...listed('applications', applications) })] : []),
      line('groupMayGive', { group }),
    ]
  })
}
