import * as React from 'react'
import { Radio, RadioGroup } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ProposalView } from '@countersign/core/api/proposals.ts'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar } from '../../layout/states.tsx'

/** A person says what they found; nothing is sent to the tenant by it. */
export function SettleDialog({ proposal, onClose }: { readonly proposal: ProposalView; readonly onClose: () => void }): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const text = useText()
  const draft = useDraft<{ readonly as?: 'done' | 'notDone'; readonly because: string }>(`settle ${proposal.id}`, { because: '' })
  const { as, because } = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const settle = useMutation({
    mutationFn: (verdict: 'done' | 'notDone') =>
      service.call('POST /api/proposals/:proposalId/settle', {
        params: { proposalId: proposal.id },
        body: { as: verdict, because: because.trim() },
      }),
    onSuccess: () => {
      for (const name of ['proposals', 'proposal', 'receipt', 'receipts']) void queries.invalidateQueries([name])
      close()
    },
  })
  return (
    <Ask
      title="Was the change made?"
      confirm="Settle it"
      mayConfirm={as !== undefined && isReason(because)}
      isBusy={settle.isLoading}
      onConfirm={() => as !== undefined && settle.mutate(as)}
      onClose={close}
    >
      {settle.error != null && <TroubleBar error={settle.error} />}
      <p className={text.body}>{proposal.preview.title}</p>
      <p className={text.body}>
        Look at the object in the Entra admin centre first. Settling sends nothing to your tenant; the journal keeps your name, your reason
        and both readings.
      </p>
      <RadioGroup
        aria-label="What you found"
        value={as ?? ''}
        onChange={(_, { value }) => draft.set({ because, as: value === 'done' ? 'done' : 'notDone' })}
      >
        <Radio value="done" label="The change was made" />
        <Radio value="notDone" label="The change was not made" />
      </RadioGroup>
      <ReasonField
        hint="What you looked at and what you saw"
        value={because}
        onWrite={(written) => draft.set({ ...draft.value, because: written })}
      />
    </Ask>
  )
}
