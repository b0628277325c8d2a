import type { Me } from '@countersign/core/api/me.ts'
import type { SearchHit, SearchKind } from '@countersign/core/api/search.ts'
import { pageAt, pages } from '../pages.ts'

export interface CommandEntry {
  /** Stands for the same thing wherever it was found. */
  readonly id: string
  readonly group:
    'Recent' | 'This page' | 'Pages' | 'Settings' | 'Findings' | 'Policies' | 'Applications' | 'People' | 'Receipts' | 'Actions' | 'Chat'
  readonly title: string
  readonly note: string
  /** Words that find it and are not shown. */
  readonly words?: string
  readonly does:
    { readonly kind: 'go'; readonly path: string } | { readonly kind: 'open'; readonly url: string } | { readonly kind: 'copyLink' }
}

/** A section of Settings, as far as a command needs it. */
export interface SectionEntry {
  readonly path: string
  readonly title: string
  readonly note: string
}

const kinds = {
  finding: { group: 'Findings', root: '/findings/' },
  policy: { group: 'Policies', root: '/findings/' },
  application: { group: 'Applications', root: '/applications/' },
  person: { group: 'People', root: '/people/' },
  receipt: { group: 'Receipts', root: '/receipts/' },
  action: { group: 'Actions', root: '/actions/catalogue/' },
} as const satisfies Record<SearchKind, { readonly group: CommandEntry['group']; readonly root: string }>

/** What can be chosen without asking the service. */
export function ownEntries(sections: readonly SectionEntry[]): readonly CommandEntry[] {
  return [
    ...pages.map(({ path, title }) => ({ id: path, group: 'Pages' as const, title, note: '', does: { kind: 'go' as const, path } })),
    ...sections.map(({ path, title, note }) => ({
      id: `/settings/${path}`,
      group: 'Settings' as const,
      title,
      note,
      words: 'settings',
      does: { kind: 'go' as const, path: `/settings/${path}` },
    })),
    {
      id: 'copy-link',
      group: 'This page',
      title: 'Copy a link to this page',
      note: '',
      words: 'share address url',
      does: { kind: 'copyLink' },
    },
  ]
}

/** What the service found, as far as its pages can be opened. */
export function foundEntries(hits: readonly SearchHit[], me: Me | undefined): readonly CommandEntry[] {
  return hits.flatMap(({ kind, id, title, note }): CommandEntry[] => {
    const { group, root } = kinds[kind]
    const path = `${root}${encodeURIComponent(id)}`
    if (pageAt(path) === undefined) return []
    const mayPropose = kind === 'action' && me?.may.propose === true
    // Two ids of frameworks may lead to one finding.
    return [{ id: `${kind}:${id}:${title}`, group, title: mayPropose ? `Propose: ${title}` : title, note, does: { kind: 'go', path } }]
  })
}

/** "ask the Aid: stale guests", "ask stale guests" and "? stale guests" are meant for the chat. */
export function askedOfAid(query: string): string | undefined {
  const asked = /^(?:ask(?:\s+(?:the\s+)?aid)?\s*:?\s+|\?\s*)(.+)$/i.exec(query.trim())?.[1]
  return asked?.replace(/^the\s+aid\s*:?\s*/i, '')
}

/** Opens the chat with the text in its box; the person sends it. */
export function chatEntry(text: string, chatUrl: string): CommandEntry {
  const url = new URL(chatUrl)
  url.searchParams.set('message', text)
  return {
    id: 'chat',
    group: 'Chat',
    title: `Ask the Aid: “${text}”`,
    note: 'Opens the chat with these words',
    does: { kind: 'open', url: url.toString() },
  }
}

/** Entries in which every word is found, the nearest first; ties keep their order. */
export function ranked(entries: readonly CommandEntry[], query: string): readonly CommandEntry[] {
  const wanted = plain(query)
  if (wanted === '') return entries
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((left, right) => (left.rank ?? 0) - (right.rank ?? 0))
    .map(({ entry }) => entry)
}

/** Groups side by side, in the order in which each is first met. */
export function grouped(entries: readonly CommandEntry[]): readonly CommandEntry[] {
  const groups = [...new Set(entries.map(({ group }) => group))]
  return groups.flatMap((group) => entries.filter((entry) => entry.group === group))
}

/** 0 is the very title, 1 its beginning, 2 beginnings of its words, 3 somewhere in it, 4 only in what stands beside it; undefined is no match. */
export function rankOf({ title, note, words = '' }: Pick<CommandEntry, 'title' | 'note' | 'words'>, wanted: string): number | undefined {
  const name = plain(title)
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  const parts = wanted.split(' ')
  const begun = name.split(/[^\p{L}\p{N}]+/u)
  if (parts.every((part) => begun.some((word) => word.startsWith(part)))) return 2
  if (parts.every((part) => name.includes(part))) return 3
  const all = `${name} ${plain(note)} ${plain(words)}`
  return parts.every((part) => all.includes(part)) ? 4 : undefined
}

/** Without marks over letters, in lower case, with single spaces. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

const keptRecent = 6
let recent: readonly CommandEntry[] = []

/** What was chosen lately, newest first: in memory alone, gone with the page. */
export function recentEntries(): readonly CommandEntry[] {
  return recent
}

export function noteChosen(entry: CommandEntry): void {
  if (entry.does.kind !== 'go') return
  recent = [{ ...entry, group: 'Recent' as const }, ...recent.filter(({ id }) => id !== entry.id)].slice(0, keptRecent)
}
