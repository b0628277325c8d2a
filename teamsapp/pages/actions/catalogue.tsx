import * as React from 'react'
import { Input, mergeClasses, Select } from '@fluentui/react-components'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import type { AnswerOf } from '../../client/service.ts'
import { CsvButton } from '../../layout/csv-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { useSearchState } from '../../layout/search-state.ts'
import { counted } from '../../layout/words.ts'
import { areaWords, impactWords, lacks, licenceWords, matchingActions, sortedActions, undoWords } from './action-rows.ts'
import { ActionTable } from './action-table.tsx'
import { useListStyles } from './list-styles.ts'
import { AskToSwitch } from './ask-to-switch.tsx'

/** Every action there is; search, choice and order are in the address, so that a link shows the same. */
export function Catalogue({ list }: { readonly list: AnswerOf<'GET /api/actions'> }): React.ReactElement {
  const { locale } = useReader()
  const styles = useListStyles()
  const text = useText()
  const [words, setWords] = useSearchState('search')
  const [impact, setImpact] = useSearchState('impact', 'all')
  const [state, setState] = useSearchState('state', 'all')
  const [area, setArea] = useSearchState('about', 'all')
  const [order, setOrder] = useSearchState('order', 'enabled')
  const [switching, setSwitching] = React.useState<ActionView>()
  const shown = sortedActions(matchingActions(list.actions, { words, impact, area, state }), order, locale)
  return (
    <Card
      title="Catalogue"
      note={counted(shown.length, 'action', 'actions', locale)}
      action={<CsvButton size="small" file="countersign-actions.csv" isEmpty={shown.length === 0} textOf={() => csvOf(shown)} />}
      flush
    >
      <div className={styles.tools}>
        <Input
          className={styles.search}
          type="search"
          placeholder="Search actions, permissions, roles"
          aria-label="Search actions"
          value={words}
          onChange={(_, { value }) => setWords(value)}
        />
        <Select aria-label="About" value={area} onChange={(_, { value }) => setArea(value)}>
          <option value="all">About everything</option>
          {Object.entries(areaWords).map(([id, word]) => (
            <option key={id} value={id}>
              {word}
            </option>
          ))}
        </Select>
        <Select aria-label="Impact" value={impact} onChange={(_, { value }) => setImpact(value)}>
          <option value="all">Any impact</option>
          <option value="normal">Normal, one person</option>
          <option value="high">High, two people</option>
        </Select>
        <Select aria-label="Switched on or off" value={state} onChange={(_, { value }) => setState(value)}>
          <option value="all">On and off</option>
          <option value="on">Switched on</option>
          <option value="off">Switched off</option>
          <option value="lacking">On, but something is missing</option>
        </Select>
      </div>
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
