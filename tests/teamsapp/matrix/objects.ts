import { crowdedApplication, plainApplication } from '../sample-applications.ts'
import { payrollId } from '../sample-application-evidence.ts'
import { manyPeople, methodsUnread, personId, withoutReports, people } from '../sample-people.ts'
import { oneGroup, plainPerson } from '../sample-person.ts'
import { common, shown, without, type MatrixPage } from './cell.ts'

const noScan = { reason: 'noScan', detail: 'No scan has been judged for this list yet.' } as const
const oneObject = 'A single object has an address only once it was found.'

/** Applications and people: the lists, and one of each. */
export const objectPages: readonly MatrixPage[] = [
  {
    name: 'applications',
    path: '/applications',
    cells: {
      ...common('list-applications'),
      firstRun: shown('The first scan fills this page.', { applicationsNotKnown: noScan }),
      empty: shown('No application fits', {}, '/applications?search=nothing-is-called-so&level=high'),
      partial: shown('The applications could not be read.', { applicationsNotKnown: { reason: 'scope', detail: 'Application.Read.All' } }),
      full: shown('Payroll Sync'),
    },
  },
  {
    name: 'application',
    path: `/applications/${payrollId}`,
    cells: {
      ...common('get-application'),
      firstRun: without(oneObject),
      empty: shown('Nothing signs in as it', { application: plainApplication }),
      partial: shown('Show all 40', { application: crowdedApplication }),
      full: shown('Payroll Sync reaches the control of the tenant'),
    },
  },
  {
    name: 'people',
    path: '/people',
    cells: {
      ...common('list-people'),
      firstRun: shown('The first scan fills this page.', { peopleNotKnown: noScan }),
      empty: shown('Nobody fits', {}, '/people?search=nobody-is-called-so'),
      partial: shown('Sign-in methods could not be read.', { people: withoutReports(people), peopleSources: methodsUnread }),
      full: shown('Show 100 more of', { people: manyPeople(260) }, '/people?by=person'),
    },
  },
  {
    name: 'person',
    path: `/people/${personId}`,
    cells: {
      ...common('get-person'),
      firstRun: without(oneObject),
      empty: shown('Tomás Ruiz holds no directory role', { person: plainPerson }),
      partial: shown('Members and owners', { person: oneGroup }),
      full: shown('Tomás Ruiz reaches the control of the tenant'),
    },
  },
]
