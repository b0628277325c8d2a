import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BaselinesView, ShownParameter } from '@countersign/core/api/baselines.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { ListTools, matches, useNarrowing } from './list-tools.tsx'
import { ParameterDialog } from './parameter-dialog.tsx'

const comparedWords = {
  same: 'As the baseline asks',
  stricter: 'Asks for more than the baseline',
  looser: 'Asks for less than the baseline',
  different: 'Other than the baseline',
} as const satisfies Record<ShownParameter['compared'], string>

const useStyles = makeStyles({
  name: { width: '40%', '@container (max-width: 639px)': { width: 'auto' } },
  value: { width: '17%', '@container (max-width: 639px)': { width: '34%' } },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '6px', justifyContent: 'flex-end', marginTop: '6px' },
  empty: { padding: '4px 20px 14px' },
})

/** Each parameter: what it means, the value in force, the baseline's beside it, and who changed it and why. */
export function Parameters({ view }: { readonly view: BaselinesView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const table = useTable()
  const narrowing = useNarrowing('parameter', 'values')
  const [changing, setChanging] = React.useState<ShownParameter>()
  const [leaving, setLeaving] = React.useState<ShownParameter>()
  const shown = view.parameters.filter(
    ({ title, meaning, override, compared, checks }) =>
      matches(narrowing.words, [title, meaning, override?.reason ?? '', ...checks.map((check) => check.title)]) &&
      (narrowing.choice === '' || (narrowing.choice === 'own' ? override !== null : compared === narrowing.choice)),
  )
  return (
    <Card title="Parameters" note={`${view.parameters.length} values that the checks go by`} flush>
      <ListTools
        search="Search parameters"
        narrowing={narrowing}
        about="Values"
        any="All values"
        choices={[
          ['own', 'Own values'],
          ['looser', comparedWords.looser],
          ['stricter', comparedWords.stricter],
        ]}
        file="countersign-parameters.csv"
        table={() => [csvHead, ...shown.map(csvRow)]}
      />
      {shown.length === 0 ? (
        <p className={mergeClasses(text.body, styles.empty)}>No parameter fits what you search for.</p>
      ) : (
        <table className={table.table} aria-label="Parameters">
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(table.head, styles.name)}>
                Parameter
              </th>
              <th scope="col" className={mergeClasses(table.head, styles.value)}>
                Value
              </th>
              <th scope="col" className={mergeClasses(table.head, table.narrowHidden)}>
                Baseline
              </th>
              {view.mayDeclare && (
                <th scope="col" className={mergeClasses(table.head, table.number, table.narrowHidden)}>
                  Change
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((parameter) => (
              <tr key={parameter.id}>
                <th scope="row" className={mergeClasses(table.cell, table.top)}>
                  <p className={text.strong}>{parameter.title}</p>
                  <p className={text.caption}>{parameter.meaning}</p>
                  {parameter.override && (
                    <p className={text.caption}>
                      {`“${parameter.override.reason}” ${parameter.override.byName}, `}
                      <Moment at={parameter.override.at} />
                    </p>
                  )}
                  {view.mayDeclare && (
                    <div className={mergeClasses(styles.buttons, table.narrowOnly)}>
                      <Buttons parameter={parameter} onChange={setChanging} onWithdraw={setLeaving} />
                    </div>
                  )}
                </th>
                <td className={mergeClasses(table.cell, table.top)}>
                  <p className={parameter.override ? text.strong : text.body}>{parameter.valueText}</p>
                  {parameter.override && <p className={text.caption}>{comparedWords[parameter.compared]}</p>}
                  {parameter.override && (
                    <p className={mergeClasses(text.caption, table.narrowOnly)}>{`Baseline: ${parameter.baselineText}`}</p>
                  )}
                </td>
                <td className={mergeClasses(table.cell, table.top, table.narrowHidden)}>
                  <p className={text.body}>{parameter.baselineText}</p>
                </td>
                {view.mayDeclare && (
                  <td className={mergeClasses(table.cell, table.top, table.narrowHidden)}>
                    <div className={styles.buttons} style={{ marginTop: 0 }}>
                      <Buttons parameter={parameter} onChange={setChanging} onWithdraw={setLeaving} />
                    </div>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changing && <ParameterDialog parameter={changing} onClose={() => setChanging(undefined)} />}
      {leaving && <WithdrawDialog parameter={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  )
}

function Buttons({
  parameter,
  onChange,
  onWithdraw,
}: {
  readonly parameter: ShownParameter
  readonly onChange: (parameter: ShownParameter) => void
  readonly onWithdraw: (parameter: ShownParameter) => void
}): React.ReactElement {
  return (
    <>
      <Button size="small" aria-label={`Change “${parameter.title}”`} onClick={() => onChange(parameter)}>
        Change
      </Button>
      {parameter.override && (
        <Button size="small" aria-label={`Withdraw the own value of “${parameter.title}”`} onClick={() => onWithdraw(parameter)}>
          Withdraw
        </Button>
      )}
    </>
  )
}

function WithdrawDialog({ parameter, onClose }: { readonly parameter: ShownParameter; readonly onClose: () => void }): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const text = useText()
  const draft = useDraft(`withdraw ${parameter.id}`, '')
  const said = draft.value.trim()
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const withdraw = useMutation({
    mutationFn: () =>
      service.call('POST /api/baselines/parameters/:parameter/withdraw', {
        params: { parameter: parameter.id },
        body: said === '' ? {} : { reason: said },
      }),
    onSuccess: (answer) => {
      queries.setQueryData(['baselines', {}], answer)
      // What was being read meanwhile may be older than this answer.
      void queries.invalidateQueries(['baselines'])
      close()
    },
  })
  return (
    <Ask
      title="Withdraw the own value"
      confirm="Withdraw it"
      mayConfirm={said === '' || isReason(said)}
      isBusy={withdraw.isLoading}
      onConfirm={() => withdraw.mutate()}
      onClose={close}
    >
      {withdraw.error != null && <TroubleBar error={withdraw.error} />}
      <p className={text.body}>
        {`${parameter.title} goes back from ${parameter.valueText} to the baseline’s ${parameter.baselineText}. The stored facts are judged by it at once.`}
      </p>
      <ReasonField isOptional hint="Not required; kept in the history with your name" value={draft.value} onWrite={draft.set} />
    </Ask>
  )
}

const csvHead = ['Parameter', 'Value', 'Baseline’s value', 'Compared', 'Reason', 'Changed by', 'Changed at', 'Meaning', 'Limits', 'Checks']

function csvRow({ title, valueText, baselineText, compared, override, meaning, limits, checks }: ShownParameter): readonly string[] {
  const codes = checks.map(({ code }) => code).join(' ')
  const changed = [override?.reason ?? '', override?.byName ?? '', override?.at ?? '']
  return [title, valueText, baselineText, comparedWords[compared], ...changed, meaning, limits, codes]
}
