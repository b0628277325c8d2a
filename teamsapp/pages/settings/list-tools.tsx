import * as React from 'react'
import { Input, makeStyles, Select } from '@fluentui/react-components'
import { CsvButton } from '../../layout/csv-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { useSearchState } from '../../layout/search-state.ts'

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    padding: '4px 20px 12px',
    '@container (max-width: 639px)': { padding: '4px 16px 12px' },
  },
  search: { flexGrow: 1, flexBasis: '200px', maxWidth: '360px', '@container (max-width: 639px)': { maxWidth: 'none', flexBasis: '100%' } },
  choice: { minWidth: 0 },
})

export interface Narrowing {
  readonly words: string
  readonly choice: string
  readonly setWords: (words: string) => void
  readonly setChoice: (choice: string) => void
}

/** What a list of a section is narrowed to; the address carries it, so each list of a page has its own words there. */
export function useNarrowing(searchName: string, choiceName: string): Narrowing {
  const [words, setWords] = useSearchState(searchName)
  const [choice, setChoice] = useSearchState(choiceName)
  return { words, choice, setWords, setChoice }
}

/** Whether each of the words somebody searches by is in one of the texts. */
export function matches(words: string, texts: readonly string[]): boolean {
  const all = texts.join('\n').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

/** Search, one choice and the download of a list that is all there. */
export function ListTools({
  search,
  narrowing,
  any,
  about,
  choices,
  file,
  table,
}: {
  /** What the search box asks for; also the name of the group. */
  readonly search: string
  readonly narrowing: Narrowing
  /** The first choice, that of everything, and what the choice is about. */
  readonly any: string
  readonly about: string
  readonly choices: readonly (readonly [value: string, word: string])[]
  readonly file: string
  /** The shown rows as a table with its head. */
  readonly table: () => readonly (readonly (string | number)[])[]
}): React.ReactElement {
  const styles = useStyles()
  const { words, choice, setWords, setChoice } = narrowing
  return (
    <div className={styles.tools} role="search" aria-label={search}>
      <Input
        className={styles.search}
        type="search"
        placeholder={search}
        aria-label={search}
        value={words}
        onChange={(_, { value }) => setWords(value)}
      />
      <Select className={styles.choice} aria-label={about} value={choice} onChange={(_, { value }) => setChoice(value)}>
        <option value="">{any}</option>
        {choices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </Select>
      <CsvButton file={file} isEmpty={table().length < 2} textOf={() => toCsv(table())} />
    </div>
  )
}
