import type { HoldView, PersonLine } from '@countersign/core/api/people.ts'

type Tier = HoldView['tier']

/** A row of the list: a holder, or the heading of a role above its holders. */
export interface Item {
  readonly key: string
  /** Id of the role that begins here; undefined for a holder. */
  readonly heading: string | undefined
  readonly title: string
  readonly tier: Tier
  readonly person: PersonLine
}

const tierOrder = ['control', 'management', 'user', 'none'] as const satisfies readonly Tier[]

export function strongestOf({ holds }: Pick<PersonLine, 'holds'>): Tier {
  return tierOrder.find((tier) => holds.some((hold) => hold.tier === tier)) ?? 'none'
}

/** Holders, with a heading wherever another role begins. */
export function withHeadings(people: readonly PersonLine[], isGrouped: boolean): Item[] {
  const items: Item[] = []
  let last = ''
  for (const person of people) {
    const [hold] = person.holds
    if (isGrouped && hold && hold.roleId !== last) {
      last = hold.roleId
      items.push({ key: `role ${hold.roleId}`, heading: hold.roleId, title: hold.roleName, tier: hold.tier, person })
    }
    items.push({
      key: `${person.id} ${isGrouped || person.holds.length === 1 ? (hold?.place ?? 0) : 'all'}`,
      heading: undefined,
      title: person.name,
      tier: hold?.tier ?? 'none',
      person,
    })
  }
  return items
}
