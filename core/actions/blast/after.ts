import { sameId } from '../../posture/rows/graph-values.ts'
import type { Effect } from './effects.ts'
import { isRows, type FactRows, type Unread } from './facts.ts'

/** The rows as they would be once the effects have happened, at the time `at`: what was derived before can be derived again and compared. */
export function after(rows: FactRows, effects: readonly Effect[], at: string): FactRows {
  return effects.reduce((changed, effect) => applied(changed, effect, at), rows)
}

function applied(rows: FactRows, effect: Effect, at: string): FactRows {
  switch (effect.kind) {
    case 'signIn':
      return {
        ...rows,
        ...kept('users', rows.users, (user) => (sameId(user.id, effect.user.id) ? { ...user, accountEnabled: false } : user)),
      }
    case 'role': {
      const isIt = (row: { principalId: string; roleDefinitionId: string; directoryScopeId: string | null }): boolean =>
        sameId(row.principalId, effect.principalId) &&
        sameId(row.roleDefinitionId, effect.roleDefinitionId) &&
        sameId(row.directoryScopeId ?? '/', effect.scope)
      return effect.held === 'active'
        ? { ...rows, ...kept('roleAssignments', rows.roleAssignments, (row) => (isIt(row) ? undefined : row)) }
        : { ...rows, ...kept('roleEligibility', rows.roleEligibility, (row) => (isIt(row) ? undefined : row)) }
    }
    case 'member': {
      const { groupId, user } = effect
      const isIt = (row: { parentId: string; id: string }): boolean => sameId(row.parentId, groupId) && sameId(row.id, user.id)
      return { ...rows, ...kept('roleGroupMembers', rows.roleGroupMembers, (row) => (isIt(row) ? undefined : row)) }
    }
    case 'policyState': {
      const { policy, state } = effect
      const set = <Row extends { id: string; state: string; modifiedDateTime: string | null }>(row: Row): Row =>
        sameId(row.id, policy.id) ? { ...row, state, modifiedDateTime: at } : row
      return { ...rows, ...kept('conditionalAccessPolicies', rows.conditionalAccessPolicies, set) }
    }
    case 'policyCreated':
    case 'application':
    case 'setting':
    case 'notDescribed':
      return rows
  }
}

/** The fact with each row as `change` leaves it; what was not read stays unread. */
function kept<Name extends string, Row>(
  name: Name,
  rows: readonly Row[] | Unread | undefined,
  change: (row: Row) => Row | undefined,
): { readonly [Key in Name]?: readonly Row[] } {
  if (rows === undefined || !isRows(rows)) return {}
  const changed: readonly Row[] = rows.flatMap((row) => change(row) ?? [])
  // The only member is the one named by the type.
  return { [name]: changed } as { readonly [Key in Name]?: readonly Row[] }
}
