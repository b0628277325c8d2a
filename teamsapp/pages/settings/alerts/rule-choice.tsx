import * as React from 'react'
import { Checkbox, makeStyles } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MyAlerts } from '@countersign/core/api/alerts.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../../client/client.tsx'
import { ChangeButton } from '../../../layout/change-button.tsx'
import { TroubleBar } from '../../../layout/states.tsx'
import { withOrWithout } from './time-choice.tsx'
import type { Wants } from './wants.ts'

const useStyles = makeStyles({
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: '2px' },
  list: {
    listStyleType: 'none',
    margin: '0 0 0 -8px',
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    columnGap: '24px',
    '@container (max-width: 859px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', columnGap: '12px', minHeight: '36px' },
  muted: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '8px', paddingLeft: '8px' },
})

/** Which rules reach this person, and which are muted for now. */
export function RuleChoice({
  mine,
  wants,
  onChange,
}: {
  readonly mine: MyAlerts
  readonly wants: Wants
  readonly onChange: (wants: Wants) => void
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { service } = useClient()
  const queries = useQueryClient()
  const mute = useMutation({
    mutationFn: ({ ruleId, days }: { readonly ruleId: string; readonly days: number }) =>
      service.call('PUT /api/alerts/mine/mutes/:ruleId', { params: { ruleId }, body: { days } }),
    onSuccess: (answer) => queries.setQueryData(['myAlerts', {}], answer),
  })
  return (
    <fieldset className={styles.group}>
      <legend className={`${text.strong} ${styles.legend}`}>About what</legend>
      {mute.error != null && <TroubleBar error={mute.error} />}
      <ul className={styles.list}>
        {mine.rules.map(({ id, title, isOn }) => {
          const muted = mine.muted.find(({ ruleId }) => ruleId === id)
          return (
            <li key={id} className={styles.row}>
              <Checkbox
                label={isOn ? title : `${title} (off in this tenant)`}
                checked={wants.rules.includes(id)}
                onChange={(_, { checked }) => onChange({ ...wants, rules: withOrWithout(wants.rules, id, checked === true) })}
              />
              {muted ? (
                <span className={`${text.caption} ${styles.muted}`}>
                  <span>
                    {'Muted until '}
                    <Moment at={muted.until} />
                  </span>
                  <ChangeButton size="small" aria-label={`Unmute ${title}`} onClick={() => mute.mutate({ ruleId: id, days: 0 })}>
                    Unmute
                  </ChangeButton>
                </span>
              ) : (
                mine.wants?.rules.includes(id) === true && (
                  <ChangeButton
                    size="small"
                    appearance="subtle"
                    aria-label={`Mute for 7 days: ${title}`}
                    onClick={() => mute.mutate({ ruleId: id, days: 7 })}
                  >
                    Mute for 7 days
                  </ChangeButton>
                )
              )}
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
