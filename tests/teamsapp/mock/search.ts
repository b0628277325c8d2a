import { searchHits } from '../sample-search.ts'
import type { Answers } from './answer.ts'

/** What a search finds, in its whole: the answer keeps what has every word of the question. */
export interface SearchState {
  searchable: typeof searchHits
}

export function freshSearch(): SearchState {
  return { searchable: searchHits }
}

export const searchAnswers: Answers<SearchState> = {
  search: ({ state, search }) => {
    const words = (search.get('q') ?? '').toLowerCase().split(/\s+/)
    return {
      hits: state.searchable.filter(({ title, note }) => words.every((word) => `${title} ${note}`.toLowerCase().includes(word))),
      unsearched: [],
    }
  },
}
