import * as React from 'react'
import { Input, makeStyles } from '@fluentui/react-components'

const useStyles = makeStyles({ search: { flexGrow: 1, flexBasis: '220px', maxWidth: '420px' } })

/** How long somebody stops typing before the service is asked. */
const pauseMs = 250

/** Words to search by. The address takes them when the writer pauses, so that not each letter is a question. */
export function SearchBox({ value, onSearch }: { readonly value: string; readonly onSearch: (words: string) => void }): React.ReactElement {
  const styles = useStyles()
  const [words, setWords] = React.useState(value)
  const told = React.useRef(value)
  const tell = React.useRef(onSearch)
  tell.current = onSearch
  React.useEffect(() => {
    // The address has changed by itself: a view was opened, or filters cleared.
    if (value !== told.current) {
      told.current = value
      setWords(value)
    }
  }, [value])
  React.useEffect(() => {
    if (words === told.current) return undefined
    const timer = setTimeout(() => {
      told.current = words
      tell.current(words)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <Input
      className={styles.search}
      type="search"
      placeholder="Search findings and objects"
      aria-label="Search findings"
      value={words}
      onChange={(_, data) => setWords(data.value)}
    />
  )
}
