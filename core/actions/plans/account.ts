import { z } from 'zod'
import type { GraphRead, PlanContext, PlanStep, Subject } from '../action.ts'
import { refuse, unreadable, type Refused } from './planning.ts'

/** What every plan about a person reads; entries add the fields that they touch. */
export const account = z.object({ id: z.string(), displayName: z.string().nullable(), userPrincipalName: z.string() })
export type Account = z.infer<typeof account>

export const accountReasons = {
  notFound: 'No account with the object id {id} exists in this tenant.',
  unreadable,
  isAid: 'This is the Aid’s own account, which never changes itself.',
}
export const isRequester = 'This is your own account. Ask another administrator.'
export const synced = 'This account is synced from Active Directory, which is its master and may undo a change made only in the cloud.'

export function readAccount(id: string, ...fields: readonly string[]): GraphRead {
  return { path: `/users/${id}?$select=${['id', 'displayName', 'userPrincipalName', ...fields].join(',')}` }
}

export function accountSubject({ id, displayName, userPrincipalName }: Account): Subject & { readonly type: 'user' } {
  return { type: 'user', id, name: displayName || userPrincipalName, qualifier: userPrincipalName }
}

/** The Aid never changes itself, and nobody their own account. */
export function refuseOwn({ id }: Pick<Account, 'id'>, { aidId, requestedBy }: PlanContext): Refused | undefined {
  if (id === aidId) return refuse('isAid')
  return id === requestedBy ? refuse('isRequester') : undefined
}

/** Home of a guest is another organisation: its password and sign-in methods are not kept here. */
export function isFromElsewhere({ userPrincipalName }: Account): boolean {
  return userPrincipalName.toUpperCase().includes('#EXT#')
}

/** Allows or blocks sign-in, and back. */
export function setEnabled(id: string, enabled: boolean): Omit<PlanStep, 'about'> {
  const read = { path: `/users/${id}?$select=accountEnabled` }
  const write = (value: boolean) => ({ method: 'PATCH' as const, path: `/users/${id}`, body: { accountEnabled: value } })
  const readBack = (value: boolean) => ({ read, expect: { kind: 'equals' as const, field: 'accountEnabled', value } })
  const echo = (value: boolean) => ({
    activities: [value ? 'Enable account' : 'Disable account', 'Update user'],
    targetId: id,
    modified: { name: 'AccountEnabled', newValueContains: String(value) },
  })
  return {
    class: 'set',
    write: write(enabled),
    readBack: readBack(enabled),
    undo: { write: write(!enabled), readBack: readBack(!enabled), echo: echo(!enabled) },
    echo: echo(enabled),
  }
}

/** The least built-in role that blocks and unblocks sign-in and ends sessions: custom roles cannot. */
export const identityResponder = { name: 'Entra SOC Identity Responder', templateId: '58f930cc-fcf4-4152-852c-1d7dbf502139' } as const
