import * as React from 'react'
import { Button, Input, makeStyles, Select } from '@fluentui/react-components'
import { useSearchParams } from 'react-router-dom'

export interface FilterChoice {
  readonly name: string
  /** What the filter is about, for its accessible name and for its first choice. */
  readonly title: string
  readonly any: string
  readonly choices: readonly (readonly [value: string, word: string])[]
}

export interface Filters {
  readonly get: (name: string) => string
  /** '' takes the word out of the address. */
  readonly set: (name: string, value: string) => void
  readonly clear: () => void
  /** The words that are set, as a question to the service. */
  readonly asked: Readonly<Record<string, string>>
}

/** What a list is narrowed to stands in the address, so that a link shows the same; words that no choice has are passed over. */
export function useFilters(choices: readonly FilterChoice[]): Filters {
  const [search, setSearch] = useSearchParams()
  const known = choices.flatMap(({ name, choices: values }) => {
    const value = search.get(name)
    return value !== null && values.some(([one]) => one === value) ? [[name, value] as const] : []
  })
  const words = search.get('search') ?? ''
  const asked = Object.fromEntries([...known, ...(words.trim() === '' ? [] : [['search', words.trim()] as const])])
  return {
    asked,
    get: (name) => (name === 'search' ? words : (known.find(([one]) => one === name)?.[1] ?? '')),
    set: (name, value) => change([[name, value]]),
    clear: () => change([...choices.map(({ name }) => [name, ''] as const), ['search', '']]),
  }

  function change(values: readonly (readonly [string, string])[]): void {
    const next = new URLSearchParams(search)
    for (const [name, value] of values) {
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    setSearch(next, { replace: true })
  }
}

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    padding: '4px 20px 12px',
    '@container (max-width: 639px)': { padding: '4px 16px 12px' },
  },
  search: { flexGrow: 1, flexBasis: '264px', maxWidth: '360px', '@container (max-width: 639px)': { maxWidth: 'none', flexBasis: '100%' } },
  choice: { minWidth: 0, maxWidth: '172px', '@container (max-width: 639px)': { maxWidth: 'none', flexGrow: 1, flexBasis: '45%' } },
})

/** The search box, the filters and the way back to everything. */
export function FilterBar({
  filters,
  choices,
  search,
  children,
}: {
  readonly filters: Filters
  readonly choices: readonly FilterChoice[]
  /** What the search box asks for. */
  readonly search: string
  readonly children?: React.ReactNode
}): React.ReactElement {
  const styles = useStyles()
  return (
    <div className={styles.tools} role="search">
      <SearchBox words={filters.get('search')} label={search} onWords={(words) => filters.set('search', words)} />
      {children}
      {choices.map(({ name, title, any, choices: values }) => (
        <Select
          key={name}
          className={styles.choice}
          aria-label={title}
          value={filters.get(name)}
          onChange={(_, { value }) => filters.set(name, value)}
        >
          <option value="">{any}</option>
          {values.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </Select>
      ))}
      {Object.keys(filters.asked).length > 0 && (
        <Button appearance="subtle" onClick={filters.clear}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

const typingMs = 250

/** The service is asked when somebody pauses, not at each letter. */
function SearchBox({
  words,
  label,
  onWords,
}: {
  readonly words: string
  readonly label: string
  readonly onWords: (words: string) => void
}): React.ReactElement {
  const styles = useStyles()
  const [typed, setTyped] = React.useState(words)
  const told = React.useRef(words)
  const tell = React.useRef(onWords)
  tell.current = onWords
  React.useEffect(() => {
    if (words === told.current) return
    told.current = words
    setTyped(words)
  }, [words])
  React.useEffect(() => {
    if (typed === told.current) return undefined
    const timer = setTimeout(() => {
      told.current = typed
      tell.current(typed)
    }, typingMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <Input
      className={styles.search}
      type="search"
      placeholder={label}
      aria-label={label}
      value={typed}
      onChange={(_, { value }) => setTyped(value)}
    />
  )
}
