import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { BaselinesView } from '@countersign/core/api/baselines.ts'
import { Card } from '@countersign/ui/card.tsx'
import type { Standing } from '@countersign/ui/contract.ts'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from '../../layout/links.tsx'
import { ListTools, matches, useNarrowing } from './list-tools.tsx'

type Policy = BaselinesView['policies'][number]

const standingWords = {
  met: 'Met',
  notMet: 'Not met',
  partly: 'Met in part',
  cannotTell: 'Cannot be told',
  notApplicable: 'Does not apply',
} as const satisfies Record<Policy['standing'], string>

const marks = {
  met: 'proven',
  notMet: 'failing',
  partly: 'partly',
  cannotTell: 'unknown',
  notApplicable: 'stated',
} as const satisfies Record<Policy['standing'], Standing>

/** Worst first, in the summary and in the choice. */
const order = ['notMet', 'partly', 'cannotTell', 'met', 'notApplicable'] as const

const useStyles = makeStyles({
  words: { padding: '0 20px 10px', '@container (max-width: 639px)': { padding: '0 16px 10px' } },
  id: { width: '17%', '@container (max-width: 639px)': { width: '36%' } },
  standing: { width: '20%', '@container (max-width: 639px)': { width: 'auto' } },
  gap: { marginTop: '4px' },
})

/** The verdict of each policy of the chosen baseline: met, not met, or why it cannot be told. */
export function BaselinePolicies({ view }: { readonly view: BaselinesView }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const table = useTable()
  const narrowing = useNarrowing('policy', 'standing')
  const own = new Map(view.parameters.map(({ id, title }) => [id, title]))
  const { policies, chosen } = view
  const shown = policies.filter(
    ({ policy, reason, checks, standing }) =>
      matches(narrowing.words, [policy, reason, standingWords[standing], ...checks.map(({ title, code }) => `${code} ${title}`)]) &&
      (narrowing.choice === '' || standing === narrowing.choice),
  )
  return (
    <Card title={`Policies of ${chosen.title}`} {...(policies.length === 0 ? {} : { note: formatCount(policies.length, locale) })} flush>
      <p className={mergeClasses(text.body, styles.words)}>{summary(view, locale)}</p>
      {policies.length > 0 && (
        <ListTools
          search="Search policies"
          narrowing={narrowing}
          about="Verdict"
          any="All verdicts"
          choices={order.map((standing) => [standing, standingWords[standing]] as const)}
          file={`countersign-policies-${chosen.id}.csv`}
          table={() => [csvHead, ...shown.map((policy) => csvRow(policy, own))]}
        />
      )}
      {policies.length > 0 && shown.length === 0 && (
        <p className={mergeClasses(text.body, styles.words)}>No policy fits what you search for.</p>
      )}
      {shown.length > 0 && (
        <table className={table.table} aria-label={`Policies of ${chosen.title}`}>
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(table.head, styles.id)}>
                Policy
              </th>
              <th scope="col" className={mergeClasses(table.head, styles.standing)}>
                Verdict
              </th>
              <th scope="col" className={mergeClasses(table.head, table.narrowHidden)}>
                Because
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((policy) => (
              <tr key={policy.policy}>
                <th scope="row" className={mergeClasses(table.cell, table.top)}>
                  {policy.policy}
                </th>
                <td className={mergeClasses(table.cell, table.top)}>
                  <StandingMark standing={marks[policy.standing]} word={standingWords[policy.standing]} />
                  <div className={mergeClasses(table.narrowOnly, styles.gap)}>
                    <Because policy={policy} own={own} />
                  </div>
                </td>
                <td className={mergeClasses(table.cell, table.top, table.narrowHidden)}>
                  <Because policy={policy} own={own} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

function Because({ policy, own }: { readonly policy: Policy; readonly own: ReadonlyMap<string, string> }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <>
      <p className={text.body}>{policy.reason}</p>
      {policy.ownValues.length > 0 && (
        <p className={text.caption}>{`Rests on your own value of: ${policy.ownValues.map((id) => own.get(id) ?? id).join('; ')}`}</p>
      )}
      {policy.checks.map(({ id, code, title }) => (
        <p key={id} className={mergeClasses(text.caption, styles.gap)}>
          <PageLink to={`/findings/${id}`}>{`${code} ${title}`}</PageLink>
        </p>
      ))}
    </>
  )
}

function summary({ policies, judged, baselines, chosen }: BaselinesView, locale: string | undefined): string {
  if (policies.length === 0) {
    if ((baselines.find(({ id }) => id === chosen.id)?.policies ?? 0) === 0)
      return 'This baseline has parameters and no policies of its own. Choose a framework’s baseline to see how each of its policies stands.'
    return judged === null ? 'Nothing has been judged yet.' : 'Its policies have not been judged yet.'
  }
  const counts = order.flatMap((standing) => {
    const count = policies.filter((policy) => policy.standing === standing).length
    return count === 0 ? [] : [`${formatCount(count, locale)} ${standingWords[standing].toLowerCase()}`]
  })
  return `${new Intl.ListFormat('en').format(counts)}.`
}

const csvHead = ['Policy', 'Verdict', 'Because', 'Checks', 'Own values']

function csvRow({ policy, standing, reason, checks, ownValues }: Policy, own: ReadonlyMap<string, string>): readonly string[] {
  const codes = checks.map(({ code }) => code).join(' ')
  return [policy, standingWords[standing], reason, codes, ownValues.map((id) => own.get(id) ?? id).join('; ')]
}
