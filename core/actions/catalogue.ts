import { digest } from '../digest.ts'
import type { Action } from './action.ts'
import { disableUser } from './catalogue/disable-user.ts'
import { removeAppSecret } from './catalogue/remove-app-secret.ts'

/** Every action that exists. What is not here cannot happen. */
export const actions = [disableUser, removeAppSecret] as const satisfies readonly Action<string, never>[]

/** An action whose input has not been parsed yet: input goes in as it came and is judged by the entry's own schema. */
export type AnyAction = (typeof actions)[number]

export function findAction(id: string): AnyAction | undefined {
  return actions.find((action) => action.id === id)
}

/** Digest of everything in the catalogue that decides what is sent: a proposal made under another one is superseded. */
export const catalogueVersion = digest(
  actions.map((action) => ({ id: action.id, impact: action.impact, writeScopes: [...action.writeScopes], plan: String(action.plan), reads: String(action.reads) })),
).slice(0, 16)
