import * as React from 'react'
import { useQuery } from '@tanstack/react-query'
import { useClient, useMe } from '../../client/client.tsx'
import { problemOf } from '../../client/problem.ts'
import { sections } from '../../pages/settings/sections.tsx'
import { askedOfAid, chatEntry, foundEntries, grouped, ownEntries, ranked, recentEntries, type CommandEntry } from './entries.ts'

/** Typing is waited out before the service is asked. */
const settleMs = 150
const shortestSearch = 2
const longestSearch = 100

export interface Commands {
  /** In the order in which they are shown: groups side by side, the nearest first. */
  readonly entries: readonly CommandEntry[]
  readonly isSearching: boolean
  /** Why the list is not complete; undefined when it is. */
  readonly gap: string | undefined
}

/** What the words find: own pages and sections at once, the rest from the service. An answer to words that have changed since is dropped. */
export function useCommands(query: string): Commands {
  const { service } = useClient()
  const { data: me } = useMe()
  const settled = useSettled(query.trim().slice(0, longestSearch))
  const asked = askedOfAid(query)
  const isAsked = settled === query.trim().slice(0, longestSearch) && settled.length >= shortestSearch && asked === undefined
  const search = useQuery({
    queryKey: ['search', settled],
    queryFn: () => service.call('GET /api/search', { query: { q: settled } }),
    enabled: isAsked,
    cacheTime: 30_000,
    retry: false,
  })
  const entries = React.useMemo(() => {
    if (asked !== undefined) return me ? [chatEntry(asked, me.chatUrl)] : []
    const own = ownEntries(sections.filter(({ needs }) => needs === undefined || me?.may[needs.may] === true))
    if (query.trim() === '') return [...recentEntries(), ...own]
    const found = isAsked ? foundEntries(search.data?.hits ?? [], me) : []
    const chat = me && query.trim().length >= shortestSearch ? [chatEntry(query.trim(), me.chatUrl)] : []
    // What the service found has been matched there, by more than is shown.
    return [...grouped(ranked(own, query)), ...found, ...chat]
  }, [asked, query, isAsked, search.data, me])
  const late = search.data?.unsearched ?? []
  return {
    entries,
    isSearching: isAsked && search.isFetching,
    gap:
      isAsked && search.error
        ? `Only pages and settings were searched. ${problemOf(search.error).title}.`
        : isAsked && late.length > 0
          ? 'People were not searched: there are too many to look through in time. Write a longer part of the name.'
          : undefined,
  }
}

function useSettled(value: string): string {
  const [settled, setSettled] = React.useState(value)
  React.useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
