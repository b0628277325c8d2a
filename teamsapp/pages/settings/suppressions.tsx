import * as React from 'react'
import { Field, makeStyles, mergeClasses, Radio, RadioGroup, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { listSuppressions, ShownSuppression } from '@countersign/core/api/suppressions.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar, useSlow } from '../../layout/states.tsx'
import { useNarrowing } from './list-tools.tsx'
import { SuppressionList } from './suppression-list.tsx'

type View = z.output<typeof listSuppressions.answer>

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
  gap: { marginTop: '6px' },
})

/** What may stay as it is until a day: who answers for it and why, and how it counts in the score. */
export function SuppressionsSection(): React.ReactElement {
  const narrowing = useNarrowing('suppression', 'state')
  const state = narrowing.choice === 'ended' ? 'ended' : 'active'
  const { service } = useClient()
  const asked = { query: { state } } as const
  // The list that is there stays while the other one is read, and so does the focus.
  const query = useQuery({
    queryKey: ['suppressions', asked],
    queryFn: () => service.call('GET /api/suppressions', asked),
    keepPreviousData: true,
  })
  const styles = useStyles()
  const isSlow = useSlow()
  const [leaving, setLeaving] = React.useState<ShownSuppression>()
  return (
    <div className={styles.stack} aria-busy={!query.data && !query.error}>
      {query.error != null && <TroubleBar error={query.error} onRetry={() => void query.refetch()} />}
      {!query.data && !query.error && isSlow && (
        <Skeleton aria-label="Loading">
          <SkeletonItem style={{ height: '120px' }} />
        </Skeleton>
      )}
      {query.data && (
        <>
          <Counting view={query.data} />
          <SuppressionList view={query.data} state={state} narrowing={narrowing} onLift={setLeaving} />
        </>
      )}
      {leaving && <LiftDialog suppression={leaving} onClose={() => setLeaving(undefined)} />}
    </div>
  )
}

/** Whether suppressed findings count in the score, with both figures. */
function Counting({ view }: { readonly view: View }): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const styles = useStyles()
  const text = useText()
  const choose = useMutation({
    mutationFn: (inScore: View['inScore']) => service.call('PUT /api/suppressions/counting', { body: { inScore } }),
    onSettled: () => queries.invalidateQueries(['suppressions']),
  })
  const chosen = choose.isLoading && choose.variables !== undefined ? choose.variables : view.inScore
  const figure = (value: number | null | undefined): string => (value == null ? '' : `: ${Math.round(value)}`)
  return (
    <Card title="Suppressed findings in the score">
      {choose.error != null && <TroubleBar error={choose.error} />}
      <Field>
        <RadioGroup
          aria-label="Suppressed findings in the score"
          value={chosen}
          disabled={!view.mayChooseCounting || choose.isLoading}
          onChange={(_, { value }) => choose.mutate(value === 'leftOut' ? 'leftOut' : 'open')}
        >
          <Radio value="open" label={`They count as open${figure(view.scores?.open)}`} />
          <Radio value="leftOut" label={`They are left out${figure(view.scores?.leftOut)}`} />
        </RadioGroup>
      </Field>
      <p className={mergeClasses(text.caption, styles.gap)}>
        {view.mayChooseCounting
          ? 'To accept a risk is not to mend it. Reports show both figures, whatever is chosen here.'
          : 'Choosing needs the role Owner. Reports show both figures.'}
      </p>
    </Card>
  )
}

function LiftDialog({
  suppression,
  onClose,
}: {
  readonly suppression: ShownSuppression
  readonly onClose: () => void
}): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const text = useText()
  const draft = useDraft(`lift ${suppression.id}`, '')
  const reason = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const lift = useMutation({
    mutationFn: () =>
      service.call('POST /api/suppressions/:suppressionId/lift', {
        params: { suppressionId: suppression.id },
        body: { reason: reason.trim() },
      }),
    onSuccess: () => {
      void queries.invalidateQueries(['suppressions'])
      close()
    },
  })
  return (
    <Ask
      title="Lift the suppression"
      confirm="Lift the suppression"
      mayConfirm={isReason(reason)}
      isBusy={lift.isLoading}
      onConfirm={() => lift.mutate()}
      onClose={close}
    >
      {lift.error != null && <TroubleBar error={lift.error} />}
      <p className={text.body}>
        {`${suppression.objectName ?? suppression.title}: what it covers counts again at once, unless another suppression covers it.`}
      </p>
      <ReasonField hint="Kept in the history, with your name" value={reason} onWrite={draft.set} />
    </Ask>
  )
}
