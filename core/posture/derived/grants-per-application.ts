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

interface Granted {
  /** Smallest id of the grants, so that their order does not matter. */
  first: string
  people: number
}

/** Client, resource, scope: each a level of its own, because joining them into one key for every grant costs more than all the rest. */
type Level<Value> = Map<string, Value>
type Scopes = Level<Level<Level<Granted>>>

/** Keeps no grants: memory grows with applications and their permissions, not with people. */
export const grantsPerApplication = defineFolded({
  id: 'grantsPerApplication',
  title: 'Permissions that applications have on behalf of people',
  from: {},
  over: { oauth2PermissionGrants },
  start: (): { everybody: Scopes; people: Scopes; odd: string } => ({ everybody: new Map(), people: new Map(), odd: '' }),
  add(state, { row }) {
    const consent = sameId(row.consentType, 'AllPrincipals') ? 'everybody' : sameId(row.consentType, 'Principal') ? 'people' : undefined
    if (!consent) {
      if (state.odd === '' || row.id < state.odd) state.odd = row.id
      return
    }
    const scopes = below(below(state[consent], row.clientId), row.resourceId)
    for (const scope of distinct(row.scope.split(' '))) {
      const known = scopes.get(scope)
      if (!known) scopes.set(scope, { first: row.id, people: consent === 'people' ? 1 : 0 })
      else {
        if (consent === 'people') known.people += 1
        if (row.id < known.first) known.first = row.id
      }
    }
  },
  finish({ everybody, people, odd }): Derived<GrantedScope> {
    if (odd !== '') return { undecided: `/oauth2PermissionGrants, id ${odd}: consentType is neither AllPrincipals nor Principal.` }
    return { rows: [...rowsOf(everybody, 'everybody'), ...rowsOf(people, 'people')] }
  },
})

function below<Value>(level: Level<Level<Value>>, key: string): Level<Value> {
  const known = level.get(key)
  if (known) return known
  const made: Level<Value> = new Map()
  level.set(key, made)
  return made
}

function distinct(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope, index) => scope !== '' && scopes.indexOf(scope) === index)
}

function rowsOf(clients: Scopes, consent: GrantedScope['consent']): GrantedScope[] {
  return sorted(clients).flatMap(([clientId, resources]) =>
    sorted(resources).flatMap(([resourceId, scopes]) =>
      sorted(scopes).map(([scope, { first, people }]) => {
        return { clientId, resourceId, scope, consent, people, basis: factKey('oauth2PermissionGrants', first) }
      }),
    ),
  )
}

function sorted<Value>(level: Level<Value>): [string, Value][] {
  return [...level].sort(([left], [right]) => (left < right ? -1 : 1))
}
