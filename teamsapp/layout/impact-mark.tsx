import * as React from 'react'
import { makeStyles, tokens } from '@fluentui/react-components'
import { PeopleRegular, PersonRegular } from '@fluentui/react-icons'
import { useMark } from '@countersign/ui/mark.ts'
import { useText } from '@countersign/ui/text.ts'

const useStyles = makeStyles({
  icon: { display: 'inline-flex', color: tokens.colorNeutralForeground2 },
})

/** How many people must countersign: two for high impact. */
export function ImpactMark({ impact }: { readonly impact: 'normal' | 'high' }): React.ReactElement {
  const mark = useMark()
  const styles = useStyles()
  const text = useText()
  return (
    <span className={mark.root}>
      <span className={styles.icon} aria-hidden="true">
        {impact === 'high' ? <PeopleRegular fontSize={16} /> : <PersonRegular fontSize={16} />}
      </span>
      <span className={impact === 'high' ? text.captionStrong : text.caption}>
        {impact === 'high' ? 'High, 2 people' : 'Normal, 1 person'}
      </span>
    </span>
  )
}
