import { getApplication, listApplications } from '@countersign/core/api/applications.ts'
import type { Profile } from '@countersign/core/profile.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'
import { applicationLines, applicationView, placeOf } from '../views/application.ts'

export function applicationRoutes({ store, profile }: { readonly store: Store; readonly profile: Profile }): Handler[] {
  return [
    serve(listApplications, async ({ signedIn: { principal }, query: { cursor, ...ask }, locale }) => {
      const after = cursor === undefined ? undefined : placeOf(cursor, ask)
      if (cursor !== undefined && !after)
        return refuse(400, 'Unknown place', 'This cursor was not given by this list in this order.', {
          mend: 'Ask for the first page, without a cursor.',
        })
      return answer(await readTx(store, principal, (tx) => applicationLines(tx, { ...ask, after }, locale)))
    }),
    serve(getApplication, async ({ signedIn: { principal }, params, locale }) => {
      const view = await readTx(store, principal, (tx) => applicationView(tx, params.applicationId, profile, locale))
      return view ? answer(view) : notFound('This application')
    }),
  ]
}
