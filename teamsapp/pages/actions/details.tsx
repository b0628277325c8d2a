import * as React from 'react'
import { Button, makeStyles, mergeClasses, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe, useRoute } from '../../client/client.tsx'
import type { AnswerOf } from '../../client/service.ts'
import { Crumbs } from '../../layout/breadcrumb.tsx'
import { ImpactMark } from '../../layout/impact-mark.tsx'
import { PageLink } from '../../layout/links.tsx'
import { Page, useGrid } from '../../layout/page.tsx'
import { proposalMarks, proposalStateWords, roleWords } from '../../layout/words.ts'
import { areaWords, lacks, licenceWords } from './action-rows.ts'
import { Needs } from './needs.tsx'
import { AskToSwitch } from './ask-to-switch.tsx'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'minmax(124px, 1fr) minmax(0, 2fr)', gap: '8px 12px', margin: 0 },
  value: { margin: 0 },
  bar: { marginBottom: '16px' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  stack: { display: 'grid', rowGap: '8px', gridTemplateColumns: 'minmax(0, 1fr)' },
  list: { margin: 0, padding: '0 0 0 20px', display: 'grid', rowGap: '2px' },
  codes: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px' },
  line: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '2px 12px' },
})

/** One action: what it does, what it needs, what it would mean in the wrong hands, and its switch. */
export function ActionDetails({
  id,
  list,
  trouble,
}: {
  readonly id: string
  readonly list: AnswerOf<'GET /api/actions'>
  readonly trouble: React.ReactNode
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const grid = useGrid()
  const me = useMe()
  const [isSwitching, setSwitching] = React.useState(false)
  const action = list.actions.find((one) => one.id === id)
  if (!action)
    return (
      <Page title="No such action" above={<Crumbs to="/actions" list="Actions" here={id} />}>
        <Card title="The catalogue has no action of this name">
          <p className={text.body}>The link may be from another version of Countersign. Nothing was changed.</p>
        </Card>
      </Page>
    )
  return (
    <Page
      title={action.title}
      above={<Crumbs to="/actions" list="Actions" here={action.title} />}
      facts={
        <>
          <StandingMark standing={action.enabled ? 'proven' : 'unknown'} word={action.enabled ? 'Switched on' : 'Switched off'} />
          <ImpactMark impact={action.impact} />
          <span>{areaWords[action.area]}</span>
        </>
      }
      actions={
        list.maySwitch ? (
          <Button appearance={action.enabled ? 'secondary' : 'primary'} onClick={() => setSwitching(true)}>
            {action.enabled ? 'Switch it off' : 'Switch it on'}
          </Button>
        ) : undefined
      }
    >
      {trouble}
      {me.data?.aid.state === 'connected' && lacks(action) && (
        <MessageBar intent="warning" className={styles.bar}>
          <MessageBarBody className={styles.wrap}>
            <MessageBarTitle>It cannot be carried out yet.</MessageBarTitle> {whatToDo(action)}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={grid.grid}>
        <div className={`${grid.stack} ${grid.eight}`}>
          <WhatItIs action={action} />
          <Needs action={action} />
          <Card title="If a token were stolen">
            <p className={text.body}>{`Whoever held a token of the Aid with these rights could do this: ${action.ifStolen}`}</p>
          </Card>
          {action.unconfirmed !== null && (
            <Card title="Only a live tenant can confirm">
              <p className={text.body}>{action.unconfirmed}</p>
            </Card>
          )}
        </div>
        <div className={`${grid.stack} ${grid.four}`}>
          <AtAGlance action={action} />
          <Lately actionId={action.id} />
        </div>
      </div>
      {isSwitching && <AskToSwitch action={action} actions={list.actions} onClose={() => setSwitching(false)} />}
    </Page>
  )
}

function whatToDo({ missingScopes, directoryRole }: ActionView): string {
  const grant = `grants ${new Intl.ListFormat('en').format(missingScopes)} to Countersign Act`
  const assign = `gives the Aid’s user the directory role ${directoryRole.name}`
  const steps = [...(missingScopes.length > 0 ? [grant] : []), ...(directoryRole.held ? [] : [assign])].join(' and ')
  return `In Entra an administrator ${steps}; then an owner connects the Aid again in Settings. Until then it is refused.`
}

function WhatItIs({ action }: { readonly action: ActionView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <Card title="What it is for">
      <div className={styles.stack}>
        <p className={text.body}>{action.why}</p>
        {action.inputs.length > 0 && (
          <div>
            <p className={text.captionStrong}>What a person picks or writes</p>
            <ul className={mergeClasses(text.body, styles.list)}>
              {action.inputs.map(({ name, title, choices }) => (
                <li key={name}>
                  {choices ? `${title}: ${new Intl.ListFormat('en', { type: 'disjunction' }).format(Object.values(choices))}` : title}
                </li>
              ))}
            </ul>
          </div>
        )}
        <div>
          <p className={text.captionStrong}>Checks whose findings it mends</p>
          {action.mends.length === 0 ? (
            <p className={text.body}>None by itself; it is asked for in the chat.</p>
          ) : (
            <p className={styles.codes}>
              {action.mends.map((code) => (
                <PageLink key={code} to={`/findings?search=${code}`}>
                  {code}
                </PageLink>
              ))}
            </p>
          )}
        </div>
      </div>
    </Card>
  )
}

function AtAGlance({ action }: { readonly action: ActionView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const name = mergeClasses(text.body, text.secondary)
  const value = mergeClasses(text.body, styles.value)
  const rolesOf = (roles: ActionView['requesters']): string =>
    new Intl.ListFormat('en', { type: 'disjunction' }).format(roles.map((role) => roleWords[role]))
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [
      'Countersigned by',
      action.approvals === 2 ? `Two people: ${rolesOf(action.countersigners)}` : `One person: ${rolesOf(action.countersigners)}`,
    ],
    ['May be asked by', rolesOf(action.requesters)],
    [
      'Undo',
      action.undo.possible
        ? action.undo.days === null
          ? 'Possible'
          : `Offered for ${action.undo.days} days`
        : `Not possible. ${action.undo.because ?? ''}`,
    ],
    ['Licence', licenceWords[action.licence]],
    ['In the audit log as', action.auditActivities.join(', ')],
    [
      'Switched',
      action.switched === null ? (
        `${action.enabled ? 'On' : 'Off'} from the start; nobody has switched it`
      ) : (
        <>
          {`${action.enabled ? 'On' : 'Off'} by ${action.switched.by}, `}
          <Moment at={action.switched.at} />
        </>
      ),
    ],
  ]
  return (
    <Card title="At a glance">
      <dl className={styles.facts}>
        {facts.map(([title, told]) => (
          <React.Fragment key={title}>
            <dt className={name}>{title}</dt>
            <dd className={value}>{told}</dd>
          </React.Fragment>
        ))}
      </dl>
    </Card>
  )
}

/** The last few times it was asked for. */
function Lately({ actionId }: { readonly actionId: string }): React.ReactElement | null {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const query = useRoute('proposals', 'GET /api/proposals', {})
  const lately = (query.data?.proposals ?? []).filter((proposal) => proposal.actionId === actionId).slice(0, 5)
  if (lately.length === 0) return null
  return (
    <Card title="Lately" flush>
      <ul className={rows.list}>
        {lately.map((proposal) => (
          <li key={proposal.id} className={rows.row}>
            <PageLink quiet to={proposal.receiptNumber === null ? `/actions/history?proposal=${proposal.id}` : `/receipts/${proposal.id}`}>
              {proposal.preview.title}
            </PageLink>
            <div className={styles.line}>
              <StandingMark standing={proposalMarks[proposal.state]} word={proposalStateWords[proposal.state]} />
              <span className={text.caption}>
                <Moment at={proposal.createdAt} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
