import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { Changes, ObjectChangeView } from '@countersign/core/api/changes.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { FilterBar, useFilters } from '../../layout/filters.tsx'
import { PageLink } from '../../layout/links.tsx'
import { counted } from '../../layout/words.ts'
import { wordsOf } from './change-words.ts'
import { FactChanges } from './fact-changes.tsx'

export const kindWords = {
  new: 'New',
  returned: 'Back again',
  worse: 'Worse',
  better: 'Better',
  fixed: 'Fixed',
} as const satisfies Record<ObjectChangeView['kind'], string>

type CheckChange = Changes['checks'][number]
export interface ChangeLine {
  readonly check: CheckChange
  readonly object: ObjectChangeView
  readonly word: string
}

/** Every changed object of a comparison, bad news first. */
export function changeLines(changes: Changes): readonly ChangeLine[] {
  const order: readonly ObjectChangeView['kind'][] = ['new', 'returned', 'worse', 'better', 'fixed']
  return changes.checks
    .flatMap((check) => check.objects.map((object) => ({ check, object, word: kindWords[object.kind] })))
    .sort((one, other) => order.indexOf(one.object.kind) - order.indexOf(other.object.kind))
}

/** More rows than these are shown on request, a step at a time. */
const step = 50

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '84px minmax(0, 1fr) auto',
    gridTemplateAreas: '"severity words kind"',
    columnGap: '12px',
    rowGap: '2px',
    '@container (max-width: 639px)': {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gridTemplateAreas: '"severity kind" "words words"',
    },
  },
  severity: { gridArea: 'severity' },
  words: { gridArea: 'words', minWidth: 0, overflowWrap: 'anywhere' },
  kind: { gridArea: 'kind' },
  because: { marginTop: '4px' },
  more: {
    background: 'none',
    border: 'none',
    padding: 0,
    font: 'inherit',
    cursor: 'pointer',
    color: 'inherit',
    textDecorationLine: 'underline',
  },
})

/** What changed, object by object, with what was different in the tenant and who did it. */
export function ChangeList({ changes }: { readonly changes: Changes }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [shownCount, setShownCount] = React.useState(step)
  const all = changeLines(changes)
  const choices = [
    {
      name: 'kind',
      title: 'Kind of change',
      any: 'All changes',
      choices: Object.entries(kindWords).map(([id, word]) => [id, `${word} (${formatCount(countOf(all, id), locale)})`] as const),
    },
  ]
  const filters = useFilters(choices)
  const kind = filters.get('kind')
  const lines = all.filter((line) => (kind === '' || line.object.kind === kind) && hasWords(line, filters.get('search')))
  const gaps = changes.checks.filter(({ notComparable }) => notComparable !== null)
  const unlisted = changes.checks.reduce((sum, { moreObjects }) => sum + moreObjects, 0)
  return (
    <>
      <Card title="What changed" {...(all.length === 0 ? {} : { note: counted(lines.length, 'object', 'objects', locale) })} flush>
        {all.length > 0 && <FilterBar filters={filters} choices={choices} search="Search changes" />}
        {lines.length === 0 && (
          <p className={mergeClasses(text.body, rows.row)}>
            {all.length === 0 ? changes.sentence : 'No change fits the search and the kind chosen.'}
          </p>
        )}
        <ul className={rows.list}>
          {lines.slice(0, shownCount).map((line) => (
            <li key={line.object.findingKey} className={rows.row}>
              <ChangeRow line={line} />
            </li>
          ))}
        </ul>
        {lines.length > shownCount && (
          <p className={mergeClasses(text.body, rows.row)}>
            <button type="button" className={styles.more} onClick={() => setShownCount(shownCount + step)}>
              {`Show ${formatCount(Math.min(step, lines.length - shownCount), locale)} more of ${formatCount(lines.length, locale)}`}
            </button>
          </p>
        )}
        {unlisted > 0 && (
          <p className={mergeClasses(text.caption, rows.row)}>
            {`${counted(unlisted, 'further object is', 'further objects are', locale)} counted and not listed.`}
          </p>
        )}
      </Card>
      {gaps.length > 0 && (
        <Card title="Not comparable" note={counted(gaps.length, 'check', 'checks', locale)} flush>
          <ul className={rows.list}>
            {gaps.map((check) => (
              <li key={check.checkId} className={rows.row}>
                <PageLink quiet to={`/findings/${check.checkId}`}>
                  {check.title}
                </PageLink>
                <p className={text.caption}>{check.notComparable}</p>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function ChangeRow({ line: { check, object, word } }: { readonly line: ChangeLine }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { title, because } = wordsOf(check, object)
  return (
    <div className={styles.row}>
      <span className={styles.severity}>
        <SeverityMark severity={object.after?.severity ?? object.before?.severity ?? check.severity} />
      </span>
      <div className={styles.words}>
        <PageLink quiet to={`/findings/${check.checkId}`}>
          {title}
        </PageLink>
        <p className={text.caption}>{`Check “${check.title}” · ${check.areaTitle}`}</p>
        {because !== '' && <p className={mergeClasses(text.body, styles.because)}>{because}</p>}
        <FactChanges object={object} />
        <p className={text.caption}>{object.changedBy.sentence}</p>
      </div>
      <span className={mergeClasses(text.strong, styles.kind)}>{word}</span>
    </div>
  )
}

function hasWords({ check, object, word }: ChangeLine, words: string): boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${word} ${check.title} ${check.code} ${check.areaTitle} ${object.name} ${object.changedBy.sentence}`.toLowerCase()
  return wanted.every((one) => text.includes(one))
}

function countOf(lines: readonly ChangeLine[], kind: string): number {
  return lines.filter(({ object }) => object.kind === kind).length
}
