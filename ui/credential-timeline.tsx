import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ApplicationView } from '@countersign/core/api/applications.ts'
import { formatDay, formatUntil } from './format.ts'
import { colour } from './palette.ts'
import { useReader } from './reader.tsx'
import { useText } from './text.ts'
import { timeScale } from './time-scale.ts'
import { useWidth } from './use-width.ts'

export type Credential = ApplicationView['credentials'][number]

export const credentialWords = { secret: 'Secret', certificate: 'Certificate', federated: 'Trust' } as const satisfies Record<
  Credential['kind'],
  string
>

/** A name for people: many secrets have none. */
export function credentialName({ kind, name, keyId }: Pick<Credential, 'kind' | 'name' | 'keyId'>): string {
  return name.trim() === '' ? `${credentialWords[kind]} ${keyId.slice(0, 8)}` : name
}

const soonDays = 60
const day = 24 * 60 * 60 * 1000
const sizes = { wide: { label: 220, row: 30 }, narrow: { label: 0, row: 44 }, top: 24, bar: 12 } as const
const wideFrom = 620

const useStyles = makeStyles({
  box: { borderRadius: '4px', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' } },
  svg: { display: 'block', overflow: 'hidden' },
  grid: { stroke: colour.grid, strokeWidth: '1px', strokeOpacity: '.6' },
  tick: { fontSize: '11px', fill: tokens.colorNeutralForeground2 },
  label: { fontSize: '12px', fill: colour.ink },
  note: { fontSize: '11px', fill: tokens.colorNeutralForeground2 },
  today: { stroke: colour.brand, strokeWidth: '1.5px' },
  todayWord: { fontSize: '11px', fontWeight: 600, fill: colour.brand },
  works: { fill: colour.lowBar },
  soon: { fill: colour.high },
  outline: { fill: 'none', stroke: tokens.colorNeutralStrokeAccessible, strokeWidth: '1px' },
  ended: { fill: 'none', stroke: colour.ink, strokeWidth: '1px', strokeDasharray: '3 3' },
  read: { fill: colour.brandTint },
  key: { display: 'flex', flexWrap: 'wrap', gap: '2px 14px' },
  entry: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  reading: { minHeight: '32px', marginTop: '6px' },
})

/** One row a credential on a common axis of time: what has ended is an empty outline, what ends soon stands out. Arrow keys read row by row. */
export function CredentialTimeline({
  credentials,
  now,
}: {
  readonly credentials: readonly Credential[]
  readonly now: number
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [box, width] = useWidth(720)
  const [cursor, setCursor] = React.useState<number>()
  const isWide = width >= wideFrom
  const { label, row } = isWide ? sizes.wide : sizes.narrow
  const times = credentials.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt].flatMap((at) => (at === null ? [] : [Date.parse(at)])))
  const { x, ticks, from, to } = timeScale([now, now + 30 * day, ...times], { left: label + 8, right: width - 8 })
  const height = sizes.top + credentials.length * row + 4
  const read = cursor === undefined ? undefined : credentials[cursor]
  const ended = credentials.filter(({ hasEnded }) => hasEnded).length
  return (
    <div
      ref={box}
      className={styles.box}
      role="slider"
      tabIndex={0}
      aria-label={`${credentials.length} credentials over time, ${ended} of them ended. Arrow keys read each one`}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={credentials.length}
      aria-valuenow={(cursor ?? 0) + 1}
      aria-valuetext={sentenceOf(read ?? credentials[0], locale, now)}
      onKeyDown={readWithKeys}
      onBlur={() => setCursor(undefined)}
    >
      <svg className={styles.svg} width={width} height={height} aria-hidden="true">
        {ticks.map(({ at, unit }) => (
          <g key={at}>
            <line className={styles.grid} x1={x(at)} x2={x(at)} y1={sizes.top - 4} y2={height} />
            {isFree(at) && (
              <text className={styles.tick} x={x(at)} y={12} textAnchor={anchorAt(x(at))}>
                {tickWord(at, unit, locale)}
              </text>
            )}
          </g>
        ))}
        {credentials.map((credential, index) => {
          const top = sizes.top + index * row
          const start = x(credential.startsAt === null ? from : Date.parse(credential.startsAt))
          const end = x(credential.endsAt === null ? to : Date.parse(credential.endsAt))
          const barTop = isWide ? top + (row - sizes.bar) / 2 : top + 22
          const isSoon = !credential.hasEnded && credential.endsAt !== null && Date.parse(credential.endsAt) - now < soonDays * day
          const shape = { x: start, y: barTop, width: Math.max(4, end - start), height: sizes.bar, rx: 2 }
          return (
            <g key={`${credential.holder} ${credential.keyId}`} onClick={() => setCursor(index)}>
              {index === cursor && <rect className={styles.read} x={0} y={top + 1} width={width} height={row - 2} rx={4} />}
              <text className={styles.label} x={isWide ? 4 : 8} y={isWide ? top + row / 2 + 4 : top + 14}>
                {cut(`${credentialName(credential)}`, isWide ? 33 : Math.floor((width - 130) / 6.4))}
              </text>
              {!isWide && (
                <text className={styles.note} x={width - 8} y={top + 14} textAnchor="end">
                  {credential.endsAt === null ? 'no end' : formatDay(credential.endsAt, locale, now)}
                </text>
              )}
              {!credential.hasEnded && <rect {...shape} className={isSoon ? styles.soon : styles.works} />}
              <rect {...shape} className={credential.hasEnded ? styles.ended : styles.outline} />
              {credential.endsAt === null && <path d={`M${width - 8} ${barTop - 1}l7 7-7 7z`} className={styles.works} />}
            </g>
          )
        })}
        <line className={styles.today} x1={x(now)} x2={x(now)} y1={16} y2={height} />
        <text className={styles.todayWord} x={x(now)} y={12} textAnchor={anchorAt(x(now))}>
          Today
        </text>
      </svg>
      <div className={mergeClasses(text.caption, styles.reading)}>{read ? sentenceOf(read, locale, now) : <Key />}</div>
    </div>
  )

  /** The word Today keeps its place; ticks make room for it. */
  function isFree(at: number): boolean {
    return Math.abs(x(at) - x(now)) > 44
  }

  function anchorAt(place: number): 'start' | 'middle' | 'end' {
    if (place < label + 30) return 'start'
    return place > width - 30 ? 'end' : 'middle'
  }

  function readWithKeys(event: React.KeyboardEvent): void {
    const at = cursor ?? -1
    const last = credentials.length - 1
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: last,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    setCursor(Math.min(last, Math.max(0, target)))
  }
}

/** What the bars mean, as the theme draws them. */
function Key(): React.ReactElement {
  const styles = useStyles()
  const entries = [
    { word: 'Works', fill: styles.works, line: styles.outline },
    { word: `Ends within ${soonDays} days`, fill: styles.soon, line: styles.outline },
    { word: 'Has ended', line: styles.ended },
  ]
  return (
    <span className={styles.key}>
      {entries.map(({ word, fill, line }) => (
        <span key={word} className={styles.entry}>
          <svg width="22" height="12" aria-hidden="true">
            {fill !== undefined && <rect x="0.5" y="0.5" width="21" height="11" rx="2" className={fill} />}
            <rect x="0.5" y="0.5" width="21" height="11" rx="2" className={line} />
          </svg>
          {word}
        </span>
      ))}
    </span>
  )
}

function sentenceOf(credential: Credential | undefined, locale: string | undefined, now: number): string {
  if (!credential) return ''
  const { kind, startsAt, endsAt, hasEnded, holder } = credential
  const where = holder === 'application' ? 'on the registration' : 'on the enterprise application'
  const began = startsAt === null ? '' : `, since ${formatDay(startsAt, locale, now)}`
  const end =
    endsAt === null
      ? 'never ends'
      : hasEnded
        ? `ended on ${formatDay(endsAt, locale, now)}`
        : `ends on ${formatDay(endsAt, locale, now)}, ${formatUntil(endsAt, locale, now)}`
  return `${credentialWords[kind]} ${credentialName(credential)}, ${where}${began}, ${end}`
}

function tickWord(at: number, unit: 'year' | 'month', locale: string | undefined): string {
  const date = new Date(at)
  if (unit === 'year') return String(date.getUTCFullYear())
  return new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(date)
}

function cut(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, Math.max(1, most - 1))}…`
}
