import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { HistoryRegular, PauseCircleRegular, ShieldCheckmarkRegular } from '@fluentui/react-icons'
import type { ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { Delta } from '@countersign/ui/delta.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { Moving } from '../../layout/moving.tsx'
import { counted, findingStateWords, objectWords } from '../../layout/words.ts'
import { CardHead } from './card-head.tsx'
import type { GridColumn } from './grid-row.tsx'
import { RowLink } from './row-link.tsx'

const useStyles = makeStyles({
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  state: { display: 'inline-flex', alignItems: 'center', columnGap: '4px', minWidth: 0, maxWidth: '100%' },
  icon: { flexShrink: 0 },
  isNew: {
    fontSize: '11px',
    lineHeight: '14px',
    fontWeight: 600,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: '3px',
    padding: '0 4px',
    marginLeft: '6px',
  },
})

/** The name of the object that a finding is about; the tenant has none of its own. */
export function nameOf({ type, name, objectId }: Pick<ObjectRow, 'type' | 'name' | 'objectId'>): string {
  return type === 'tenant' && objectId === '' ? 'This tenant' : name || objectId
}

function linkOf(row: ObjectRow): string {
  return `/findings/${row.checkId}${row.objectId === '' ? '' : `?object=${encodeURIComponent(row.findingKey)}`}`
}

function Title({ row }: { readonly row: ObjectRow }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <>
      <RowLink to={linkOf(row)} isInGrid isShort>
        {row.title}
      </RowLink>
      <span className={mergeClasses(text.caption, styles.line)}>
        {row.code}
        {row.isNew && <span className={styles.isNew}>New</span>}
      </span>
    </>
  )
}

function Thing({ row }: { readonly row: ObjectRow }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <>
      <span className={styles.line} title={nameOf(row)}>
        {nameOf(row)}
      </span>
      <span className={mergeClasses(text.caption, styles.line)}>{objectWords[row.type]}</span>
    </>
  )
}

/** The state with the mark of who said that it stays, or is wanted. */
export function StateCell({ row }: { readonly row: ObjectRow }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { suppression, declared, proposalId, state } = row
  return (
    <Moving key={row.findingKey} value={state} says={`${nameOf(row)}: ${findingStateWords[state]}`}>
      <span className={mergeClasses(styles.line)} title={findingStateWords[state]}>
        {findingStateWords[state]}
      </span>
      {suppression && (
        <span className={mergeClasses(text.caption, styles.state)} title={`${suppression.owner}: ${suppression.reason}`}>
          <PauseCircleRegular className={styles.icon} aria-hidden="true" />
          <span className={styles.line}>
            until <Moment at={suppression.until} as="day" />
          </span>
        </span>
      )}
      {!suppression && declared && (
        <span className={mergeClasses(text.caption, styles.state)} title="Declared as an exception: the next judgement counts it">
          <ShieldCheckmarkRegular className={styles.icon} aria-hidden="true" />
          <span className={styles.line}>Declared</span>
        </span>
      )}
      {!suppression && !declared && proposalId !== null && (
        <span className={mergeClasses(text.caption, styles.state)}>
          <HistoryRegular className={styles.icon} aria-hidden="true" />
          <span className={styles.line}>Fix proposed</span>
        </span>
      )}
    </Moving>
  )
}

function Count({ value }: { readonly value: number }): React.ReactElement {
  const { locale } = useReader()
  return <>{formatCount(value, locale)}</>
}

/** Columns by object. Those with `from` give way where there is little room; the card and the finding's page have them all. */
export const objectColumns: readonly GridColumn<ObjectRow>[] = [
  { id: 'severity', title: 'Severity', track: '84px', isNumber: false, cell: ({ severity }) => <SeverityMark severity={severity} /> },
  { id: 'title', title: 'Finding', track: 'minmax(0, 5fr)', isNumber: false, isHead: true, cell: (row) => <Title row={row} /> },
  { id: 'object', title: 'Object', track: 'minmax(0, 3fr)', isNumber: false, cell: (row) => <Thing row={row} /> },
  { id: 'area', title: 'Area', track: 'minmax(0, 112px)', isNumber: false, from: 980, cell: ({ areaTitle }) => areaTitle },
  {
    id: 'affects',
    title: 'Affects',
    track: '58px',
    isNumber: true,
    from: 960,
    hint: 'Objects with the same finding',
    cell: ({ affects }) => <Count value={affects} />,
  },
  {
    id: 'adds',
    title: 'Adds',
    track: '48px',
    isNumber: true,
    hint: 'Points that fixing the finding for all its objects adds to the score',
    cell: ({ adds }) => <Delta value={adds} arrow={false} />,
  },
  {
    id: 'firstSeen',
    title: 'First seen',
    track: '74px',
    isNumber: true,
    from: 760,
    cell: ({ firstSeen }) => <Moment at={firstSeen} as="day" />,
  },
  { id: 'state', title: 'State', track: 'minmax(0, 124px)', isNumber: false, cell: (row) => <StateCell row={row} /> },
]

/** The row as a card. */
export function ObjectCard({ row }: { readonly row: ObjectRow }): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  return (
    <>
      <CardHead row={row} />
      <RowLink to={linkOf(row)}>{row.title}</RowLink>
      <p className={text.body}>
        {nameOf(row)} <span className={text.caption}>{objectWords[row.type]}</span>
      </p>
      <p className={text.caption}>
        {`${row.code} · ${row.areaTitle} · ${counted(row.affects, 'object', 'objects', locale)} · since `}
        <Moment at={row.firstSeen} as="day" />
      </p>
      <StateCell row={row} />
    </>
  )
}
