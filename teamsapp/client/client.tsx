import * as React from 'react'
import { QueryClient, QueryClientProvider, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { Host } from '../host/host.ts'
import { followEvents } from './events.ts'
import { makeRefresher } from './live.ts'
import { problemOf } from './problem.ts'
import { makeService, type AnswerOf, type InputOf, type RouteKey, type Service } from './service.ts'

export interface Client {
  readonly host: Host
  readonly service: Service
}

const ClientContext = React.createContext<Client | undefined>(undefined)

export function useClient(): Client {
  const client = React.useContext(ClientContext)
  if (!client) throw new Error('useClient needs a ClientProvider above it.')
  return client
}

/** Gives pages the service and keeps their answers fresh by its events. */
export function ClientProvider({ host, children }: { readonly host: Host; readonly children: React.ReactNode }): React.ReactElement {
  const client = React.useMemo(() => ({ host, service: makeService(host) }), [host])
  const queries = React.useMemo(makeQueries, [])
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext.Provider>
  )
}

/** Follows events while somebody is signed in. */
export function useLiveEvents(queries: QueryClient): void {
  const { service } = useClient()
  React.useEffect(() => {
    const stop = new AbortController()
    void followEvents(service, { onEvent: makeRefresher(queries), signal: stop.signal })
    return () => stop.abort()
  }, [service, queries])
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
  options: { readonly refetchInterval?: number | false; readonly enabled?: boolean } = {},
): UseQueryResult<AnswerOf<K>> {
  const { service } = useClient()
  return useQuery({ queryKey: [name, input], queryFn: () => service.call(key, input), ...options })
}

export function useMe(): UseQueryResult<AnswerOf<'GET /api/me'>> {
  const { service } = useClient()
  return useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      const me = await service.call('GET /api/me', {})
      service.setCsrfToken(me.csrfToken)
      return me
    },
    staleTime: 60_000,
  })
}
