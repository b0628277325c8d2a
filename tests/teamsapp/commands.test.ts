import { describe, expect, test } from '@jest/globals'
import { placeAfter } from '../../teamsapp/layout/commands/place.ts'
import {
  askedOfAid,
  chatEntry,
  foundEntries,
  grouped,
  noteChosen,
  ownEntries,
  rankOf,
  ranked,
  recentEntries,
  type CommandEntry,
} from '../../teamsapp/layout/commands/entries.ts'
import { fitCount } from '../../teamsapp/layout/fit-count.ts'
import { pages } from '../../teamsapp/layout/pages.ts'
import { fc } from '../random.ts'
import { me } from './sample-records.ts'
import { searchHits } from './sample-search.ts'

const sections = [
  { path: 'permissions', title: 'Permissions', note: 'What is needed, granted and held' },
  { path: 'scans', title: 'Scans', note: 'When scans run, and in whose name' },
]

describe('the order of commands', () => {
  test.each([
    ['Receipts', 'receipts', 0],
    ['Receipts', 'rec', 1],
    ['Trust Center', 'cen', 2],
    ['Trust Center', 'cen tru', 2],
    ['Trust Center', 'ente', 3],
    ['Scans', 'whose', 4],
    ['Scans', 'settings', 4],
    ['Scans', 'receipt', undefined],
    ['Tomás Ruiz', 'tomas', 1],
    ['Åse Öberg', 'ase oberg', 0],
  ])('%s for "%s" is %s', (title, query, rank) => {
    expect(rankOf({ title, note: title === 'Scans' ? 'When scans run, and in whose name' : '', words: 'settings' }, query)).toBe(rank)
  })

  test('the nearest comes first, and what has not every word does not come', () => {
    expect(ranked(ownEntries(sections), 'sc').map(({ title }) => title)).toEqual(['Scans'])
    expect(ranked(ownEntries(sections), 'set').map(({ title }) => title)).toEqual(['Settings', 'Permissions', 'Scans'])
    expect(ranked(ownEntries(sections), 'nothing has this')).toEqual([])
  })

  test('ranking is a choice among the entries: none is made up or doubled, and a longer query never finds more', () => {
    const entries = ownEntries(sections)
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.string({ maxLength: 3 }), (query, more) => {
        const found = ranked(entries, query)
        expect(new Set(found).size).toBe(found.length)
        expect(found.every((entry) => entries.includes(entry))).toBe(true)
        expect(ranked(entries, query + more).every((entry) => found.includes(entry))).toBe(true)
      }),
    )
  })

  test('a group is shown once', () => {
    const names = grouped([...ownEntries(sections), ...ownEntries(sections)]).map(({ group }) => group)
    expect(names.filter((name, index) => name !== names[index - 1])).toEqual([...new Set(names)])
  })
})

describe('what the service found', () => {
  test('leads to its page, as far as that page can be opened', () => {
    const paths = foundEntries(searchHits, me).map(({ does }) => (does.kind === 'go' ? does.path : ''))
    expect(paths).toContain('/findings/guest-owns-privileged-app')
    expect(paths).toContain('/actions/catalogue/enforce-policy')
    expect(paths.some((path) => path.startsWith('/people/'))).toBe(pages.some(({ path }) => path === '/people'))
  })

  test('an action is proposed by those who may, and only looked at by others', () => {
    const titles = (propose: boolean): string[] =>
      foundEntries(searchHits, { ...me, may: { ...me.may, propose } })
        .filter(({ group }) => group === 'Actions')
        .map(({ title }) => title)
    expect(titles(true)).toEqual(['Propose: Enforce a Conditional Access policy'])
    expect(titles(false)).toEqual(['Enforce a Conditional Access policy'])
  })
})

describe('words for the chat', () => {
  test.each([
    ['ask the Aid: stale guests', 'stale guests'],
    ['Ask the Aid stale guests', 'stale guests'],
    ['ask aid: score', 'score'],
    ['ask score', 'score'],
    ['? score', 'score'],
    ['task force', undefined],
    ['ask', undefined],
    ['guests', undefined],
  ])('%s → %s', (query, asked) => expect(askedOfAid(query)).toBe(asked))

  test('go into the box of the chat and no further', () => {
    const { does } = chatEntry('disable user x & "y"', 'https://teams.microsoft.com/l/chat/0/0?users=28:bot')
    const url = new URL(does.kind === 'open' ? does.url : '')
    expect(url.searchParams.get('message')).toBe('disable user x & "y"')
    expect(url.searchParams.get('users')).toBe('28:bot')
  })
})

test('what was chosen lately is kept newest first, once each, six at most', () => {
  const entry = (id: string): CommandEntry => ({ id, group: 'Pages', title: id, note: '', does: { kind: 'go', path: `/${id}` } })
  for (const id of ['a', 'b', 'c', 'a', 'd', 'e', 'f', 'g']) noteChosen(entry(id))
  noteChosen({ ...entry('chat'), does: { kind: 'open', url: 'https://x.example' } })
  expect(recentEntries().map(({ id }) => id)).toEqual(['g', 'f', 'e', 'd', 'a', 'c'])
})

test('the arrows go round, the pages stop at the ends, and letters stay with the field', () => {
  expect([placeAfter('ArrowDown', 2, 3), placeAfter('ArrowUp', 0, 3), placeAfter('PageDown', 0, 3), placeAfter('PageUp', 2, 3)]).toEqual([
    0, 2, 2, 0,
  ])
  expect([placeAfter('a', 0, 3), placeAfter('Home', 0, 3), placeAfter('ArrowDown', 0, 0)]).toEqual([undefined, undefined, undefined])
})

test('pages that do not fit leave room for "More"; those that do need none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 30, max: 160 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 1600 }),
      (widths, room) => {
        const count = fitCount(widths, room)
        const used = widths.slice(0, count).reduce((sum, width) => sum + width, 0)
        expect(count).toBeLessThanOrEqual(widths.length)
        if (count > 0) expect(used).toBeLessThanOrEqual(room)
      },
    ),
  )
  expect(fitCount([100, 100, 100], 306)).toBe(3)
  expect(fitCount([100, 100, 100], 305)).toBe(1)
})
