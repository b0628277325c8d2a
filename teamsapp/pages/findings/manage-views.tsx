import * as React from 'react'
import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SavedView } from '@countersign/core/api/saved-views.ts'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { ChangeButton } from '../../layout/change-button.tsx'
import { Ask } from '../../layout/ask.tsx'
import { TroubleBar } from '../../layout/states.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: { padding: '10px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, display: 'grid', rowGap: '4px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 8px' },
})

/** Names, sharing and what is shown first. Each change is kept at once but for names, which are kept together. */
export function ManageViews({
  views,
  mayShare,
  onClose,
}: {
  readonly views: readonly SavedView[]
  readonly mayShare: boolean
  readonly onClose: () => void
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft<Readonly<Record<string, string>>>('names of views', {})
  const names = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const refresh = (): void => void queries.invalidateQueries(['saved-views'])
  const change = useMutation({
    mutationFn: ({
      id,
      ...body
    }: {
      readonly id: string
      readonly name?: string
      readonly shared?: boolean
      readonly isDefault?: boolean
    }) => service.call('PUT /api/saved-views/:viewId', { params: { viewId: id }, body }),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: (id: string) => service.call('DELETE /api/saved-views/:viewId', { params: { viewId: id } }),
    onSettled: refresh,
  })
  const renamed = views.filter(({ id, name }) => names[id] !== undefined && names[id]?.trim() !== name && names[id]?.trim() !== '')
  return (
    <Ask
      title="Saved views"
      confirm="Save names"
      mayConfirm={renamed.length > 0}
      isBusy={change.isLoading}
      onConfirm={() => void saveNames()}
      onClose={close}
    >
      {[change.error, remove.error].map((error, index) => error != null && <TroubleBar key={index} error={error} />)}
      <ul className={styles.list}>
        {views.map((view) => {
          const mayChange = view.shared ? mayShare : view.mine
          return (
            <li key={view.id} className={styles.line}>
              <Field label={`Name of the view ${view.name}`}>
                <Input
                  value={names[view.id] ?? view.name}
                  maxLength={60}
                  disabled={!mayChange}
                  onChange={(_, { value }) => draft.set({ ...names, [view.id]: value })}
                />
              </Field>
              <div className={styles.actions}>
                <Checkbox
                  label="Show first"
                  checked={view.isDefault}
                  onChange={(_, { checked }) => change.mutate({ id: view.id, isDefault: checked === true })}
                />
                {mayShare && view.mine && (
                  <Checkbox
                    label="Shared"
                    checked={view.shared}
                    onChange={(_, { checked }) => change.mutate({ id: view.id, shared: checked === true })}
                  />
                )}
                {mayChange && (
                  <ChangeButton
                    size="small"
                    disabledFocusable={remove.isLoading}
                    aria-label={`Delete the view ${view.name}`}
                    onClick={() => remove.mutate(view.id)}
                  >
                    Delete view
                  </ChangeButton>
                )}
              </div>
              {view.shared && <p className={text.caption}>{`Shared by ${view.byName}`}</p>}
            </li>
          )
        })}
      </ul>
    </Ask>
  )

  async function saveNames(): Promise<void> {
    const refused: string[] = []
    for (const { id } of renamed) await change.mutateAsync({ id, name: (names[id] ?? '').trim() }).catch(() => refused.push(id))
    draft.set(Object.fromEntries(Object.entries(names).filter(([id]) => refused.includes(id))))
    if (refused.length === 0) draft.clear()
  }
}
