import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { Delta } from '@countersign/ui/delta.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { Moving } from '../../layout/moving.tsx'
import { counted, findingStateWords } from '../../layout/words.ts'
import { CardHead } from './card-head.tsx'
import type { GridColumn } from './grid-row.tsx'
import { RowLink } from './row-link.tsx'
import type { FindingRow } from './rows.ts'

const useStyles = makeStyles({
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

function Title({ row }: { readonly row: FindingRow }): React.ReactElement {
  const text = useText()
  return (
    <>
      <RowLink to={`/findings/${row.checkId}`} isInGrid>
        {row.title}
      </RowLink>
      <div className={text.caption}>{row.code}</div>
    </>
  )
}

function Objects({ row }: { readonly row: FindingRow }): React.ReactElement {
  const { locale } = useReader()
  return <>{formatCount(row.open + row.unlisted, locale)}</>
}

function State({ row }: { readonly row: FindingRow }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const suppressed = row.suppressed ?? 0
  return (
    <Moving key={row.checkId} value={row.state} says={`${row.title}: ${findingStateWords[row.state]}`}>
      <span className={styles.line} title={findingStateWords[row.state]}>
        {findingStateWords[row.state]}
      </span>
      {suppressed > 0 && row.state !== 'suppressed' && (
        <span className={mergeClasses(text.caption, styles.line)}>{`${formatCount(suppressed, locale)} accepted`}</span>
      )}
    </Moving>
  )
}

/** Columns by check. */
export const checkColumns: readonly GridColumn<FindingRow>[] = [
  { id: 'severity', title: 'Severity', track: '84px', isNumber: false, cell: ({ severity }) => <SeverityMark severity={severity} /> },
  { id: 'title', title: 'Finding', track: 'minmax(0, 4fr)', isNumber: false, isHead: true, cell: (row) => <Title row={row} /> },
  { id: 'area', title: 'Area', track: 'minmax(0, 150px)', isNumber: false, from: 760, cell: ({ areaTitle }) => areaTitle },
  { id: 'open', title: 'Objects', track: '62px', isNumber: true, cell: (row) => <Objects row={row} /> },
  {
    id: 'adds',
    title: 'Adds',
    track: '48px',
    isNumber: true,
    hint: 'Points that fixing the finding adds to the score',
    cell: ({ adds }) => <Delta value={adds} arrow={false} />,
  },
  {
    id: 'firstSeen',
    title: 'First seen',
    track: '74px',
    isNumber: true,
    from: 700,
    cell: ({ firstSeen }) => <Moment at={firstSeen} as="day" />,
  },
  { id: 'state', title: 'State', track: 'minmax(0, 104px)', isNumber: false, cell: (row) => <State row={row} /> },
]

/** The row as a card. */
export function CheckCard({ row }: { readonly row: FindingRow }): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  return (
    <>
      <CardHead row={row} />
      <RowLink to={`/findings/${row.checkId}`}>{row.title}</RowLink>
      <p className={text.caption}>
        {`${row.code} · ${row.areaTitle} · ${counted(row.open + row.unlisted, 'object', 'objects', locale)} · ${findingStateWords[row.state]}`}
      </p>
    </>
  )
}
