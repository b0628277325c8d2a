import * as React from 'react'
import { Field, makeStyles, mergeClasses, Select } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SponsorView } from '@countersign/core/api/sponsor.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useMe, useRoute } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { ChangeButton } from '../../layout/change-button.tsx'
import { TroubleBar } from '../../layout/states.tsx'

const defaultHour = 4
const hours = Array.from({ length: 24 }, (_, hour) => hour)

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  list: { margin: 0, padding: '0 0 0 20px', display: 'grid', rowGap: '4px' },
})

/** In whose name scans run once a day, and how a person offers or withdraws that. */
export function ScheduledScans(): React.ReactElement {
  const query = useRoute('sponsor', 'GET /api/sponsor', {})
  const text = useText()
  return (
    <Card
      title="Scheduled scans"
      note={query.data && <StandingMark standing={query.data.sponsor ? 'proven' : 'unknown'} word={query.data.sponsor ? 'On' : 'Off'} />}
    >
      {query.error != null && <TroubleBar error={query.error} onRetry={() => void query.refetch()} />}
      {query.data ? <Sponsor view={query.data} /> : !query.error && <p className={text.body}>Being read.</p>}
    </Card>
  )
}

function Sponsor({ view }: { readonly view: SponsorView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const me = useMe()
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft('hour of scans', view.sponsor?.hour ?? defaultHour)
  const hour = draft.value
  const keep = {
    onSuccess: (answer: SponsorView) => {
      draft.clear()
      queries.setQueryData(['sponsor', {}], answer)
    },
  }
  const offer = useMutation({ mutationFn: () => service.call('PUT /api/sponsor', { body: { hour } }), ...keep })
  const withdraw = useMutation({ mutationFn: () => service.call('DELETE /api/sponsor', {}), ...keep })
  const mayOffer = me.data?.may.scan === true
  return (
    <div className={styles.stack}>
      <p className={text.body}>{view.sentence}</p>
      {view.nextRunAt !== null && (
        <p className={text.body}>
          {'Next scan '}
          <Moment at={view.nextRunAt} />
        </p>
      )}
      {[offer.error, withdraw.error].map((error, index) => error != null && <TroubleBar key={index} error={error} />)}
      {!mayOffer && <p className={text.caption}>Offering your sign-in for scheduled scans needs the role Owner or Administrator.</p>}
      <div className={styles.form}>
        <Field label="Hour of the day (UTC)">
          <Select value={String(hour)} disabled={!mayOffer} onChange={(_, { value }) => draft.set(Number(value))}>
            {hours.map((one) => (
              <option key={one} value={one}>{`${String(one).padStart(2, '0')}:00`}</option>
            ))}
          </Select>
        </Field>
        <ChangeButton
          appearance={view.sponsor ? 'secondary' : 'primary'}
          disabledFocusable={!mayOffer || offer.isLoading || (view.isYou && hour === view.sponsor?.hour)}
          onClick={() => offer.mutate()}
        >
          {view.isYou ? 'Change the hour' : 'Scan daily in my name'}
        </ChangeButton>
        {view.sponsor && (
          <ChangeButton disabledFocusable={!view.mayWithdraw || withdraw.isLoading} onClick={() => withdraw.mutate()}>
            Stop scheduled scans
          </ChangeButton>
        )}
      </div>
      <p className={text.caption}>
        Your sign-in is kept encrypted, reads and never changes anything, and ends when you withdraw it, lose the role or the consent is
        removed. The Trust Center names you.
      </p>
      {view.ended.length > 0 && (
        <ul className={mergeClasses(text.caption, styles.list)} aria-label="Earlier">
          {view.ended.slice(0, 3).map((one) => (
            <li key={one.since}>
              {`${one.displayName}: ${one.endReason ?? 'ended'} `}
              {one.endedAt !== null && <Moment at={one.endedAt} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
