import { mostViews, type SavedView } from '@countersign/core/api/saved-views.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import type { Store } from '../store/database.ts'
import { appendEvent } from '../store/outbox.ts'
import {
  defaultView,
  dropDefaults,
  insertView,
  inTurnOfViews,
  putScoreTarget,
  removeView,
  setDefaultView,
  updateView,
  viewsFor,
  type ScoreTarget,
  type StoredView,
} from '../store/saved-views.ts'
import { readTx, writeTx, type ReadTx } from '../store/transaction.ts'

export type Keeping =
  | { readonly kind: 'kept'; readonly view: SavedView }
  | { readonly kind: 'noSuchView' | 'notYours' | 'sharingIsForOwners' | 'nameTaken' | 'tooMany' }

export interface ViewChange {
  readonly name?: string | undefined
  readonly query?: string | undefined
  readonly shared?: boolean | undefined
  readonly isDefault?: boolean | undefined
}

export function mayShare(principal: Principal): boolean {
  return permission(principal, 'declare').may
}

export async function listViews(store: Store, principal: Principal): Promise<readonly SavedView[]> {
  return readTx(store, principal, async (tx) => {
    const first = await defaultView(tx)
    return (await viewsFor(tx)).map((view) => shown(tx, view, first))
  })
}

export async function keepView(
  store: Store,
  by: Principal,
  wanted: { readonly name: string; readonly query: string; readonly shared: boolean },
  at: string,
): Promise<Keeping> {
  if (wanted.shared && !mayShare(by)) return { kind: 'sharingIsForOwners' }
  return writeTx(store, by, async (tx): Promise<Keeping> => {
    await inTurnOfViews(tx)
    const others = await viewsFor(tx)
    if (isTaken(others, wanted.name)) return { kind: 'nameTaken' }
    if (isFull(others, tx, wanted.shared)) return { kind: 'tooMany' }
    const view = await insertView(tx, { ...wanted, byName: by.displayName, at })
    return { kind: 'kept', view: shown(tx, view, await defaultView(tx)) }
  })
}

/** Changes a view of one's own, an owner also a shared one; whoever sees a view may make it the first that they see. */
export async function changeView(store: Store, by: Principal, id: string, change: ViewChange): Promise<Keeping> {
  return writeTx(store, by, async (tx): Promise<Keeping> => {
    await inTurnOfViews(tx)
    const all = await viewsFor(tx)
    const known = all.find((view) => view.id === id)
    if (!known) return { kind: 'noSuchView' }
    const next = {
      ...known,
      name: change.name ?? known.name,
      query: change.query ?? known.query,
      shared: change.shared ?? known.shared,
    }
    const isChanged = next.name !== known.name || next.query !== known.query || next.shared !== known.shared
    if (isChanged) {
      if (known.personId !== tx.personId && !mayShare(by)) return { kind: 'notYours' }
      if ((next.shared || known.shared) && !mayShare(by)) return { kind: 'sharingIsForOwners' }
      const others = all.filter((view) => view.id !== id)
      if (isTaken(others, next.name)) return { kind: 'nameTaken' }
      if (next.shared !== known.shared && isFull(others, tx, next.shared)) return { kind: 'tooMany' }
      if (known.shared && !next.shared && known.personId !== tx.personId) return { kind: 'notYours' }
      await updateView(tx, next)
      if (known.shared && !next.shared) await dropDefaults(tx, id)
    }
    const first = await defaultView(tx)
    if (change.isDefault === true) await setDefaultView(tx, id)
    if (change.isDefault === false && first === id) await setDefaultView(tx, null)
    return { kind: 'kept', view: shown(tx, next, await defaultView(tx)) }
  })
}

export async function deleteView(store: Store, by: Principal, id: string): Promise<'deleted' | 'noSuchView' | 'notYours'> {
  return writeTx(store, by, async (tx) => {
    const known = (await viewsFor(tx)).find((view) => view.id === id)
    if (!known) return 'noSuchView'
    if (known.personId !== tx.personId && !mayShare(by)) return 'notYours'
    await removeView(tx, id)
    return 'deleted'
  })
}

/** The score to reach; null takes it away. */
export async function setTarget(store: Store, owner: Principal, value: number | null, at: string): Promise<ScoreTarget | null> {
  return writeTx(store, owner, async (tx) => {
    const target = value === null ? null : { value, byName: owner.displayName, at }
    await putScoreTarget(tx, target)
    appendEvent(tx, 'settings.changed', 'scoreTarget', at)
    return target
  })
}

/** Two views of the same name side by side could not be told apart. */
function isTaken(others: readonly StoredView[], name: string): boolean {
  return others.some((view) => view.name.toLowerCase() === name.toLowerCase())
}

function isFull(others: readonly StoredView[], { personId }: ReadTx, shared: boolean): boolean {
  return others.filter((view) => view.shared === shared && (shared || view.personId === personId)).length >= mostViews
}

function shown({ personId }: ReadTx, view: StoredView, first: string | undefined): SavedView {
  const { id, name, query, shared, byName, at } = view
  return { id, name, query, shared, mine: view.personId === personId, isDefault: id === first, byName, at }
}
