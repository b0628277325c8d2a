import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query'

interface ListPage {
  readonly next: string | null
}

/** A list that comes in pages, under a name that events can age; while another question is answered, the last answer stays. */
export function usePages<Page extends ListPage>(
  name: string,
  asked: Readonly<Record<string, string>>,
  load: (query: Readonly<Record<string, string>>) => Promise<Page>,
): UseInfiniteQueryResult<Page> {
  return useInfiniteQuery<Page>({
    queryKey: [name, asked],
    queryFn: ({ pageParam }) => load(typeof pageParam === 'string' ? { ...asked, cursor: pageParam } : asked),
    getNextPageParam: (page) => page.next ?? undefined,
    keepPreviousData: true,
  })
}

/** All pages, one after the other, for a file. Ends early, with undefined, when the signal aborts. */
export async function allPages<Page extends ListPage>(
  asked: Readonly<Record<string, string>>,
  load: (query: Readonly<Record<string, string>>) => Promise<Page>,
  { onPage, signal }: { readonly onPage: (page: Page) => void; readonly signal: AbortSignal },
): Promise<'all' | undefined> {
  let query = asked
  for (;;) {
    const page = await load(query)
    if (signal.aborted) return undefined
    onPage(page)
    if (page.next === null) return 'all'
    query = { ...asked, cursor: page.next }
  }
}
