import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useRoute } from '../../client/client.tsx'
import { Ask } from '../../layout/ask.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { roleScopeWords, switchEffect } from './action-rows.ts'

const useStyles = makeStyles({ list: { margin: 0, padding: '0 0 0 20px', display: 'grid', rowGap: '2px' } })

export interface SwitchDialogProps {
  readonly action: ActionView
  readonly actions: readonly ActionView[]
  readonly onClose: () => void
}

/** Asks before an action is switched, and names what the Aid then needs or needs no longer. */
export function SwitchDialog({ action, actions, onClose }: SwitchDialogProps): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const text = useText()
  const enabled = !action.enabled
  const change = useMutation({
    mutationFn: () => service.call('POST /api/actions/:actionId/switch', { params: { actionId: action.id }, body: { enabled } }),
    onSuccess: () => {
      for (const name of ['actions', 'proposals', 'scopes']) void queries.invalidateQueries([name])
      onClose()
    },
  })
  return (
    <Ask
      title={`Switch ${enabled ? 'on' : 'off'}: ${action.title}`}
      confirm={enabled ? 'Switch it on' : 'Switch it off'}
      isBusy={change.isLoading}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {change.error != null && <TroubleBar error={change.error} />}
      {enabled ? <On action={action} actions={actions} /> : <Off action={action} actions={actions} />}
      <p className={text.caption}>The journal keeps who switched it and when.</p>
    </Ask>
  )
}

function On({ action, actions }: { readonly action: ActionView; readonly actions: readonly ActionView[] }): React.ReactElement {
  const text = useText()
  const needs = useRoute('scopes', 'GET /api/scopes', {})
  const { scopes, shared, role } = switchEffect(action, actions, needs.data)
  return (
    <>
      <p className={text.body}>
        {action.approvals === 2
          ? 'Administrators can then propose it; each time two people must countersign.'
          : 'Administrators can then propose it; each time one person must countersign.'}
      </p>
      {scopes.length > 0 && <Scopes title="The Aid then also needs these permissions:" scopes={scopes} />}
      {shared.length > 0 && <Scopes title="It needs these, too, which are needed already:" scopes={shared} />}
      <p className={text.body}>
        {role === null
          ? `The directory role ${action.directoryRole.name} is needed already.`
          : `The Aid’s user also needs the directory role ${role}, ${roleScopeWords[action.directoryRole.scope] ?? action.directoryRole.scope}.`}
      </p>
      {(action.missingScopes.length > 0 || !action.directoryRole.held) && (
        <p className={text.body}>
          Not all of it is there yet. Until an administrator has granted the permissions and assigned the role, and the Aid has been
          connected again, proposals are refused.
        </p>
      )}
      <p className={text.body}>
        <span className={text.strong}>If the Aid’s token were stolen: </span>
        {action.ifStolen}
      </p>
    </>
  )
}

function Off({ action, actions }: { readonly action: ActionView; readonly actions: readonly ActionView[] }): React.ReactElement {
  const text = useText()
  const proposals = useRoute('proposals', 'GET /api/proposals', {})
  const needs = useRoute('scopes', 'GET /api/scopes', {})
  const { scopes, role } = switchEffect(action, actions, needs.data)
  const open = (proposals.data?.proposals ?? []).filter(
    ({ actionId, state }) =>
      actionId === action.id && (state === 'proposed' || state === 'offered' || state === 'awaitingSecond' || state === 'confirmed'),
  ).length
  return (
    <>
      <p className={text.body}>
        {open === 0
          ? 'It cannot be proposed any more. Receipts stay, and undoing what was done needs it switched on again.'
          : `It cannot be proposed any more. ${open === 1 ? 'One change that waits' : `${open} changes that wait`} will end without being carried out.`}
      </p>
      {scopes.length > 0 && <Scopes title="The Aid then needs these permissions no longer; remove them in Entra:" scopes={scopes} />}
      {role !== null && (
        <p className={text.body}>{`The Aid’s user then needs the directory role ${role} no longer; remove it in Entra.`}</p>
      )}
      {scopes.length === 0 && role === null && (
        <p className={text.body}>Its permissions and its role are still needed by other actions that are switched on.</p>
      )}
    </>
  )
}

function Scopes({ title, scopes }: { readonly title: string; readonly scopes: readonly string[] }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <div>
      <p className={text.body}>{title}</p>
      <ul className={styles.list}>
        {scopes.map((scope) => (
          <li key={scope} className={mergeClasses(text.mono)}>
            <PathText text={scope} />
          </li>
        ))}
      </ul>
    </div>
  )
}
