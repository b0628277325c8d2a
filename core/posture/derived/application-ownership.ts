import { defineFolded, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { applicationOwners } from '../facts/application-owners.ts'
import { applications } from '../facts/applications.ts'
import { servicePrincipalOwners } from '../facts/service-principal-owners.ts'
import { servicePrincipals } from '../facts/service-principals.ts'
import { users } from '../facts/users.ts'
import { nameOr } from '../rows/graph-values.ts'
import { principalType } from '../rows/role-holding.ts'
import { isGuest } from '../rules/people.ts'

/** 'gone' is a user that the directory no longer lists. */
export type OwnerState = 'member' | 'guest' | 'disabled' | 'gone' | 'application'

/** An application with its owners, and what became of them. */
export interface ApplicationOwnership {
  readonly type: 'application' | 'servicePrincipal'
  readonly id: string
  readonly name: string
  readonly owners: readonly { readonly id: string; readonly name: string; readonly state: OwnerState; readonly guest: boolean }[]
  readonly basis: FactKey
}

interface Account {
  readonly guest: boolean
  readonly enabled: boolean
}

/** Of all people, only those who own something are remembered. */
export const applicationOwnership = defineFolded({
  id: 'applicationOwnership',
  title: 'Owners of applications, and whether they are still there',
  from: { applications, servicePrincipals, applicationOwners, servicePrincipalOwners },
  over: { users },
  start: (from) => ({
    owners: new Set(
      [...from.applicationOwners, ...from.servicePrincipalOwners].flatMap(({ owners }) => owners.map(({ id }) => id.toLowerCase())),
    ),
    accounts: new Map<string, Account>(),
  }),
  add({ owners, accounts }, { row }) {
    const id = row.id.toLowerCase()
    if (owners.has(id)) accounts.set(id, { guest: isGuest(row.userType), enabled: row.accountEnabled })
  },
  finish({ accounts }, from): Derived<ApplicationOwnership> {
    const sources = [
      ['application', 'applicationOwners', from.applicationOwners, namesOf(from.applications)],
      ['servicePrincipal', 'servicePrincipalOwners', from.servicePrincipalOwners, namesOf(from.servicePrincipals)],
    ] as const
    const rows: ApplicationOwnership[] = []
    for (const [type, fact, list, names] of sources) {
      for (const { id, owners } of list) {
        const known: ApplicationOwnership['owners'][number][] = []
        for (const owner of owners) {
          const ownerType = principalType(owner['@odata.type'])
          if (ownerType !== 'user' && ownerType !== 'servicePrincipal')
            return { undecided: `The owner ${owner.id} of ${id} has the type '${owner['@odata.type']}', which nobody knows.` }
          const account = accounts.get(owner.id.toLowerCase())
          const state = ownerType === 'servicePrincipal' ? 'application' : stateOf(account)
          known.push({ id: owner.id, name: nameOr(owner.displayName, owner.id), state, guest: account?.guest ?? false })
        }
        rows.push({ type, id, name: names.get(id.toLowerCase()) ?? id, owners: known, basis: factKey(fact, id) })
      }
    }
    return { rows }
  },
})

function stateOf(account: Account | undefined): OwnerState {
  if (!account) return 'gone'
  if (!account.enabled) return 'disabled'
  return account.guest ? 'guest' : 'member'
}

function namesOf(
  rows: readonly { readonly id: string; readonly appId: string; readonly displayName: string | null }[],
): Map<string, string> {
  return new Map(rows.map((row) => [row.id.toLowerCase(), nameOr(row.displayName, row.appId)]))
}
