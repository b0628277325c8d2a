import * as React from 'react'
import { Field, Input } from '@fluentui/react-components'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useMe } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { counted } from '../../layout/words.ts'
import { useBulk, type BulkItem, type BulkOutcome } from './bulk.ts'
import { BulkOutcomes } from './bulk-outcomes.tsx'

export interface Suppressable extends BulkItem {
  readonly checkId: string
  /** Undefined for the whole check. */
  readonly findingKey: string | undefined
}

const dayMs = 86_400_000
export function dayIn(days: number): string {
  return new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
}

/** Lets findings stay as they are until a day, with a reason and somebody who answers for it. What is refused keeps what was written. */
export function SuppressDialog({
  items,
  onDone,
  onClose,
}: {
  readonly items: readonly Suppressable[]
  readonly onDone: (outcomes: readonly BulkOutcome[]) => void
  readonly onClose: () => void
}): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  const { service } = useClient()
  const me = useMe()
  const bulk = useBulk<Suppressable>()
  const draft = useDraft(`suppress ${items.map(({ key }) => key).join(' ')}`, {
    reason: '',
    owner: me.data?.displayName ?? '',
    until: dayIn(90),
  })
  const { reason, owner, until } = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const what = counted(items.length, 'finding', 'findings', locale)
  return (
    <Ask
      title={`Accept ${what} for a while`}
      confirm={bulk.of > 0 && !bulk.isRunning ? `Try ${what} again` : `Accept ${what}`}
      mayConfirm={isReason(reason) && until !== '' && items.length > 0}
      isBusy={bulk.isRunning}
      onConfirm={() => void go()}
      onClose={close}
    >
      <p className={text.body}>
        The verdict stays as it is; the findings are counted aside until the day, and then they return. Everybody sees who said so and why.
      </p>
      <ReasonField
        hint="Shown with your name to everybody who reads findings"
        value={reason}
        onWrite={(written) => draft.set({ ...draft.value, reason: written })}
      />
      <Field label="Who answers for it" required>
        <Input value={owner} onChange={(_, { value }) => draft.set({ ...draft.value, owner: value })} maxLength={200} />
      </Field>
      <Field label="Until" required hint="At most 365 days away">
        <Input
          type="date"
          value={until}
          min={dayIn(1)}
          max={dayIn(365)}
          onChange={(_, { value }) => draft.set({ ...draft.value, until: value })}
        />
      </Field>
      <BulkOutcomes bulk={bulk} />
    </Ask>
  )

  async function go(): Promise<void> {
    const answers = owner.trim()
    const outcomes = await bulk.run(items, async ({ checkId, findingKey }) => {
      const body = {
        checkId,
        reason: reason.trim(),
        until,
        ...(findingKey === undefined ? {} : { findingKey }),
        ...(answers === '' ? {} : { owner: answers }),
      }
      await service.call('POST /api/suppressions', { body })
      return `Accepted until ${until}.`
    })
    onDone(outcomes)
    if (outcomes.every(({ state }) => state === 'done')) close()
  }
}
