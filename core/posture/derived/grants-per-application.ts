import { defineFolded, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { oauth2PermissionGrants } from '../facts/oauth2-permission-grants.ts'
import { sameId } from '../rows/graph-values.ts'

/** One delegated permission of one application, however many people granted it. */
export interface GrantedScope {
  /** Object id of the enterprise application that may act. */
  readonly clientId: string
  /** Object id of the enterprise application that offers the permission. */
  readonly resourceId: string
  readonly scope: string
  /** For everybody in the tenant, or by single people for themselves. */
  readonly consent: 'everybody' | 'people'
  /** How many people granted it for themselves; 0 where it holds for everybody. */
  readonly people: number
  /** One of the grants, always the same one. */
  readonly basis: FactKey
}

/** Keeps no grants: memory grows with applications and their permissions, not with people. */
export const grantsPerApplication = defineFolded({
  id: 'grantsPerApplication',
  title: 'Permissions that applications have on behalf of people',
  from: {},
  over: { oauth2PermissionGrants },
  start: () => ({ scopes: new Map<string, { first: string; people: number }>(), odd: new Set<string>() }),
  add(state, { row }) {
    const forAll = sameId(row.consentType, 'AllPrincipals')
    if (!forAll && !sameId(row.consentType, 'Principal')) {
      state.odd.add(row.id)
      return
    }
    for (const scope of new Set(row.scope.split(' '))) {
      if (scope === '') continue
      const key = `${row.clientId}\n${row.resourceId}\n${scope}\n${forAll ? 'everybody' : 'people'}`
      const known = state.scopes.get(key)
      if (known) {
        known.people += forAll ? 0 : 1
        if (row.id < known.first) known.first = row.id
      } else state.scopes.set(key, { first: row.id, people: forAll ? 0 : 1 })
    }
  },
  finish({ scopes, odd }): Derived<GrantedScope> {
    const [first] = [...odd].sort()
    if (first !== undefined)
      return { undecided: `/oauth2PermissionGrants, id ${first}: consentType is neither AllPrincipals nor Principal.` }
    const keys = [...scopes.keys()].sort()
    return {
      rows: keys.map((key) => {
        const [clientId = '', resourceId = '', scope = '', consent] = key.split('\n')
        const { first: grant = '', people = 0 } = scopes.get(key) ?? {}
        return {
          clientId,
          resourceId,
          scope,
          consent: consent === 'everybody' ? 'everybody' : 'people',
          people,
          basis: factKey('oauth2PermissionGrants', grant),
        }
      }),
    }
  },
})
