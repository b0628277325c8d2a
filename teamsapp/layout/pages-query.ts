import * as React from 'react'
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query'

export interface ListPage {
  readonly next: string | null
  /** Of which judgement the page is: where another one began, rows may have moved from one page to another. */
  readonly asOf: string | null
}

/**
 * A list that comes in pages, under a name that events can age; while another question is answered, the last answer stays. All pages are of
 * one judgement: where the next one is of another, the list is read anew, and until then what was there stays.
 */
export function usePages<Page extends ListPage>(
  name: string,
  asked: Readonly<Record<string, string>>,
  load: (query: Readonly<Record<string, string>>) => Promise<Page>,
): UseInfiniteQueryResult<Page> {
  const query = useInfiniteQuery<Page>({
    queryKey: [name, asked],
    queryFn: ({ pageParam }) => load(typeof pageParam === 'string' ? { ...asked, cursor: pageParam } : asked),
    getNextPageParam: (page) => page.next ?? undefined,
    keepPreviousData: true,
    select: ofOneJudgement,
  })
  const { data, refetch } = query
  const isMixed = data !== undefined && data.pages.length < data.pageParams.length
  React.useEffect(() => {
    if (isMixed) void refetch()
  }, [isMixed, refetch])
  return query
}

/** The pages up to the first that is of another judgement; their parameters stay all. */
function ofOneJudgement<Page extends ListPage>({ pages, pageParams }: InfiniteData<Page>): InfiniteData<Page> {
  const other = pages.findIndex(({ asOf }) => asOf !== pages[0]?.asOf)
  return { pages: other < 0 ? pages : pages.slice(0, other), pageParams }
}

/**
 * All pages of one judgement, one after the other, for a file: where another judgement began meanwhile, they are read again from the first,
 * which is told to `onPage`. Ends early, with undefined, when the signal aborts.
 */
export async function allPages<Page extends ListPage>(
  asked: Readonly<Record<string, string>>,
  load: (query: Readonly<Record<string, string>>) => Promise<Page>,
  { onPage, signal }: { readonly onPage: (page: Page, isFirst: boolean) => void; readonly signal: AbortSignal },
): Promise<'all' | undefined> {
  let first: Page | undefined
  let query = asked
  for (;;) {
    const page = await load(query)
    if (signal.aborted) return undefined
    if (first && first.asOf !== page.asOf) {
      first = undefined
      query = asked
      continue
    }
    onPage(page, first === undefined)
    first ??= page
    if (page.next === null) return 'all'
    query = { ...asked, cursor: page.next }
  }
}
