import * as React from 'react'
import { Button, Field, makeStyles, Select, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BaselinesView } from '@countersign/core/api/baselines.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useRoute } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { MoreButton } from '../../layout/more-button.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar, useSlow } from '../../layout/states.tsx'
import { counted } from '../../layout/words.ts'
import { BaselinePolicies } from './baseline-policies.tsx'
import { Parameters } from './parameters.tsx'

const changesAtFirst = 5

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
  lines: { display: 'grid', rowGap: '6px' },
})

/** What the tenant is judged by: the baseline, its parameters with own values, and how each of its policies stands. */
export function BaselinesSection(): React.ReactElement {
  const query = useRoute('baselines', 'GET /api/baselines', {})
  const styles = useStyles()
  const isSlow = useSlow()
  const view = query.data
  return (
    <div className={styles.stack} aria-busy={!view && !query.error}>
      {query.error != null && <TroubleBar error={query.error} onRetry={() => void query.refetch()} />}
      {!view && !query.error && isSlow && (
        <Skeleton aria-label="Loading">
          <SkeletonItem style={{ height: '120px' }} />
        </Skeleton>
      )}
      {view && (
        <>
          <Chosen view={view} />
          <Parameters view={view} />
          <BaselinePolicies view={view} />
          <History history={view.history} />
        </>
      )}
    </div>
  )
}

function Chosen({ view }: { readonly view: BaselinesView }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [isChoosing, setChoosing] = React.useState(false)
  const { chosen, judged, overrides, mayDeclare } = view
  return (
    <Card
      title={chosen.title}
      note={overrides.length === 0 ? 'with its own values' : counted(overrides.length, 'own value', 'own values', locale)}
      {...(mayDeclare
        ? {
            action: (
              <Button size="small" onClick={() => setChoosing(true)}>
                Choose another baseline
              </Button>
            ),
          }
        : {})}
    >
      <div className={styles.lines}>
        {chosen.choice && (
          <p className={text.body}>
            {`Chosen by ${chosen.choice.byName}, `}
            <Moment at={chosen.choice.at} />
            {`: ${chosen.choice.reason ?? ''}`}
          </p>
        )}
        <p className={text.body}>
          {judged === null ? (
            'The first scan will be judged by it.'
          ) : judged.isCurrent ? (
            <>
              {'Findings and score are judged by it, as of '}
              <Moment at={judged.at} />.
            </>
          ) : (
            'Findings and score are not judged by it yet: a scan is under way.'
          )}
        </p>
        {!mayDeclare && <p className={text.caption}>Choosing a baseline and changing parameters needs the role Owner.</p>}
      </div>
      {isChoosing && <ChooseDialog view={view} onClose={() => setChoosing(false)} />}
    </Card>
  )
}

function ChooseDialog({ view, onClose }: { readonly view: BaselinesView; readonly onClose: () => void }): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const text = useText()
  const draft = useDraft('choose baseline', { id: view.chosen.id, reason: '' })
  const { id, reason } = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const choose = useMutation({
    mutationFn: () => service.call('PUT /api/baselines/chosen', { body: { baseline: id, reason: reason.trim() } }),
    onSuccess: (answer) => {
      queries.setQueryData(['baselines', {}], answer)
      // What was being read meanwhile may be older than this answer.
      void queries.invalidateQueries(['baselines'])
      close()
    },
  })
  const next = view.baselines.find((one) => one.id === id)
  const others = view.parameters.filter((one) => next !== undefined && next.values[one.id] !== one.baselineText)
  return (
    <Ask
      title="Choose a baseline"
      confirm="Choose the baseline"
      mayConfirm={id !== view.chosen.id && isReason(reason)}
      isBusy={choose.isLoading}
      onConfirm={() => choose.mutate()}
      onClose={close}
    >
      {choose.error != null && <TroubleBar error={choose.error} />}
      <Field label="Baseline" hint="The stored facts are judged by it at once. Your own values stay.">
        <Select value={id} onChange={(_, { value }) => draft.set({ ...draft.value, id: value })}>
          {view.baselines.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </Select>
      </Field>
      {id !== view.chosen.id && (
        <div>
          <p className={text.body}>
            {others.length === 0 ? 'It asks for the same values.' : 'It asks for other values:'}
            {next && next.policies > 0 ? ` It has ${next.policies} policies.` : ''}
          </p>
          {others.map((one) => (
            <p key={one.id} className={text.caption}>{`${one.title}: ${next?.values[one.id] ?? ''} instead of ${one.baselineText}`}</p>
          ))}
        </div>
      )}
      <ReasonField hint="Shown with your name" value={reason} onWrite={(written) => draft.set({ ...draft.value, reason: written })} />
    </Ask>
  )
}

function History({ history }: { readonly history: BaselinesView['history'] }): React.ReactElement | null {
  const { locale } = useReader()
  const text = useText()
  const rows = useRows()
  const [shown, setShown] = React.useState(changesAtFirst)
  if (history.length === 0) return null
  return (
    <Card title="Changes" note={counted(history.length, 'change', 'changes', locale)} flush>
      <ul className={rows.list}>
        {history.slice(0, shown).map(({ at, byName, sentence, reason }) => (
          <li key={`${at} ${sentence}`} className={rows.row}>
            <p className={text.body}>{sentence}</p>
            <p className={text.caption}>
              {`${byName}, `}
              <Moment at={at} />
              {reason === null ? '' : `: ${reason}`}
            </p>
          </li>
        ))}
      </ul>
      <MoreButton rest={history.length - shown} onMore={() => setShown(history.length)} />
    </Card>
  )
}
