import * as React from 'react'
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { TrendPoint } from './contract.ts'
import { formatDay, formatScore, formatTicks, scoreDecimals } from './format.ts'
import { colour } from './palette.ts'
import { useReader } from './reader.tsx'
import { useTable } from './table-styles.ts'
import { useText } from './text.ts'
import { trendScale, type TrendBox } from './trend-scale.ts'
import { useWidth } from './use-width.ts'

const margins = { height: 190, left: 22, right: 36, top: 10, bottom: 24 } as const

const useStyles = makeStyles({
  box: {
    position: 'relative',
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  svg: { display: 'block', overflow: 'visible' },
  grid: { stroke: colour.grid, strokeWidth: '1px' },
  tick: { fontSize: '11px', fill: colour.ink },
  line: { fill: 'none', stroke: colour.brand, strokeWidth: '2px', strokeLinejoin: 'round' },
  area: { fill: colour.brandTint, opacity: '.6' },
  end: { fill: colour.brand, stroke: colour.ground, strokeWidth: '2px' },
  value: { fontSize: '12px', fontWeight: 600, fill: colour.ink },
  target: { stroke: colour.ink, strokeWidth: '1.5px', strokeDasharray: '6 4' },
  targetWord: { fontSize: '11px', fontWeight: 600, fill: colour.ink, paintOrder: 'stroke', stroke: colour.ground, strokeWidth: '3px' },
  cursor: { stroke: colour.ink, strokeWidth: '1px', strokeDasharray: '2 2' },
  // Out of the flow: a line that comes and goes would move what is below while somebody points at it.
  reading: { position: 'absolute', top: '-4px', right: '36px' },
  toggle: { fontSize: '12px', lineHeight: '16px', flexShrink: 0 },
  scroll: { maxHeight: '190px', overflowY: 'auto' },
})

/** The score over time: a line that arrow keys read point by point, and the score to reach as a line across. Fewer than two points draw nothing. */
export function Trend({
  points,
  target = null,
}: {
  readonly points: readonly TrendPoint[]
  readonly target?: number | null
}): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [box, width] = useWidth(320)
  const [cursor, setCursor] = React.useState<number>()
  const first = points[0]
  const last = points[points.length - 1]
  if (!first || !last || first === last) return null

  const now = Date.now()
  const shape: TrendBox = { ...margins, width }
  const { x, y, low, ticks, labelled } = trendScale(points, shape, target)
  const days = formatTicks(
    points.map(({ at }) => at),
    locale,
    now,
  )
  const line = points.map((point, index) => `${x(index)},${y(point.value)}`).join(' ')
  const read = points[cursor ?? points.length - 1] ?? last
  const readIndex = points.indexOf(read)
  return (
    <div
      ref={box}
      className={styles.box}
      role="slider"
      tabIndex={0}
      aria-label={`Score from ${formatScore(first.value, locale)} ${when(0)} to ${formatScore(last.value, locale)} ${when(points.length - 1)}, ${points.length} scans${target === null ? '' : `, target ${formatScore(target, locale)}`}. Arrow keys read each one`}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={readIndex + 1}
      aria-valuetext={`${days[readIndex] ?? ''}: ${formatScore(read.value, locale)} of 100`}
      onKeyDown={readWithKeys}
      onBlur={() => setCursor(undefined)}
    >
      <svg className={styles.svg} width={width} height={margins.height} aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={margins.left} x2={width - margins.right} y1={y(tick)} y2={y(tick)} />
            <text className={styles.tick} x={margins.left - 6} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        <polygon className={styles.area} points={`${x(0)},${y(low)} ${line} ${x(points.length - 1)},${y(low)}`} />
        {target !== null && (
          <>
            <line className={styles.target} x1={margins.left} x2={width - margins.right} y1={y(target)} y2={y(target)} />
            <text className={styles.targetWord} x={margins.left + 4} y={y(target) - 5}>
              {`Target ${formatScore(target, locale)}`}
            </text>
          </>
        )}
        <polyline className={styles.line} points={line} />
        {labelled.map((index) => (
          <text key={index} className={styles.tick} x={x(index)} y={margins.height - 6} textAnchor={anchor(index)}>
            {days[index]}
          </text>
        ))}
        {cursor !== undefined && (
          <line className={styles.cursor} x1={x(readIndex)} x2={x(readIndex)} y1={margins.top} y2={margins.height - margins.bottom} />
        )}
        <circle className={styles.end} cx={x(readIndex)} cy={y(read.value)} r="4" />
        <text className={styles.value} x={x(readIndex) + 8} y={y(read.value) + 4}>
          {formatScore(read.value, locale)}
        </text>
      </svg>
      {cursor !== undefined && (
        <p
          className={mergeClasses(text.caption, styles.reading)}
        >{`${days[readIndex] ?? ''}: ${formatScore(read.value, locale)} of 100`}</p>
      )}
    </div>
  )

  function when(index: number): string {
    return `${days[0] === formatDay(points[0]?.at ?? '', locale, now) ? 'on' : 'at'} ${days[index] ?? ''}`
  }

  function anchor(index: number): 'start' | 'middle' | 'end' {
    if (index === 0) return 'start'
    return index === points.length - 1 ? 'end' : 'middle'
  }

  function readWithKeys(event: React.KeyboardEvent): void {
    const current = cursor ?? points.length - 1
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: current - 1,
      ArrowDown: current - 1,
      ArrowRight: current + 1,
      ArrowUp: current + 1,
      Home: 0,
      End: points.length - 1,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    setCursor(Math.min(points.length - 1, Math.max(0, target)))
  }
}

/** The trend or, on request, the same figures as a table; `children` gets the switch to place it. */
export function TrendOrTable({
  points,
  target = null,
  asTable,
}: {
  readonly points: readonly TrendPoint[]
  readonly target?: number | null
  readonly asTable: boolean
}): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const table = useTable()
  if (!asTable) return <Trend points={points} target={target} />
  const decimals = scoreDecimals(points.map(({ value }) => value))
  const days = formatTicks(
    points.map(({ at }) => at),
    locale,
    Date.now(),
  )
  return (
    <div className={styles.scroll} role="region" aria-label="Score as table" tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={table.head}>
              Scan
            </th>
            <th scope="col" className={mergeClasses(table.head, table.number)}>
              Score
            </th>
          </tr>
        </thead>
        <tbody>
          {target !== null && (
            <tr>
              <th scope="row" className={mergeClasses(table.cell, table.strong)}>
                Target
              </th>
              <td className={mergeClasses(table.cell, table.number)}>{formatScore(target, locale, decimals)}</td>
            </tr>
          )}
          {points.map((point, index) => (
            <tr key={point.at}>
              <th scope="row" className={table.cell}>
                {days[index]}
              </th>
              <td className={mergeClasses(table.cell, table.number)}>{formatScore(point.value, locale, decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the axis leaves out and the switch between line and table. */
export function TrendFoot({
  points,
  target = null,
  asTable,
  onToggle,
}: {
  readonly points: readonly TrendPoint[]
  readonly target?: number | null
  readonly asTable: boolean
  readonly onToggle: () => void
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const low = points.length < 2 ? 0 : trendScale(points, { ...margins, width: 320 }, target).low
  return (
    <>
      <span
        className={text.caption}
      >{`${points.length === 1 ? '1 scan' : `${points.length} scans`}${low > 0 && !asTable ? `, axis starts at ${low}` : ''}`}</span>
      {points.length > 1 && (
        <Link as="button" className={styles.toggle} onClick={onToggle}>
          {asTable ? 'Show score as line' : 'Show score as table'}
        </Link>
      )}
    </>
  )
}
