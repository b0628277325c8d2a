import type { ApplicationLine, ApplicationsView, ApplicationView } from '@countersign/core/api/applications.ts'
import { application } from '../sample-applications.ts'
import { applications, applicationsOf, sampleEnd } from '../sample-application-list.ts'
import type { Answers } from './answer.ts'

export interface ApplicationsState {
  applications: readonly ApplicationLine[]
  /** Why there is no list; null where there is. */
  applicationsNotKnown: ApplicationsView['notKnown']
  application: ApplicationView
}

export function freshApplications(): ApplicationsState {
  return { applications, applicationsNotKnown: null, application }
}

const pageLength = 100
const sorts: Readonly<Record<string, (left: ApplicationLine, right: ApplicationLine) => number>> = {
  risk: (left, right) => right.score - left.score,
  name: (left, right) => left.name.localeCompare(right.name),
  end: (left, right) => (left.nextEnd ?? '9').localeCompare(right.nextEnd ?? '9'),
  permissions: (left, right) => allOf(right) - allOf(left),
}

export const applicationsAnswers: Answers<ApplicationsState> = {
  'list-applications': ({ state, search }) => {
    if (state.applicationsNotKnown) {
      const asOf = state.applicationsNotKnown.reason === 'noScan' ? null : '2026-11-22T05:12:00.000Z'
      return { asOf, notKnown: state.applicationsNotKnown, count: 0, tally: [], applications: [], next: null }
    }
    const compare = sorts[search.get('sort') ?? 'risk'] ?? (() => 0)
    const sign = search.get('order') === 'reversed' ? -1 : 1
    const found = state.applications.filter((line) => fits(line, search)).sort((left, right) => sign * compare(left, right))
    const from = Number(search.get('cursor') ?? 0)
    const next = from + pageLength < found.length ? String(from + pageLength) : null
    return { ...applicationsOf(state.applications), count: found.length, applications: found.slice(from, from + pageLength), next }
  },
  'get-application': ({ state, id }) => ({ ...state.application, id }),
}

function fits(line: ApplicationLine, search: URLSearchParams): boolean {
  const within = search.get('endsWithin')
  const owners = search.get('owners')
  const enabled = search.get('enabled')
  return (
    line.name.toLowerCase().includes((search.get('search') ?? '').toLowerCase()) &&
    (search.get('level') ?? line.level) === line.level &&
    (search.get('publisher') ?? line.publisher) === line.publisher &&
    (search.get('control') === null || line.permissions.control > 0) &&
    (within === null || (line.nextEnd !== null && line.nextEnd <= sampleEnd(Number(within)))) &&
    (owners === null || line.owners === 0) &&
    (enabled === null || line.isEnabled === (enabled === 'yes'))
  )
}

function allOf({ permissions }: ApplicationLine): number {
  return permissions.application + permissions.delegated
}
