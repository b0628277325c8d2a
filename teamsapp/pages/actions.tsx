import * as React from 'react'
import { makeStyles, MessageBar, MessageBarActions, MessageBarBody, Tab, TabList } from '@fluentui/react-components'
import { useNavigate, useParams } from 'react-router-dom'
import type { AnswerOf } from '../client/service.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useMe, useRoute } from '../client/client.tsx'
import { actConsentWithdrawn, GrantPermission } from '../layout/grant-permission.tsx'
import { PageButton } from '../layout/links.tsx'
import { Page } from '../layout/page.tsx'
import { ProposalCard } from '../layout/proposal-card.tsx'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded, TroubleBar } from '../layout/states.tsx'
import { counted } from '../layout/words.ts'
import { Catalogue } from './actions/catalogue.tsx'
import { History } from './actions/history.tsx'
import { Waiting } from './actions/waiting.tsx'
import { waitingGroups } from './actions/waiting-groups.ts'

const ActionDetails = React.lazy(async () => ({ default: (await import('./actions/details.tsx')).ActionDetails }))

type ActionList = AnswerOf<'GET /api/actions'>

const tabs = ['waiting', 'catalogue', 'history'] as const
type TabName = (typeof tabs)[number]

const useStyles = makeStyles({
  tabs: { marginBottom: '16px', marginLeft: '-12px', flexWrap: 'wrap' },
  bar: { marginBottom: '16px' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
})

/** What can be changed at all, what waits for somebody, and what became of everything that was asked for. */
export function ActionsPage(): React.ReactElement {
  const { '*': rest = '' } = useParams()
  const [tab = '', id = ''] = rest.split('/')
  const query = useRoute('actions', 'GET /api/actions', {})
  return (
    <Loaded title="Actions" query={query}>
      {(list, trouble) =>
        tab === 'catalogue' && id !== '' ? (
          <ActionDetails key={id} id={id} list={list} trouble={trouble} />
        ) : (
          <Lists tab={tabs.find((one) => one === tab) ?? 'catalogue'} list={list} trouble={trouble} />
        )
      }
    </Loaded>
  )
}

function Lists({
  tab,
  list,
  trouble,
}: {
  readonly tab: TabName
  readonly list: ActionList
  readonly trouble: React.ReactNode
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const navigate = useNavigate()
  const me = useMe()
  const query = useRoute('proposals', 'GET /api/proposals', {})
  const [proposalId, setProposalId] = useSearchState('proposal')
  const proposals = query.data?.proposals ?? []
  const open = waitingGroups(proposals, me.data)
  const on = list.actions.filter(({ enabled }) => enabled).length
  const facts = [
    `${counted(list.actions.length, 'action', 'actions', locale)}, ${on} switched on`,
    ...(query.data ? [open.count === 0 ? 'nothing waits' : counted(open.count, 'change waits', 'changes wait', locale)] : []),
  ]
  return (
    <Page title="Actions" facts={facts.join(' · ')}>
      {trouble}
      <AidBar />
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        onTabSelect={(_, { value }) => navigate(value === 'catalogue' ? '/actions' : `/actions/${String(value)}`)}
        aria-label="Actions"
      >
        <Tab value="waiting">{open.count === 0 ? 'Waiting' : `Waiting (${open.count})`}</Tab>
        <Tab value="catalogue">Catalogue</Tab>
        <Tab value="history">History</Tab>
      </TabList>
      <div role="tabpanel" aria-label={{ waiting: 'Waiting', catalogue: 'Catalogue', history: 'History' }[tab]}>
        {proposalId !== '' && <ProposalCard proposalId={proposalId} onClose={() => setProposalId('')} />}
        {tab !== 'catalogue' && query.error != null && (
          <TroubleBar error={query.error} {...(query.data ? { dataAt: query.dataUpdatedAt } : {})} onRetry={() => void query.refetch()} />
        )}
        {tab === 'catalogue' && <Catalogue list={list} />}
        {tab === 'waiting' && query.data && <Waiting groups={open} actions={list.actions} onProposed={setProposalId} />}
        {tab === 'history' && query.data && <History proposals={proposals} />}
      </div>
    </Page>
  )
}

/** Why nothing here can be carried out now, where that is so. */
export function AidBar(): React.ReactElement | null {
  const styles = useStyles()
  const me = useMe()
  if (!me.data || (me.data.act === 'on' && me.data.aid.state === 'connected')) return null
  return (
    <MessageBar intent={me.data.act === 'off' ? 'info' : 'warning'} className={styles.bar}>
      <MessageBarBody className={styles.wrap}>
        {me.data.act === 'off'
          ? 'Actions are switched off in this deployment: nothing here can be carried out, and no Aid is needed.'
          : `Nothing can be carried out now. ${me.data.aid.lacksConsent ? actConsentWithdrawn : (me.data.aid.detail ?? 'The Aid is not connected.')}`}
      </MessageBarBody>
      {me.data.act === 'on' && (
        <MessageBarActions>
          {me.data.aid.lacksConsent === true && <GrantPermission title="Countersign Act" plane="act" />}
          <PageButton to="/settings/aid">See the Aid in Settings</PageButton>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}
