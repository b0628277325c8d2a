import * as React from 'react'
import { Field, Input, Select } from '@fluentui/react-components'
import type { ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { counted } from '../../layout/words.ts'
import { useBulk, type BulkItem, type BulkOutcome } from './bulk.ts'
import { BulkOutcomes } from './bulk-outcomes.tsx'
import { nameOf } from './object-columns.tsx'
import { dayIn } from './suppress-dialog.tsx'

type Kind = ObjectRow['declarable'][number]
type Declarable = Pick<ObjectRow, 'findingKey' | 'objectId' | 'name' | 'type' | 'declarable'>

const kindTitles = {
  user: 'Person who may be left out of policies',
  group: 'Group that may be left out of policies',
  application: 'Application that may be left out of policies',
  guestUserType: 'Kind of guest that may be left out of policies',
  emergencyAccount: 'Emergency account',
  serviceAccount: 'Account that a program signs in to',
  roleHolder: 'Person who may hold a privileged role for good',
  roleHolderGroup: 'Group that may hold a privileged role for good',
} as const satisfies Record<Kind, string>

/** Declares objects as wanted, by one reason; each object once, however many of its findings were chosen. */
export function DeclareDialog({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly Declarable[]
  readonly onDone: (outcomes: readonly BulkOutcome[]) => void
  readonly onClose: () => void
}): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  const { service } = useClient()
  const bulk = useBulk<BulkItem>()
  const kinds = [...new Set(rows.flatMap(({ declarable }) => declarable))]
  const draft = useDraft(`declare ${rows.map(({ findingKey }) => findingKey).join(' ')}`, {
    as: String(kinds[0] ?? ''),
    reason: '',
    until: '',
  })
  const { as, reason, until } = draft.value
  const chosen = kinds.find((kind) => kind === as)
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const fitting = chosen === undefined ? [] : rows.filter(({ declarable }) => declarable.includes(chosen))
  const objects = [...new Map(fitting.map((row) => [row.objectId, row])).values()]
  const left = rows.length - fitting.length
  const what = counted(objects.length, 'object', 'objects', locale)
  return (
    <Ask
      title={`Declare ${what} as an exception`}
      confirm={bulk.of > 0 && !bulk.isRunning ? `Try ${what} again` : `Declare ${what}`}
      mayConfirm={chosen !== undefined && objects.length > 0 && isReason(reason)}
      isBusy={bulk.isRunning}
      onConfirm={() => void go()}
      onClose={close}
    >
      <p className={text.body}>
        What is declared is wanted: from the next judgement on the checks count it as such, and it is listed in Settings.
      </p>
      <Field label="As what" required>
        <Select value={chosen ?? ''} onChange={(_, { value }) => draft.set({ ...draft.value, as: value })}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindTitles[kind]}
            </option>
          ))}
        </Select>
      </Field>
      <ReasonField
        hint="Shown with your name to everybody who reads findings"
        value={reason}
        onWrite={(written) => draft.set({ ...draft.value, reason: written })}
      />
      <Field label="Until" hint="Empty: until somebody withdraws it">
        <Input type="date" value={until} min={dayIn(1)} onChange={(_, { value }) => draft.set({ ...draft.value, until: value })} />
      </Field>
      {left > 0 && (
        <p
          className={text.caption}
        >{`${counted(left, 'finding is', 'findings are', locale)} about something that cannot be declared as this.`}</p>
      )}
      <BulkOutcomes bulk={bulk} />
    </Ask>
  )

  async function go(): Promise<void> {
    if (chosen === undefined) return
    const items = objects.map((row) => ({ key: row.objectId, name: nameOf(row) }))
    const outcomes = await bulk.run(items, async ({ key }) => {
      await service.call('POST /api/exceptions', {
        body: { kind: chosen, objectId: key, reason: reason.trim(), ...(until === '' ? {} : { until }) },
      })
      return 'Declared. The next judgement counts it.'
    })
    const keysOf = (objectId: string): string[] => fitting.filter((row) => row.objectId === objectId).map(({ findingKey }) => findingKey)
    onDone(outcomes.flatMap((outcome) => keysOf(outcome.key).map((key) => ({ ...outcome, key }))))
    if (outcomes.every(({ state }) => state === 'done')) close()
  }
}
