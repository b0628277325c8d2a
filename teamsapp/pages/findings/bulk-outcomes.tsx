import * as React from 'react'
import { makeStyles, mergeClasses, ProgressBar, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, DismissCircleFilled, SubtractCircleRegular } from '@fluentui/react-icons'
import { formatCount } from '@countersign/ui/format.ts'
import { colour } from '@countersign/ui/palette.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import type { Bulk, BulkItem, BulkOutcome } from './bulk.ts'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    maxHeight: '220px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  line: { display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr)', columnGap: '8px', padding: '6px 10px' },
  icon: { paddingTop: '2px' },
})

const marks = {
  done: <CheckmarkCircleFilled fontSize={16} color={colour.good} aria-label="Done" />,
  refused: <DismissCircleFilled fontSize={16} color={colour.bad} aria-label="Refused" />,
  notAsked: <SubtractCircleRegular fontSize={16} aria-label="Not asked" />,
} as const satisfies Record<BulkOutcome['state'], React.ReactElement>

/** How far a run over several objects has come, and what became of each of them. */
export function BulkOutcomes<Item extends BulkItem>({ bulk }: { readonly bulk: Bulk<Item> }): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const { outcomes, isRunning, of } = bulk
  if (of === 0) return null
  const done = outcomes.filter(({ state }) => state === 'done').length
  const sentence = `${formatCount(done, locale)} of ${formatCount(of, locale)} done${outcomes.length > done ? `, ${formatCount(outcomes.length - done, locale)} not` : ''}`
  return (
    <>
      <p className={text.strong} role="status">
        {isRunning ? `${formatCount(outcomes.length, locale)} of ${formatCount(of, locale)} asked` : `${sentence}.`}
      </p>
      {isRunning && <ProgressBar value={outcomes.length} max={of} aria-label="Objects asked" />}
      {outcomes.length > 0 && (
        <ul className={styles.list} aria-label="What became of each" tabIndex={0}>
          {outcomes.map(({ key, name, state, sentence: what }) => (
            <li key={key} className={styles.line}>
              <span className={styles.icon}>{marks[state]}</span>
              <div>
                <p className={text.body}>{name}</p>
                <p className={mergeClasses(text.caption)}>{what}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
