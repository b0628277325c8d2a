import type { People, PolicyCoverage } from '../derived/conditional-access-coverage.ts'

export interface Gap {
  readonly policy: PolicyCoverage
  readonly kind: 'user' | 'group' | 'role' | 'guests' | 'application'
  /** In lower case. */
  readonly id: string
}

type Kind = Gap['kind']

/** What one of the policies that may apply leaves out, and no other one that is switched on takes in. Those about workload identities have no people. */
export function gapsOf(all: readonly PolicyCoverage[]): readonly Gap[] {
  const policies = all.filter(({ mayApply }) => mayApply)
  return policies.flatMap((policy) => {
    const others = policies.filter((other) => other !== policy && other.state === 'enabled')
    return leftOut(policy)
      .filter(([kind, id]) => !others.some((other) => takesIn(other, kind, id)))
      .map(([kind, id]) => ({ policy, kind, id }))
  })
}

function leftOut({ people, excludedApplications }: PolicyCoverage): readonly (readonly [Kind, string])[] {
  const applications = excludedApplications.map((id) => ['application', id.toLowerCase()] as const)
  return people ? [...entriesOf(people.excluded), ...applications] : []
}

function takesIn({ people, allApplications, applications, excludedApplications }: PolicyCoverage, kind: Kind, id: string): boolean {
  if (!people) return false
  const has = (list: readonly string[]): boolean => list.some((other) => other.toLowerCase() === id)
  if (kind === 'application') return has(applications) || (allApplications && !has(excludedApplications))
  const named = (side: People): boolean => entriesOf(side).some(([otherKind, other]) => otherKind === kind && other === id)
  return !named(people.excluded) && (people.all || named(people.included))
}

function entriesOf({ users, groups, roles, guests }: People): readonly (readonly [Kind, string])[] {
  const lists = { user: users, group: groups, role: roles, guests } as const
  return (Object.keys(lists) as (keyof typeof lists)[]).flatMap((kind) => lists[kind].map((id) => [kind, id.toLowerCase()] as const))
}
