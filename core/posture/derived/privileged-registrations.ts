import { defineFolded } from '../fact.ts'
import { registrationDetails } from '../facts/registration-details.ts'
import { privilegedPrincipals } from './privileged-principals.ts'

/** What somebody with a directory role has registered for signing in. */
export interface PrivilegedRegistration {
  readonly id: string
  readonly methods: readonly string[]
}

/** The rows of the registration report that are about holders of a directory role, so that whole checks can look for those who are missing. */
export const privilegedRegistrations = defineFolded({
  id: 'privilegedRegistrations',
  title: 'What holders of a directory role have registered for signing in',
  from: { privilegedPrincipals },
  over: { registrationDetails },
  start: ({ privilegedPrincipals: principals }) => ({
    holders: new Set(principals.map(({ id }) => id.toLowerCase())),
    rows: [] as PrivilegedRegistration[],
  }),
  add({ holders, rows }, { row }) {
    if (holders.has(row.id.toLowerCase())) rows.push({ id: row.id, methods: row.methodsRegistered })
  },
  finish: ({ rows }) => ({ rows: rows.sort((left, right) => (left.id < right.id ? -1 : 1)) }),
})
