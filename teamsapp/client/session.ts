import * as React from 'react'
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { Me } from '@countersign/core/api/me.ts'
import type { StartOutcome } from '../host/host.ts'
import { whenSignedIn } from '../host/session-channel.ts'
import { useClient, useMe } from './client.tsx'
import { forgetDraftsOfOthers } from './draft.ts'
import { problemOf } from './problem.ts'
import { consentProblemType } from './service.ts'

/**
 * Takes up a new sign-in, of this page or of another one of the same browser: everything shown is read again. Where somebody else has
 * signed in, the page begins anew, so that nothing of one person is left for the other.
 */
export function useSignInAgain(): () => void {
  const me = useMe()
  const queries = useQueryClient()
  const person = React.useRef<string>()
  const id = me.data?.objectId
  React.useEffect(() => {
    if (id === undefined) return
    forgetDraftsOfOthers(id)
    if (person.current !== undefined && id !== person.current) window.location.reload()
    person.current ??= id
  }, [id])
  const { refetch } = me
  const again = React.useCallback(() => {
    void refetch().then(({ error }) => (error ? undefined : queries.invalidateQueries()))
  }, [refetch, queries])
  React.useEffect(() => whenSignedIn(again), [again])
  return again
}

/** Tells the host how the start went. */
export function useToldHost({ data, error }: Pick<UseQueryResult<Me>, 'data' | 'error'>): void {
  const { host } = useClient()
  const isThere = data !== undefined
  React.useEffect(() => {
    if (isThere) host.told({ kind: 'shown' })
    else if (error) host.told(outcomeOf(error))
  }, [host, isThere, error])
}

function outcomeOf(error: unknown): StartOutcome {
  const { type, status, title, consent } = problemOf(error)
  if (type === consentProblemType || consent) return { kind: 'asksConsent' }
  return { kind: 'failed', why: status === 401 ? 'signIn' : status === 0 ? 'unreachable' : 'other', message: title }
}
