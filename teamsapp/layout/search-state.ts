import { useSearchParams } from 'react-router-dom'

/** One value in the address, so that a link carries it; '' and the fallback leave the address clean. */
export function useSearchState(name: string, fallback = ''): [string, (value: string) => void] {
  const [search, setSearch] = useSearchParams()
  return [
    search.get(name) ?? fallback,
    (value) => {
      const next = new URLSearchParams(search)
      if (value === '' || value === fallback) next.delete(name)
      else next.set(name, value)
      setSearch(next, { replace: true })
    },
  ]
}
