import { changeView, deleteView, listViews, mostViews, saveView } from '@countersign/core/api/saved-views.ts'
import {
  changeView as change,
  deleteView as remove,
  keepView,
  listViews as viewsOf,
  mayShare,
  type Keeping,
} from '../../engine/saved-views.ts'
import type { Store } from '../../store/database.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse, type Refused } from '../problem.ts'

export function savedViewRoutes({ store, now }: { readonly store: Store; readonly now: () => number }): Handler[] {
  return [
    serve(listViews, async ({ signedIn: { principal } }) =>
      answer({ views: [...(await viewsOf(store, principal))], mayShare: mayShare(principal) }),
    ),
    serve(saveView, async ({ signedIn: { principal }, body }) => {
      const kept = await keepView(store, principal, body, new Date(now()).toISOString())
      return kept.kind === 'kept' ? answer(kept.view, { status: 201 }) : refusal(kept.kind)
    }),
    serve(changeView, async ({ signedIn: { principal }, params, body }) => {
      const kept = await change(store, principal, params.viewId, body)
      return kept.kind === 'kept' ? answer(kept.view) : refusal(kept.kind)
    }),
    serve(deleteView, async ({ signedIn: { principal }, params }) => {
      const done = await remove(store, principal, params.viewId)
      return done === 'deleted' ? answer({ deleted: true }) : refusal(done)
    }),
  ]
}

function refusal(kind: Exclude<Keeping['kind'], 'kept'>): Refused {
  switch (kind) {
    case 'noSuchView':
      return notFound('A view with this id')
    case 'notYours':
      return refuse(403, 'Not your view', 'This view belongs to somebody else.', { mend: 'Save its filters as a view of your own.' })
    case 'sharingIsForOwners':
      return refuse(403, 'Sharing is for Owners', 'Only an Owner shares views with the tenant or changes shared ones.', {
        roles: ['owner'],
      })
    case 'nameTaken':
      return refuse(409, 'Name taken', 'You see a view with this name already.', {
        mend: 'Choose another name, or change that view.',
        errors: [{ path: 'body.name', message: 'is the name of another view' }],
      })
    case 'tooMany':
      return refuse(409, 'Too many views', `There are ${mostViews} views already.`, { mend: 'Delete one that is no longer needed.' })
  }
}
