import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import type { ActionView } from '@countersign/core/api/actions.ts'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useListStyles } from '../../layout/list-styles.ts'
import { MoreButton, rowsAtATime } from '../../layout/more-button.tsx'
import { counted } from '../../layout/words.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { StoppedRow } from './stopped-row.tsx'
import { UnclearRow } from './unclear-row.tsx'
import { WaitingRow } from './waiting-row.tsx'
import type { WaitingGroups } from './waiting-groups.ts'

export interface WaitingProps {
  readonly groups: WaitingGroups
  readonly actions: readonly ActionView[]
  readonly onProposed: (proposalId: string) => void
}

/** Everything that waits for a person, what needs a decision first. */
export function Waiting({ groups, actions, onProposed }: WaitingProps): React.ReactElement {
  const styles = useListStyles()
  const text = useText()
  const { unclear, stopped, mine, others, underWay, count } = groups
  return (
    <div className={styles.stack}>
      {count === 0 && (
        <Card title="Nothing waits">
          <p className={text.body}>
            No change waits for a countersignature, and none needs somebody to look at it. Changes are proposed from a finding with Fix with
            the Aid, or in the chat.
          </p>
        </Card>
      )}
      <Group title="Look and decide" note="it is not certain whether the change was made" proposals={unclear}>
        {(proposal) => <UnclearRow proposal={proposal} />}
      </Group>
      <Group title="Stopped after some steps" note="the rest was not sent" proposals={stopped}>
        {(proposal) => (
          <StoppedRow
            proposal={proposal}
            mayUndo={actions.find(({ id }) => id === proposal.actionId)?.undo.possible === true}
            onProposed={onProposed}
          />
        )}
      </Group>
      <Group title="Waiting for you" proposals={mine}>
        {(proposal) => <WaitingRow proposal={proposal} isFirst={proposal === mine[0]} />}
      </Group>
      <Group title="Waiting for somebody else" proposals={others}>
        {(proposal) => <WaitingRow proposal={proposal} />}
      </Group>
      <Group title="Being carried out" proposals={underWay}>
        {(proposal) => <WaitingRow proposal={proposal} />}
      </Group>
    </div>
  )
}

function Group({
  title,
  note,
  proposals,
  children,
}: {
  readonly title: string
  readonly note?: string
  readonly proposals: readonly ProposalView[]
  readonly children: (proposal: ProposalView) => React.ReactElement
}): React.ReactElement | null {
  const { locale } = useReader()
  const rows = useRows()
  const [shown, setShown] = React.useState(rowsAtATime)
  if (proposals.length === 0) return null
  const count = counted(proposals.length, 'change', 'changes', locale)
  return (
    <Card title={title} note={note === undefined ? count : `${count}, ${note}`} flush>
      <ul className={rows.list}>
        {proposals.slice(0, shown).map((proposal) => (
          <li key={proposal.id} className={mergeClasses(rows.row)}>
            {children(proposal)}
          </li>
        ))}
      </ul>
      <MoreButton rest={proposals.length - shown} onMore={() => setShown(shown + rowsAtATime)} />
    </Card>
  )
}
