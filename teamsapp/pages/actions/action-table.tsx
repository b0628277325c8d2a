import * as React from 'react'
import { makeStyles, mergeClasses, Switch } from '@fluentui/react-components'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { useRows } from '@countersign/ui/card.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../../client/client.tsx'
import { ImpactMark } from '../../layout/impact-mark.tsx'
import { PageLink } from '../../layout/links.tsx'
import { useListStyles } from '../../layout/list-styles.ts'
import { SortHeads } from '../../layout/sort-head.tsx'
import { actionColumns, areaWords, lacks, licenceWords, scopesOf, undoWords } from './action-rows.ts'

const useStyles = makeStyles({
  needs: { display: 'grid', rowGap: '2px' },
  action: { width: '30%' },
  state: { display: 'grid', justifyItems: 'start', rowGap: '2px' },
  title: { fontWeight: 600 },
  pull: { marginLeft: '-8px' },
})

export interface ActionTableProps {
  readonly actions: readonly ActionView[]
  readonly order: string
  readonly onOrder: (order: string) => void
  /** Left out for people who may not switch: they see words in place of switches. */
  readonly onSwitch: ((action: ActionView) => void) | undefined
}

/** The catalogue as a table; narrow, the same rows as a list. Only one of the two is in the accessibility tree. */
export function ActionTable({ actions, order, onOrder, onSwitch }: ActionTableProps): React.ReactElement {
  const styles = useListStyles()
  const own = useStyles()
  const table = useTable()
  const rows = useRows()
  const text = useText()
  const cell = mergeClasses(table.cell, table.top)
  return (
    <>
      <div className={styles.wide}>
        <table className={table.table}>
          <thead>
            <SortHeads columns={actionColumns} order={order} onOrder={onOrder} />
          </thead>
          <tbody>
            {actions.map((action) => (
              <tr key={action.id}>
                <th scope="row" className={mergeClasses(cell, own.action)}>
                  <PageLink quiet to={`/actions/catalogue/${action.id}`}>
                    {action.title}
                  </PageLink>
                  <p className={text.caption}>{action.why}</p>
                </th>
                <td className={cell}>{areaWords[action.area]}</td>
                <td className={cell}>
                  <ImpactMark impact={action.impact} />
                </td>
                <td className={cell}>
                  <Needs action={action} />
                </td>
                <td className={cell}>{undoWords(action)}</td>
                <td className={cell}>{licenceWords[action.licence]}</td>
                <td className={cell}>
                  <OnOrOff action={action} onSwitch={onSwitch} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className={mergeClasses(rows.list, styles.narrow)}>
        {actions.map((action) => (
          <li key={action.id} className={rows.row}>
            <div className={styles.line}>
              <ImpactMark impact={action.impact} />
              <span className={text.caption}>{areaWords[action.area]}</span>
            </div>
            <PageLink quiet className={own.title} to={`/actions/catalogue/${action.id}`}>
              {action.title}
            </PageLink>
            <Needs action={action} />
            <p className={text.caption}>{`Undo: ${undoWords(action)} · Licence: ${licenceWords[action.licence]}`}</p>
            <OnOrOff action={action} onSwitch={onSwitch} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Needs({ action }: { readonly action: ActionView }): React.ReactElement {
  const own = useStyles()
  const text = useText()
  return (
    <div className={own.needs}>
      <span className={text.body}>{action.directoryRole.name}</span>
      {scopesOf(action).map((scope) => (
        <span key={scope} className={mergeClasses(text.mono, text.secondary)}>
          <PathText text={scope} />
        </span>
      ))}
    </div>
  )
}

function OnOrOff({
  action,
  onSwitch,
}: {
  readonly action: ActionView
  readonly onSwitch: ActionTableProps['onSwitch']
}): React.ReactElement {
  const own = useStyles()
  const text = useText()
  const me = useMe()
  const isLacking = me.data?.aid.state === 'connected' && lacks(action)
  return (
    <div className={own.state}>
      {onSwitch ? (
        <Switch
          className={own.pull}
          checked={action.enabled}
          label={action.enabled ? 'On' : 'Off'}
          aria-label={`${action.title}: switched ${action.enabled ? 'on' : 'off'}`}
          onChange={() => onSwitch(action)}
        />
      ) : (
        <span className={text.body}>{action.enabled ? 'On' : 'Off'}</span>
      )}
      {isLacking && <StandingMark standing="stale" word="Something is missing" />}
    </div>
  )
}
