import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { AppsRegular, KeyRegular, LaptopRegular, PeopleRegular, PersonStarRegular, ShieldKeyholeRegular } from '@fluentui/react-icons'
import type { Overview } from '@countersign/core/api/posture.ts'
import { AreaTable } from '@countersign/ui/area-table.tsx'
import type { AreaName } from '@countersign/ui/contract.ts'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { ScoreCard } from '@countersign/ui/score-card.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { usePropose } from '../layout/proposal.ts'
import { ProposalCard } from '../layout/proposal-card.tsx'
import { ProposeTrouble } from '../layout/propose-trouble.tsx'
import { useSearchState } from '../layout/search-state.ts'
import { useOverview } from '../layout/scan.ts'
import { ScanStrip } from '../layout/scan-strip.tsx'
import { Loaded } from '../layout/states.tsx'
import { counted } from '../layout/words.ts'
import { FirstRun } from './overview/first-run.tsx'
import { Interrupted } from './overview/interrupted.tsx'
import { LatestReceipts } from './overview/latest-receipts.tsx'
import { NotRead, coverageId } from './overview/not-read.tsx'
import { SinceLastScan } from './overview/since-last-scan.tsx'
import { Target } from './overview/target.tsx'
import { TopRisks } from './overview/top-risks.tsx'

const areaIcons = {
  applications: <AppsRegular fontSize={18} />,
  conditionalAccess: <ShieldKeyholeRegular fontSize={18} />,
  authentication: <KeyRegular fontSize={18} />,
  privilegedRoles: <PersonStarRegular fontSize={18} />,
  guestsAndUsers: <PeopleRegular fontSize={18} />,
  devicesAndSync: <LaptopRegular fontSize={18} />,
} as const satisfies Record<AreaName, React.ReactElement>

const useStyles = makeStyles({ bar: { marginBottom: '16px' }, wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' } })

/** How are we, where, and what to do next. */
export function OverviewPage(): React.ReactElement {
  const [isScanning, setScanning] = React.useState(false)
  const query = useOverview(isScanning)
  const running = query.data?.runningScan != null
  React.useEffect(() => setScanning(running), [running])
  return (
    <Loaded title="Overview" query={query}>
      {(overview, trouble) => <OverviewContent overview={overview} trouble={trouble} />}
    </Loaded>
  )
}

function OverviewContent({ overview, trouble }: { readonly overview: Overview; readonly trouble: React.ReactNode }): React.ReactElement {
  const { locale } = useReader()
  const grid = useGrid()
  const { lastScan, runningScan, checks, score } = overview
  const [proposalId, setProposalId] = useSearchState('proposal')
  const propose = usePropose((proposal) => setProposalId(proposal.id))
  const onFix = (findingKey: string): void => propose.mutate({ findingKey })
  const hasVerdicts = checks.of > 0
  const failed = overview.interrupted && !runningScan ? <Interrupted scan={overview.interrupted} lastScan={lastScan} /> : null
  if (!lastScan && !runningScan) return <FirstRun tenant={overview.tenant} trouble={trouble} failed={failed} />
  const scans = score?.trend.length ?? 0
  const facts = [
    ...(scans > 0 ? [counted(scans, 'scan of history', 'scans of history', locale)] : []),
    ...(checks.of > 0 ? [`${formatCount(checks.read, locale)} of ${formatCount(checks.of, locale)} checks read`] : []),
    scans > 0 || checks.of > 0 ? 'nothing is changed by a scan' : 'Nothing is changed by a scan',
  ]
  return (
    <Page title={overview.tenant.displayName} facts={facts.join(' · ')}>
      {trouble}
      {failed}
      {runningScan ? <ScanStrip scan={runningScan} lastScan={lastScan} shows={showsRunning(overview)} /> : <Coverage overview={overview} />}
      <ProposeTrouble propose={propose} />
      {proposalId !== '' && <ProposalCard proposalId={proposalId} onClose={() => setProposalId('')} />}
      {hasVerdicts && (
        <div className={grid.grid}>
          <ScoreCard score={score} target={score?.target?.value ?? null} action={<Target score={score} />} className={grid.four} />
          <AreaTable areas={overview.areas} icon={(area) => areaIcons[area]} className={grid.eight} />
          {/* Columns of their own: a card that has little to say takes little room. */}
          <div className={`${grid.stack} ${grid.eight}`}>
            <TopRisks overview={overview} fixes={{ isBusy: propose.isLoading, onFix, onShow: setProposalId }} />
            <NotRead overview={overview} />
          </div>
          <div className={`${grid.stack} ${grid.four}`}>
            <SinceLastScan changes={overview.sinceLastScan} isFirst={scans <= 1} />
            <LatestReceipts overview={overview} />
          </div>
        </div>
      )}
    </Page>
  )
}

/** Whether the figures come from the scan that is still under way: it is the first, or lacks nothing but slow reports. */
function showsRunning({ runningScan, lastScan, checks }: Overview): boolean {
  return runningScan?.coreReadAt != null || (lastScan === null && checks.of > 0)
}

function Coverage({ overview }: { readonly overview: Overview }): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const unread = overview.checks.of - overview.checks.read
  if (unread === 0) return null
  return (
    <MessageBar intent="warning" className={styles.bar}>
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>{counted(unread, 'check could not be read.', 'checks could not be read.', locale)}</MessageBarTitle>{' '}
        {unread === 1 ? 'It is left out of the score, not counted as passed.' : 'They are left out of the score, not counted as passed.'}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={showCoverage}>
          See coverage
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}

function showCoverage(): void {
  const card = document.getElementById(coverageId)
  card?.scrollIntoView({ block: 'center' })
  card?.focus({ preventScroll: true })
}
