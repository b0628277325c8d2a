import { getPerson, listPeople } from '@countersign/core/api/people.ts'
import type { Profile } from '@countersign/core/profile.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'
import { cursorFrom, peopleLines } from '../views/people.ts'
import { personView } from '../views/person.ts'

export function peopleRoutes({ store, profile }: { readonly store: Store; readonly profile: Profile }): Handler[] {
  return [
    serve(listPeople, async ({ signedIn: { principal }, query: { cursor, ...ask } }) => {
      const from = cursorFrom(cursor, ask)
      if (from === undefined)
        return refuse(400, 'Unknown place', 'This cursor was not given by this list for these words.', {
          mend: 'Ask for the first page, without a cursor.',
        })
      return answer(await readTx(store, principal, (tx) => peopleLines(tx, ask, from)))
    }),
    serve(getPerson, async ({ signedIn: { principal }, params, locale }) => {
      const view = await readTx(store, principal, (tx) => personView(tx, params.personId, profile, locale))
      return view ? answer(view) : notFound('A person or group of this id')
    }),
  ]
}
