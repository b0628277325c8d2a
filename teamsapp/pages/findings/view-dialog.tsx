import * as React from 'react'
import { Checkbox, Field, Input } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { TroubleBar } from '../../layout/states.tsx'

/** Keeps the filters under a name; an Owner may share them. A refusal keeps what was written. */
export function ViewDialog({
  query,
  mayShare,
  onClose,
}: {
  readonly query: string
  readonly mayShare: boolean
  readonly onClose: () => void
}): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft('save view', { name: '', shared: false })
  const { name, shared } = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const save = useMutation({
    mutationFn: () => service.call('POST /api/saved-views', { body: { name: name.trim(), query, shared } }),
    onSuccess: () => {
      void queries.invalidateQueries(['saved-views'])
      close()
    },
  })
  return (
    <Ask
      title="Save these filters as a view"
      confirm="Save view"
      mayConfirm={name.trim() !== ''}
      isBusy={save.isLoading}
      onConfirm={() => save.mutate()}
      onClose={close}
    >
      {save.error != null && <TroubleBar error={save.error} />}
      <Field label="Name" required>
        <Input value={name} maxLength={60} autoComplete="off" onChange={(_, { value }) => draft.set({ ...draft.value, name: value })} />
      </Field>
      {mayShare && (
        <Checkbox
          label="Share with everybody in the tenant who sees findings"
          checked={shared}
          onChange={(_, { checked }) => draft.set({ ...draft.value, shared: checked === true })}
        />
      )}
    </Ask>
  )
}
