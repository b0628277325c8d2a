import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ApplicationLine } from '@countersign/core/api/applications.ts'
import { useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { RiskMark } from '@countersign/ui/risk-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useWidth } from '@countersign/ui/use-width.ts'
import { PageLink } from '../../layout/links.tsx'
import { useShownRows } from '../../layout/shown-rows.ts'
import { SortHeads } from '../../layout/sort-head.tsx'
import { counted } from '../../layout/words.ts'
import { publisherWords } from './words.ts'

const columns = [
  { id: 'name', title: 'Application', isNumber: false },
  { id: 'risk', title: 'Risk', isNumber: true },
  { id: 'because', title: 'Mostly because', isNumber: false, sorted: false },
  { id: 'permissions', title: 'Permissions', isNumber: true },
  { id: 'end', title: 'Next end', isNumber: false },
  { id: 'owners', title: 'Owners', isNumber: true, sorted: false },
] as const

const narrowBelow = 700

const useStyles = makeStyles({
  risk: { whiteSpace: 'nowrap', width: '190px' },
  name: { width: '28%' },
  because: { width: '32%' },
  left: { textAlign: 'left' },
  card: { display: 'grid', rowGap: '4px', justifyItems: 'start' },
})

export interface ApplicationTableProps {
  readonly lines: readonly ApplicationLine[]
  /** Rows there are in all, drawn or not. */
  readonly count: number
  readonly order: string
  readonly onOrder: (order: string) => void
}

/** A table where there is room, a list of cards where there is not; of a long one, only what is near the window is drawn. */
export function ApplicationTable(props: ApplicationTableProps): React.ReactElement {
  const [box, width] = useWidth(1024)
  return <div ref={box}>{width >= narrowBelow ? <Wide {...props} /> : <Cards {...props} />}</div>
}

function Wide({ lines, count, order, onOrder }: ApplicationTableProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const table = useTable()
  const text = useText()
  const { box, indexes, before, after, measure } = useShownRows(lines.length, 62)
  const number = mergeClasses(table.cell, table.number)
  return (
    <div ref={box}>
      <table className={table.table} aria-rowcount={count + 1}>
        <thead>
          <SortHeads columns={columns} order={order} onOrder={onOrder} />
        </thead>
        <tbody>
          <Spacer height={before} />
          {indexes.map((index) => {
            const line = lines[index]
            if (!line) return null
            return (
              <tr key={line.id} ref={measure} data-index={index} aria-rowindex={index + 2}>
                <th scope="row" className={mergeClasses(table.cell, styles.name)}>
                  <PageLink to={`/applications/${line.id}`}>{line.name}</PageLink>
                  <div className={text.caption}>{noteOf(line)}</div>
                </th>
                <td className={mergeClasses(table.cell, styles.risk)}>
                  <RiskMark score={line.score} level={line.level} />
                </td>
                <td className={mergeClasses(table.cell, text.caption, styles.because)}>
                  <PathText text={line.because ?? 'Nothing weighs.'} />
                </td>
                <td className={number}>
                  {formatCount(line.permissions.application + line.permissions.delegated, locale)}
                  {line.permissions.control > 0 && (
                    <div className={text.caption}>{`${formatCount(line.permissions.control, locale)} control plane`}</div>
                  )}
                </td>
                <td className={table.cell}>
                  {line.nextEnd === null ? <span className={text.caption}>{endless(line)}</span> : <Moment at={line.nextEnd} as="day" />}
                </td>
                <td className={number}>{formatCount(line.owners, locale)}</td>
              </tr>
            )
          })}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  )
}

function Spacer({ height }: { readonly height: number }): React.ReactElement | null {
  return height === 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={columns.length} style={{ height, padding: 0 }} />
    </tr>
  )
}

function Cards({ lines }: ApplicationTableProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const { box, indexes, before, after, measure } = useShownRows(lines.length, 130)
  return (
    <div ref={box}>
      <ul className={rows.list} style={{ paddingTop: before, paddingBottom: after }}>
        {indexes.map((index) => {
          const line = lines[index]
          if (!line) return null
          const permissions = line.permissions.application + line.permissions.delegated
          return (
            <li key={line.id} ref={measure} data-index={index} className={mergeClasses(rows.row, styles.card)}>
              <PageLink to={`/applications/${line.id}`} className={text.strong}>
                {line.name}
              </PageLink>
              <RiskMark score={line.score} level={line.level} />
              <p className={text.caption}>
                <PathText text={line.because ?? 'Nothing weighs.'} />
              </p>
              <p className={text.caption}>
                {`${noteOf(line)} · ${counted(permissions, 'permission', 'permissions', locale)} · ${counted(line.owners, 'owner', 'owners', locale)}`}
                {line.nextEnd !== null && (
                  <>
                    {' · next end '}
                    <Moment at={line.nextEnd} as="day" />
                  </>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function noteOf({ publisher, isEnabled }: ApplicationLine): string {
  return isEnabled ? publisherWords[publisher] : `${publisherWords[publisher]}, disabled`
}

function endless({ credentials }: ApplicationLine): string {
  return credentials === 0 ? 'No credential' : 'None'
}
