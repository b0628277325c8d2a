import * as React from 'react'
import { Button, Link, makeStyles, mergeClasses, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import type { FindingPage, NearMissView } from '@countersign/core/api/findings.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import type { AnswerOf } from '../../client/service.ts'
import { counted } from '../../layout/words.ts'
import { DeclareEmergency } from './declare-emergency.tsx'

type Judged = NonNullable<AnswerOf<'POST /api/exceptions'>['judged']>

const useStyles = makeStyles({
  intro: { display: 'grid', rowGap: '6px', padding: '0 20px 12px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'baseline', gap: '2px 16px' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  outcome: { margin: '0 20px 14px', '@container (max-width: 639px)': { margin: '0 16px 12px' } },
  wrap: { whiteSpace: 'normal' },
})

const policies = 'https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/'

/** What keeps the nearest policy from counting, and the one step that mends it where that is a few people of the tenant. */
export function NearMiss({ finding }: { readonly finding: FindingPage }): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const queries = useQueryClient()
  const [isAsking, setAsking] = React.useState(false)
  const [judged, setJudged] = React.useState<Judged>()
  const near = finding.nearMiss ?? undefined
  if (!near && judged === undefined) return null
  return (
    <Card
      title="Nearest policy"
      {...(near ? { note: near.policyName } : {})}
      {...(near?.declaring.isOffered === true && near.declaring.mayDeclare
        ? {
            action: (
              <Button size="small" onClick={() => setAsking(true)}>
                Declare as emergency access
              </Button>
            ),
          }
        : {})}
      flush
    >
      {judged !== undefined && (
        <MessageBar className={styles.outcome} intent={finding.verdict === 'pass' ? 'success' : 'info'} layout="multiline">
          <MessageBarBody className={styles.wrap}>
            <MessageBarTitle>Declared</MessageBarTitle>
            {outcomeText(judged, finding)}
          </MessageBarBody>
        </MessageBar>
      )}
      {near && (
        <div className={styles.intro}>
          {near.changes.map((change) => (
            <p key={change} className={text.body}>
              {change}
            </p>
          ))}
          <p className={text.body}>{leadText(near)}</p>
          {near.declaring.isOffered && !near.declaring.mayDeclare && (
            <p className={text.caption}>Declaring them as emergency access needs the role Owner.</p>
          )}
          {!near.declaring.isOffered && near.objects.length > 0 && near.changes.length === 0 && (
            <p className={text.caption}>{`Not offered as one step: ${near.declaring.because}`}</p>
          )}
          <p className={text.caption}>
            <Link href={`${policies}${encodeURIComponent(near.policyId)}`} target="_blank" rel="noopener">
              Open the policy in Entra
            </Link>
          </p>
        </div>
      )}
      {near && near.objects.length > 0 && (
        <ul className={rows.list} aria-label="Left out and not declared">
          {near.objects.map(({ kind, id, name, detail }) => (
            <li key={`${kind} ${id}`} className={mergeClasses(rows.row, styles.row)}>
              <div className={styles.words}>
                <p className={text.strong}>{name}</p>
                <p className={mergeClasses(text.caption, text.secondary)}>{detail === '' ? (name === id ? '' : id) : detail}</p>
              </div>
              <span className={mergeClasses(text.caption, text.secondary)}>{kindWords[kind]}</span>
            </li>
          ))}
        </ul>
      )}
      {near && isAsking && (
        <DeclareEmergency
          objects={near.objects}
          onDeclared={(how) => {
            setAsking(false)
            void Promise.all(['finding', 'findings', 'exceptions', 'overview'].map((key) => queries.invalidateQueries([key]))).then(() =>
              setJudged(how),
            )
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  )
}

const kindWords = {
  user: 'Person',
  group: 'Group',
  guests: 'Kind of guest',
  application: 'Application',
} as const satisfies Record<NearMissView['objects'][number]['kind'], string>

function leadText({ objects, changes, declaring }: NearMissView): string {
  if (objects.length === 0) return 'With that the check would pass.'
  const it = counted(objects.length, 'exclusion', 'exclusions', 'en')
  if (changes.length > 0) return `It also has ${it} that nobody has declared.`
  return declaring.isOffered
    ? `Only ${it} that nobody has declared ${objects.length === 1 ? 'keeps' : 'keep'} the check from passing.`
    : `It leaves out what nobody has declared: ${it}.`
}

function outcomeText(judged: Judged, { verdict, reason }: FindingPage): string {
  if (judged === 'scanning') return 'The scan that is under way counts it.'
  if (judged === 'nothing') return 'The first scan will count it.'
  return verdict === 'pass' ? 'Judged again: the check passes now.' : `Judged again: the check does not pass yet. ${reason}`
}
