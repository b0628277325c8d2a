import * as React from 'react'
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ApplicationView } from '@countersign/core/api/applications.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { colour } from '@countersign/ui/palette.ts'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'

type Part = ApplicationView['parts'][number]

const useStyles = makeStyles({
  head: { display: 'flex', justifyContent: 'space-between', columnGap: '12px' },
  track: {
    height: '8px',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground5,
    margin: '4px 0 6px',
    overflow: 'hidden',
    forcedColorAdjust: 'none',
  },
  outlined: { backgroundColor: 'transparent', border: `1px solid ${colour.ink}`, boxSizing: 'border-box' },
  fill: { height: '100%', backgroundColor: colour.brand },
  lines: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: '2px' },
  line: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) max-content', columnGap: '12px' },
  toggle: { fontSize: '12px', lineHeight: '16px' },
})

/** The sum explained: what each part gives, of how much at most, and because of what. */
export function ScoreParts({ score, parts, notCounted }: Pick<ApplicationView, 'score' | 'parts' | 'notCounted'>): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [asTable, setAsTable] = React.useState(false)
  return (
    <Card
      title={`How the risk of ${formatCount(score, locale)} comes about`}
      note="the points of all parts added up"
      flush
      footer={
        <>
          <span className={text.caption}>
            {['The weightiest thing of a part counts whole, each further one adds a point.', ...notCounted].join(' ')}
          </span>
          <Link as="button" className={styles.toggle} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show the parts as bars' : 'Show the parts as table'}
          </Link>
        </>
      }
    >
      {asTable ? <Figures score={score} parts={parts} /> : <Bars parts={parts} />}
    </Card>
  )
}

function Bars({ parts }: { readonly parts: readonly Part[] }): React.ReactElement {
  const { locale, scheme } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  return (
    <ul className={rows.list}>
      {parts.map(({ part, title, points, most, lines, unlisted }) => (
        <li key={part} className={rows.row}>
          <div className={styles.head}>
            <span className={text.strong}>{title}</span>
            <span className={text.body}>{`${formatCount(points, locale)} of ${formatCount(most, locale)}`}</span>
          </div>
          <div className={mergeClasses(styles.track, scheme === 'contrast' && styles.outlined)} aria-hidden="true">
            <div className={styles.fill} style={{ width: `${(points / most) * 100}%` }} />
          </div>
          {lines.length === 0 ? (
            <p className={text.caption}>Nothing weighs.</p>
          ) : (
            <ul className={styles.lines}>
              {lines.map((line, index) => (
                <li key={index} className={mergeClasses(text.caption, styles.line)}>
                  <span>
                    <PathText text={line.sentence} />
                  </span>
                  <span>{pointsWord(line.points, locale)}</span>
                </li>
              ))}
              {unlisted > 0 && <li className={text.caption}>{`${formatCount(unlisted, locale)} more of the kind`}</li>}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}

function pointsWord(points: number, locale: string | undefined): string {
  return points === 0 ? 'part is full' : `+${formatCount(points, locale)}`
}

/** The bars' twin. */
function Figures({ score, parts }: { readonly score: number; readonly parts: readonly Part[] }): React.ReactElement {
  const { locale } = useReader()
  const table = useTable()
  const number = mergeClasses(table.cell, table.number)
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col" className={table.head}>
            Part
          </th>
          {['Reasons', 'Points', 'At most'].map((word) => (
            <th key={word} scope="col" className={mergeClasses(table.head, table.number)}>
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ part, title, points, most, lines, unlisted }) => (
          <tr key={part}>
            <th scope="row" className={table.cell}>
              {title}
            </th>
            <td className={number}>{formatCount(lines.length + unlisted, locale)}</td>
            <td className={number}>{formatCount(points, locale)}</td>
            <td className={number}>{formatCount(most, locale)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row" className={mergeClasses(table.cell, table.strong)}>
            Sum
          </th>
          <td className={number}>
            {formatCount(
              parts.reduce((sum, { lines, unlisted }) => sum + lines.length + unlisted, 0),
              locale,
            )}
          </td>
          <td className={mergeClasses(number, table.strong)}>{formatCount(score, locale)}</td>
          <td className={number}>
            {formatCount(
              parts.reduce((sum, { most }) => sum + most, 0),
              locale,
            )}
          </td>
        </tr>
      </tbody>
    </table>
  )
}
