import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { z } from 'zod'
import type { listSuppressions, ShownSuppression } from '@countersign/core/api/suppressions.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from '../../layout/links.tsx'
import { MoreButton, rowsAtATime } from '../../layout/more-button.tsx'
import { counted } from '../../layout/words.ts'
import { ListTools, matches, type Narrowing } from './list-tools.tsx'

type View = z.output<typeof listSuppressions.answer>

const verdictWords = {
  pass: 'The check passes now',
  fail: 'The check still fails',
  warn: 'The check still warns',
  notApplicable: 'The check does not apply now',
  manual: 'A person has to look',
  unknown: 'The check could not be judged last time',
} as const satisfies Record<NonNullable<ShownSuppression['verdict']>, string>

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'flex-start', gap: '6px 16px' },
  words: { flexGrow: 1, flexBasis: '260px', minWidth: 0 },
  text: { padding: '0 20px 14px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
})

/** What is suppressed, or was: what it covers, until when, who answers for it and why. */
export function SuppressionList({
  view,
  state,
  narrowing,
  onLift,
}: {
  readonly view: View
  readonly state: 'active' | 'ended'
  readonly narrowing: Narrowing
  readonly onLift: (suppression: ShownSuppression) => void
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [most, setMost] = React.useState(rowsAtATime)
  const { suppressions, total, findings } = view
  const found = suppressions.filter(({ title, code, objectName, reason, owner, byName }) =>
    matches(narrowing.words, [title, code, objectName ?? '', reason, owner, byName]),
  )
  const unshown = total - suppressions.length
  const note = state === 'ended' ? formatCount(total, locale) : counted(findings, 'finding', 'findings', locale)
  return (
    <Card title={state === 'ended' ? 'Lifted or expired' : 'In force'} note={note} flush>
      <ListTools
        search="Search suppressions"
        narrowing={narrowing}
        about="State"
        any="In force"
        choices={[['ended', 'Lifted or expired']]}
        file={`countersign-suppressions-${state}.csv`}
        table={() => [csvHead, ...found.map(csvRow)]}
      />
      {found.length === 0 && <p className={mergeClasses(text.body, styles.text)}>{nothing(view, state, narrowing)}</p>}
      {found.length > 0 && (
        <ul className={rows.list} aria-label={state === 'ended' ? 'Ended suppressions' : 'Suppressions'}>
          {found.slice(0, most).map((suppression) => (
            <li key={suppression.id} className={mergeClasses(rows.row, styles.row)}>
              <Line suppression={suppression} />
              {view.maySuppress && suppression.state === 'active' && (
                <Button
                  size="small"
                  aria-label={`Lift the suppression of ${suppression.objectName ?? suppression.title}`}
                  onClick={() => onLift(suppression)}
                >
                  Lift
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <MoreButton rest={found.length - most} onMore={() => setMost(most + rowsAtATime)} />
      {unshown > 0 && (
        <p className={mergeClasses(text.caption, rows.row)}>{`${counted(unshown, 'older one is', 'older ones are', locale)} not shown.`}</p>
      )}
    </Card>
  )
}

function Line({ suppression }: { readonly suppression: ShownSuppression }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const { checkId, code, title, objectName, reason, owner, byName, at, until, state, covers, verdict } = suppression
  const isOwn = owner === byName
  return (
    <div className={styles.words}>
      <p className={text.strong}>{objectName ?? 'The whole check'}</p>
      <p className={text.body}>
        <PageLink to={`/findings/${checkId}`}>{code === '' ? title : `${code} ${title}`}</PageLink>
      </p>
      <p className={text.body}>{reason}</p>
      <p className={text.caption}>
        {`${owner} answers for it${isOwn ? '' : `; said by ${byName}`}, `}
        <Moment at={at} />
        {state === 'active' ? ' · until ' : ' · was to last until '}
        <Moment at={until} as="day" />
      </p>
      {state === 'active' ? (
        <p className={text.caption}>
          {covers === undefined || covers === 0 ? 'Covers nothing now' : `Covers ${counted(covers, 'finding', 'findings', locale)}`}
          {verdict ? ` · ${verdictWords[verdict]}` : ''}
        </p>
      ) : (
        <Ending suppression={suppression} />
      )}
    </div>
  )
}

function Ending({ suppression }: { readonly suppression: ShownSuppression }): React.ReactElement {
  const text = useText()
  const { state, endedAt, endedByName, endedBecause } = suppression
  return (
    <p className={text.caption}>
      {state === 'expired' ? 'Its day came ' : `Lifted by ${endedByName ?? ''}, `}
      {endedAt !== null && <Moment at={endedAt} />}
      {endedBecause === null ? '' : `: ${endedBecause}`}
    </p>
  )
}

function nothing({ suppressions }: View, state: 'active' | 'ended', { words }: Narrowing): string {
  if (suppressions.length > 0 && words.trim() !== '') return 'No suppression fits what you search for.'
  return state === 'ended'
    ? 'Nothing was lifted, and no suppression has come to its day.'
    : 'Nothing is suppressed. A finding is accepted for a while on its own page, or in the list of findings.'
}

const csvHead = [
  'Check',
  'Title',
  'Object',
  'Finding',
  'Reason',
  'Answers for it',
  'Said by',
  'Said at',
  'Until',
  'State',
  'Covers',
  'Verdict now',
  'Ended',
  'Lifted by',
  'Lifted because',
]

function csvRow(one: ShownSuppression): readonly (string | number)[] {
  const said = [one.reason, one.owner, one.byName, one.at, one.until, one.state]
  const ended = [one.endedAt ?? '', one.endedByName ?? '', one.endedBecause ?? '']
  return [one.code, one.title, one.objectName ?? '', one.findingKey ?? '', ...said, one.covers ?? 0, one.verdict ?? '', ...ended]
}
