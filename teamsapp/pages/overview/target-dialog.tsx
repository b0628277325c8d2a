import * as React from 'react'
import { Field, Input } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { ChangeButton } from '../../layout/change-button.tsx'
import { Ask } from '../../layout/ask.tsx'
import { TroubleBar } from '../../layout/states.tsx'

/** Sets the score to reach, or takes it away. */
export function TargetDialog({
  target,
  onClose,
}: {
  readonly target: NonNullable<Overview['score']>['target'] | null
  readonly onClose: () => void
}): React.ReactElement {
  const text = useText()
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft('score target', String(target?.value ?? 80))
  const written = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const value = Number(written)
  const isFit = Number.isInteger(value) && value >= 1 && value <= 100
  const put = useMutation({
    mutationFn: (wanted: number | null) => service.call('PUT /api/posture/target', { body: { value: wanted } }),
    onSuccess: () => {
      void queries.invalidateQueries(['overview'])
      close()
    },
  })
  return (
    <Ask
      title="Score to reach"
      confirm="Set target"
      mayConfirm={isFit}
      isBusy={put.isLoading}
      onConfirm={() => put.mutate(value)}
      onClose={close}
    >
      {put.error != null && <TroubleBar error={put.error} />}
      <p className={text.body}>Everybody sees it as a line in the trend. It changes nothing in how the score is counted.</p>
      <Field
        label="Target"
        required
        {...(isFit ? {} : { validationState: 'error' as const, validationMessage: 'Write a whole number from 1 to 100.' })}
      >
        <Input type="number" min={1} max={100} value={written} onChange={(_, data) => draft.set(data.value)} />
      </Field>
      {target && (
        <p className={text.caption}>
          {`Now ${target.value}, set by ${target.byName} `}
          <Moment at={target.at} as="day" />.{' '}
          <ChangeButton size="small" disabledFocusable={put.isLoading} onClick={() => put.mutate(null)}>
            Take target away
          </ChangeButton>
        </p>
      )}
    </Ask>
  )
}
