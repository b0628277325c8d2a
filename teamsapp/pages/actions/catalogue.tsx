import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import type { AnswerOf } from '../../client/service.ts'
import { CsvButton } from '../../layout/csv-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { FilterBar, useFilters, type FilterChoice } from '../../layout/filters.tsx'
import { useListStyles } from '../../layout/list-styles.ts'
import { useSearchState } from '../../layout/search-state.ts'
import { counted } from '../../layout/words.ts'
import { areaWords, impactWords, lacks, licenceWords, matchingActions, sortedActions, undoWords } from './action-rows.ts'
import { ActionTable } from './action-table.tsx'
import { AskToSwitch } from './ask-to-switch.tsx'

const choices: readonly FilterChoice[] = [
  { name: 'about', title: 'About', any: 'Any subject', choices: Object.entries(areaWords) },
  {
    name: 'impact',
    title: 'Impact',
    any: 'Any impact',
    choices: [
      ['normal', 'Normal, one person'],
      ['high', 'High, two people'],
    ],
  },
  {
    name: 'state',
    title: 'Switched on or off',
    any: 'On and off',
    choices: [
      ['on', 'Switched on'],
      ['off', 'Switched off'],
      ['lacking', 'On, but something is missing'],
    ],
  },
]

/** Every action there is; search, choice and order are in the address, so that a link shows the same. */
export function Catalogue({ list }: { readonly list: AnswerOf<'GET /api/actions'> }): React.ReactElement {
  const { locale } = useReader()
  const styles = useListStyles()
  const text = useText()
  const filters = useFilters(choices)
  const [impact = 'all', state = 'all', area = 'all'] = ['impact', 'state', 'about'].map((name) => filters.get(name) || 'all')
  const [order, setOrder] = useSearchState('order', 'enabled')
  const [switching, setSwitching] = React.useState<ActionView>()
  const shown = sortedActions(matchingActions(list.actions, { words: filters.get('search'), impact, area, state }), order, locale)
  return (
    <Card
      title="Catalogue"
      note={counted(shown.length, 'action', 'actions', locale)}
      action={<CsvButton size="small" file="countersign-actions.csv" isEmpty={shown.length === 0} textOf={() => csvOf(shown)} />}
      flush
    >
      <FilterBar filters={filters} choices={choices} search="Search actions, permissions, roles" />
      {shown.length === 0 ? (
        <p className={mergeClasses(text.body, styles.empty)}>No action fits the search and what was chosen.</p>
      ) : (
        <ActionTable actions={shown} order={order} onOrder={setOrder} onSwitch={list.maySwitch ? setSwitching : undefined} />
      )}
      {switching && <AskToSwitch action={switching} actions={list.actions} onClose={() => setSwitching(undefined)} />}
    </Card>
  )
}

function csvOf(actions: readonly ActionView[]): string {
  const head = [
    'Id',
    'Action',
    'About',
    'Impact',
    'People who countersign',
    'Switched',
    'Missing',
    'Permissions to change',
    'Permissions to check',
    'Directory role',
    'Undo',
    'Licence',
    'Mends',
  ]
  return toCsv([
    head,
    ...actions.map((action) => [
      action.id,
      action.title,
      areaWords[action.area],
      impactWords[action.impact],
      action.approvals,
      action.enabled ? 'on' : 'off',
      lacks(action) ? [...action.missingScopes, ...(action.directoryRole.held ? [] : [action.directoryRole.name])].join(' ') : '',
      action.writeScopes.join(' '),
      action.proofScopes.join(' '),
      action.directoryRole.name,
      undoWords(action),
      licenceWords[action.licence],
      action.mends.join(' '),
    ]),
  ])
}
