import * as React from 'react'
import { Button, makeStyles } from '@fluentui/react-components'
import { ArrowDownloadRegular, DismissRegular } from '@fluentui/react-icons'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { toCsv } from './csv.ts'
import { allPages, type ListPage } from './pages-query.ts'
import { saveFile } from './save-file.ts'
import { TroubleBar } from './states.tsx'

const useStyles = makeStyles({ trouble: { flexBasis: '100%' } })

/** Downloads everything that matches, also what is not on the screen: page by page, with a count and a way to stop. */
export function DownloadAll<Page extends ListPage>({
  file,
  asked,
  count,
  head,
  load,
  rowsOf,
}: {
  readonly file: string
  readonly asked: Readonly<Record<string, string>>
  /** Rows there will be. */
  readonly count: number
  readonly head: readonly string[]
  readonly load: (query: Readonly<Record<string, string>>) => Promise<Page>
  readonly rowsOf: (page: Page) => readonly (readonly (string | number)[])[]
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const [read, setRead] = React.useState<number>()
  const [error, setError] = React.useState<unknown>()
  const stop = React.useRef<AbortController>()
  React.useEffect(() => () => stop.current?.abort(), [])
  return (
    <>
      {read === undefined ? (
        <Button icon={<ArrowDownloadRegular />} disabledFocusable={count === 0} onClick={() => void download()}>
          Download as CSV
        </Button>
      ) : (
        <Button icon={<DismissRegular />} onClick={end}>
          {`Stop the download, ${formatCount(read, locale)} of ${formatCount(count, locale)}`}
        </Button>
      )}
      {error !== undefined && (
        <div className={styles.trouble}>
          <TroubleBar error={error} onRetry={() => void download()} />
        </div>
      )}
    </>
  )

  function end(): void {
    stop.current?.abort()
    setRead(undefined)
  }

  async function download(): Promise<void> {
    const current = new AbortController()
    stop.current = current
    const rows: (readonly (string | number)[])[] = []
    setError(undefined)
    setRead(0)
    try {
      const all = await allPages(asked, load, {
        signal: current.signal,
        onPage: (page, isFirst) => {
          if (isFirst) rows.length = 0
          rows.push(...rowsOf(page))
          setRead(rows.length)
        },
      })
      if (all === undefined) return
      saveFile(file, 'text/csv;charset=utf-8', toCsv([head, ...rows]))
    } catch (problem) {
      if (current.signal.aborted) return
      setError(problem)
    }
    setRead(undefined)
  }
}
