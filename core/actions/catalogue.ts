import { digest } from '../digest.ts'
import type { Action } from './action.ts'
import { disableUser } from './catalogue/disable-user.ts'
import { removeAppSecret } from './catalogue/remove-app-secret.ts'

/** Every action that exists. What is not here cannot happen. */
export const actions: readonly Action[] = [disableUser, removeAppSecret]

export function findAction(id: string): Action | undefined {
  return actions.find((action) => action.id === id)
}

/** Digest of everything in the catalogue that decides what is sent: a proposal made under another one is superseded. */
export const catalogueVersion = digest(actions.map(({ id, impact, writeScopes, source }) => ({ id, impact, writeScopes, source }))).slice(
  0,
  16,
)
