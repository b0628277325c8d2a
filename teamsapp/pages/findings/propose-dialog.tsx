import * as React from 'react'
import { Radio, RadioGroup } from '@fluentui/react-components'
import type { ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { counted } from '../../layout/words.ts'
import { useBulk, type BulkItem, type BulkOutcome } from './bulk.ts'
import { BulkOutcomes } from './bulk-outcomes.tsx'
import { nameOf } from './object-columns.tsx'

/** Proposes the fix for each chosen object that has one: by one plan where the action takes several, else one by one. */
export function ProposeDialog({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly ObjectRow[]
  readonly onDone: (outcomes: readonly BulkOutcome[]) => void
  readonly onClose: () => void
}): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  const { service } = useClient()
  const bulk = useBulk<BulkItem>()
  const fixable = rows.filter(({ fix, proposalId }) => fix !== null && proposalId === null)
  const [first] = fixable
  const most = first?.fix?.several ?? 0
  const isOnePlan = fixable.length > 1 && fixable.length <= most && fixable.every(({ checkId }) => checkId === first?.checkId)
  const draft = useDraft(`propose ${fixable.map(({ findingKey }) => findingKey).join(' ')}`, 'plan')
  const way = draft.value
  const asPlan = isOnePlan && way !== 'each'
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const what = counted(fixable.length, 'object', 'objects', locale)
  return (
    <Ask
      title={`Propose the fix for ${what}`}
      confirm={asPlan ? 'Propose one plan' : `Propose ${counted(fixable.length, 'fix', 'fixes', locale)}`}
      mayConfirm={fixable.length > 0}
      isBusy={bulk.isRunning}
      onConfirm={() => void go()}
      onClose={close}
    >
      <p className={text.body}>
        Nothing changes by proposing. Each proposal is shown as a card in the chat with exactly what would be sent, and is carried out only
        once it is countersigned there.
      </p>
      {isOnePlan && (
        <RadioGroup value={way} onChange={(_, { value }) => draft.set(value)} aria-label="How">
          <Radio value="plan" label={`One plan of ${counted(fixable.length, 'step', 'steps', locale)}: one card, one yes`} />
          <Radio value="each" label="One proposal for each object" />
        </RadioGroup>
      )}
      {!asPlan && fixable.length > 10 && (
        <p className={text.caption}>
          At most 10 proposals of yours wait at the same time. Those beyond are told as refused and stay selected.
        </p>
      )}
      {rows.length > fixable.length && (
        <p className={text.caption}>
          {`${counted(rows.length - fixable.length, 'chosen finding has', 'chosen findings have', locale)} no fix by the Aid, or one that is proposed already.`}
        </p>
      )}
      <BulkOutcomes bulk={bulk} />
    </Ask>
  )

  async function go(): Promise<void> {
    const outcomes = asPlan ? await proposePlan() : await proposeEach()
    onDone(outcomes)
    if (outcomes.every(({ state }) => state === 'done')) close()
  }

  async function proposePlan(): Promise<readonly BulkOutcome[]> {
    const keys = fixable.map(({ findingKey }) => findingKey)
    const [outcome] = await bulk.run([{ key: 'plan', name: `One plan for ${what}` }], async () => {
      const proposal = await service.call('POST /api/proposals', { body: { findingKeys: keys } })
      return proposal.preview.title
    })
    return outcome ? fixable.map((row) => ({ ...outcome, key: row.findingKey, name: nameOf(row) })) : []
  }

  function proposeEach(): Promise<readonly BulkOutcome[]> {
    const items = fixable.map((row) => ({ key: row.findingKey, name: nameOf(row) }))
    return bulk.run(items, async ({ key }) => (await service.call('POST /api/proposals', { body: { findingKey: key } })).preview.title)
  }
}
