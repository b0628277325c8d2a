import * as React from 'react'
import { QueryClient, QueryClientProvider, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Host } from '../host/host.ts'
import { followEvents } from './events.ts'
import { makeRefresher } from './live.ts'
import { problemOf } from './problem.ts'
import { makeWatch, type Standing, type Watch } from './watch.ts'
import { makeService, type AnswerOf, type InputOf, type RouteKey, type Service } from './service.ts'

export interface Client {
  readonly host: Host
  readonly service: Service
  readonly watch: Watch
}

const ClientContext = React.createContext<Client | undefined>(undefined)

export function useClient(): Client {
  const client = React.useContext(ClientContext)
  if (!client) throw new Error('useClient needs a ClientProvider above it.')
  return client
}

/** Gives pages the service and keeps their answers fresh by its events. */
export function ClientProvider({ host, children }: { readonly host: Host; readonly children: React.ReactNode }): React.ReactElement {
  const client = React.useMemo(() => {
    const watch = makeWatch({ probe: isThere })
    return { host, watch, service: makeService(host, watch) }
  }, [host])
  const queries = React.useMemo(makeQueries, [])
  React.useEffect(() => client.watch.onReturn(() => void queries.invalidateQueries()), [client, queries])
  React.useEffect(() => {
    window.addEventListener('online', client.watch.tryNow)
    return () => window.removeEventListener('online', client.watch.tryNow)
  }, [client])
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext.Provider>
  )
}

async function isThere(): Promise<boolean> {
  return (await fetch('/healthz', { cache: 'no-store', credentials: 'omit' })).ok
}

/** How the tab stands with its service, followed live. */
export function useStanding(): Standing {
  const { watch } = useClient()
  return React.useSyncExternalStore(watch.subscribe, watch.standing)
}

/** Why nothing can be changed just now, for the control that would; undefined while it can. */
export function useShut(): string | undefined {
  return useStanding().reach.kind === 'lost' ? 'Countersign cannot be reached just now' : undefined
}

/** Follows events while somebody is signed in, from the place in their log that was known before anything was shown. */
export function useLiveEvents(queries: QueryClient, from: number): void {
  const { service, watch } = useClient()
  const [begin] = React.useState(from)
  React.useEffect(() => {
    const stop = new AbortController()
    const whenReached = (signal: AbortSignal): Promise<void> => whenBack(watch, signal)
    void followEvents(service, { from: begin, onEvent: makeRefresher(queries), signal: stop.signal, whenShown, whenReached })
    return () => stop.abort()
  }, [service, watch, queries, begin])
}

function whenBack(watch: Watch, signal: AbortSignal): Promise<void> {
  const { reach, signInProblem } = watch.standing()
  if (reach.kind === 'reached' && signInProblem === undefined) return Promise.resolve()
  return new Promise((resolve) => {
    const look = (): void => {
      const now = watch.standing()
      if (!signal.aborted && (now.reach.kind === 'lost' || now.signInProblem !== undefined)) return
      leave()
      resolve()
    }
    const leave = watch.subscribe(look)
    signal.addEventListener('abort', look, { once: true })
  })
}

/** A browser opens six connections to a service at most: pages in the background let go of theirs and catch up when they are looked at. */
function whenShown(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve()
  return new Promise((resolve) => document.addEventListener('visibilitychange', () => resolve(), { once: true, signal }))
}

function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A loopback or intranet service is there even when the browser believes itself offline.
        networkMode: 'always',
        staleTime: 15_000,
        retry: (count, error) => count < 1 && problemOf(error).status >= 500,
        retryDelay: 800,
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** Reads a route of the contract under a name that events can age. */
export function useRoute<K extends RouteKey>(
  name: string,
  key: K,
  input: InputOf<K>,
  options: { readonly refetchInterval?: number | false; readonly enabled?: boolean; readonly keepPreviousData?: boolean } = {},
): UseQueryResult<AnswerOf<K>> {
  const { service } = useClient()
  return useQuery({ queryKey: [name, input], queryFn: () => service.call(key, input), ...options })
}

export function useMe(): UseQueryResult<AnswerOf<'GET /api/me'>> {
  const { service, watch } = useClient()
  return useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      const me = await service.call('GET /api/me', {})
      service.setCsrfToken(me.csrfToken)
      watch.noteSignedIn()
      return me
    },
    staleTime: 60_000,
  })
}
