import * as React from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Facets, ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { useClient } from '../../client/client.tsx'

/** Rows that are read at once, and how near to the last one the next are asked for. */
const rowsAtATime = 500
const ahead = 120

export interface Objects {
  readonly rows: readonly ObjectRow[]
  readonly total: number
  readonly facets: Facets | undefined
  readonly error: unknown
  readonly isReady: boolean
  readonly retry: () => void
  /** Reads on where this row comes near to the last that is at hand. */
  readonly look: (row: number) => void
}

/** Findings by object, read a page at a time as somebody goes on; `limit` reads the counts and a first few only. */
export function useObjects(filter: Readonly<Record<string, string>>, order: string, limit = rowsAtATime): Objects {
  const { service } = useClient()
  const query = useInfiniteQuery({
    queryKey: ['findings', 'objects', filter, order, limit],
    queryFn: ({ pageParam }: { pageParam?: string }) =>
      service.call('GET /api/findings/objects', {
        query: { ...filter, order, limit, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
    keepPreviousData: true,
    // Ten thousand rows are not compared one by one each time a page comes in.
    structuralSharing: false,
  })
  const { data, hasNextPage, isFetching, fetchNextPage, refetch } = query
  const rows = React.useMemo(() => distinct(data?.pages.flatMap(({ objects }) => objects) ?? []), [data])
  const wanted = React.useRef(0)
  const goOn = React.useCallback(() => {
    if (hasNextPage === true && !isFetching && rows.length < wanted.current + ahead) void fetchNextPage({ cancelRefetch: false })
  }, [hasNextPage, isFetching, fetchNextPage, rows.length])
  React.useEffect(goOn, [goOn])
  const look = React.useCallback(
    (row: number) => {
      wanted.current = row
      goOn()
    },
    [goOn],
  )
  const first = data?.pages[0]
  return {
    rows,
    // What moved between two pages stands in the list once, so that the end may come earlier than was counted.
    total: hasNextPage === true ? Math.max(first?.total ?? 0, rows.length) : rows.length,
    facets: first?.facets ?? undefined,
    error: query.error,
    isReady: data !== undefined,
    retry: () => void refetch(),
    look,
  }
}

function distinct(rows: readonly ObjectRow[]): readonly ObjectRow[] {
  const seen = new Set<string>()
  return rows.filter(({ findingKey }) => {
    if (seen.has(findingKey)) return false
    seen.add(findingKey)
    return true
  })
}
