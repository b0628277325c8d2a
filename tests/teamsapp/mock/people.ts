import type { PeopleView, PersonLine, PersonView } from '@countersign/core/api/people.ts'
import { people, rolesOf, sourcesRead, type SamplePerson } from '../sample-people.ts'
import { onePerson } from '../sample-person.ts'
import type { Answers } from './answer.ts'

export interface PeopleState {
  people: readonly SamplePerson[]
  /** When the roles were judged; a later judgement has pages of its own. */
  peopleJudgedAt: string
  peopleSources: PeopleView['sources']
  /** Why the roles are not known; null where they are. */
  peopleNotKnown: PeopleView['notKnown']
  person: PersonView
}

export function freshPeople(): PeopleState {
  return { people, peopleJudgedAt: '2026-11-22T05:12:00.000Z', peopleSources: sourcesRead, peopleNotKnown: null, person: onePerson }
}

const pageLength = 100
const tiers = ['control', 'management', 'user', 'none']

export const peopleAnswers: Answers<PeopleState> = {
  'list-people': ({ state, search }) => {
    const { peopleNotKnown: notKnown, peopleSources: sources, peopleJudgedAt } = state
    if (notKnown) {
      const asOf = notKnown.reason === 'noScan' ? null : peopleJudgedAt
      return { asOf, notKnown, sources, count: 0, holders: 0, roles: [], people: [], next: null }
    }
    const rows = state.people.flatMap((person) => rowsOf(person, search))
    const found = search.get('by') === 'person' ? byPerson(rows, state.people) : rows.sort(byRole)
    const from = Number(search.get('cursor') ?? 0)
    return {
      ...{ asOf: peopleJudgedAt, notKnown, sources, count: found.length, holders: new Set(rows.map(({ id }) => id)).size },
      roles: rolesOf(state.people),
      people: found.slice(from, from + pageLength),
      next: from + pageLength < found.length ? String(from + pageLength) : null,
    }
  },
  'get-person': ({ state, id }) => ({ ...state.person, id }),
}

const hows: Readonly<Record<string, (hold: SamplePerson['holds'][number]) => boolean>> = {
  direct: ({ via }) => via.length === 0,
  group: ({ via }) => via.length > 0,
  active: ({ isActive }) => isActive,
  eligible: ({ isActive }) => !isActive,
  permanent: ({ isActive, until }) => isActive && until === null,
}

function rowsOf(person: SamplePerson, search: URLSearchParams): PersonLine[] {
  const text = (search.get('search') ?? '').toLowerCase()
  if ((search.get('kind') ?? person.kind) !== person.kind) return []
  if ((search.get('methods') ?? person.methods.strength) !== person.methods.strength) return []
  return person.holds.flatMap((hold, place) => {
    const fits =
      `${person.name} ${person.userPrincipalName} ${hold.roleName}`.toLowerCase().includes(text) &&
      (search.get('tier') ?? hold.tier) === hold.tier &&
      (search.get('role') ?? hold.roleId) === hold.roleId &&
      (hows[search.get('how') ?? ''] ?? (() => true))(hold)
    return fits ? [{ ...person, roles: person.holds.length, holds: [{ ...hold, place }] }] : []
  })
}

function byPerson(rows: readonly PersonLine[], all: readonly SamplePerson[]): PersonLine[] {
  const ids = new Set(rows.map(({ id }) => id))
  return all
    .filter(({ id }) => ids.has(id))
    .map((person) => ({ ...person, roles: person.holds.length, holds: person.holds.map((hold, place) => ({ ...hold, place })) }))
}

function byRole(left: PersonLine, right: PersonLine): number {
  const [one, other] = [left.holds[0], right.holds[0]]
  const tier = tiers.indexOf(one?.tier ?? '') - tiers.indexOf(other?.tier ?? '')
  return tier || (one?.roleName ?? '').localeCompare(other?.roleName ?? '') || left.name.localeCompare(right.name)
}
