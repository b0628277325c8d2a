import * as React from 'react'
import { Checkbox, Field, Input } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useClient } from '../../client/client.tsx'
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
  const [name, setName] = React.useState('')
  const [shared, setShared] = React.useState(false)
  const save = useMutation({
    mutationFn: () => service.call('POST /api/saved-views', { body: { name: name.trim(), query, shared } }),
    onSuccess: () => {
      void queries.invalidateQueries(['saved-views'])
      onClose()
    },
  })
  return (
    <Ask
      title="Save these filters as a view"
      confirm="Save view"
      mayConfirm={name.trim() !== ''}
      isBusy={save.isLoading}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      {save.error != null && <TroubleBar error={save.error} />}
      <Field label="Name" required>
        <Input value={name} maxLength={60} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
      {mayShare && (
        <Checkbox
          label="Share with everybody in the tenant who sees findings"
          checked={shared}
          onChange={(_, { checked }) => setShared(checked === true)}
        />
      )}
    </Ask>
  )
}
