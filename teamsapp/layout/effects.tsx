import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { PersonRegular, PeopleRegular, WarningFilled, LockClosedRegular } from '@fluentui/react-icons'
import type { Preview, ProposalView } from '@countersign/core/api/proposals.ts'
import { colour } from '@countersign/ui/palette.ts'
import { useText } from '@countersign/ui/text.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: '6px', gridTemplateColumns: 'minmax(0, 1fr)' },
  line: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: '8px', alignItems: 'start' },
  icon: { display: 'inline-flex', paddingTop: '2px', color: tokens.colorNeutralForeground2 },
  grave: { color: colour.high },
})

/** How many people must say yes, and who has: one for most changes, two for those of high impact. */
export function Approvals({
  approvals,
  countersignedBy = [],
}: {
  readonly approvals: Preview['approvals']
  readonly countersignedBy?: ProposalView['countersignedBy']
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const names = new Intl.ListFormat('en').format(countersignedBy.map(({ name }) => name))
  return (
    <p className={mergeClasses(text.body, styles.line)}>
      <span className={styles.icon} aria-hidden="true">
        {approvals === 2 ? <PeopleRegular fontSize={16} /> : <PersonRegular fontSize={16} />}
      </span>
      <span>
        {approvals === 2
          ? 'Two people must countersign: the one who asked, then another.'
          : 'One person must countersign: the one who asked.'}
        {names !== '' && ` Countersigned by ${names}.`}
      </span>
    </p>
  )
}

/** What a change would do beyond its object, the gravest first, and whom it locks out. */
export function Effects({ preview }: { readonly preview: Preview }): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const locksOut = preview.locksOut ?? []
  if (locksOut.length === 0 && preview.blast.length === 0) return null
  return (
    <ul className={styles.list} aria-label="What else it would do, the gravest first">
      {locksOut.length > 0 && (
        <li className={mergeClasses(text.strong, styles.line)}>
          <span className={mergeClasses(styles.icon, styles.grave)} aria-hidden="true">
            <LockClosedRegular fontSize={16} />
          </span>
          <span>{`Locks out ${new Intl.ListFormat('en').format(locksOut)}, written out by the person who asked.`}</span>
        </li>
      )}
      {preview.blast.map((line, index) => (
        <li key={index} className={mergeClasses(text.body, styles.line)}>
          <span className={mergeClasses(styles.icon, styles.grave)} aria-hidden="true">
            <WarningFilled fontSize={16} />
          </span>
          <span>{line}</span>
        </li>
      ))}
    </ul>
  )
}
