import * as React from 'react'
import { Field, makeStyles, Select, Tab, TabList } from '@fluentui/react-components'
import type { Changes } from '@countersign/core/api/changes.ts'
import type { ScanLineView, Trend } from '@countersign/core/api/history.ts'
import { formatTime } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useRoute } from '../client/client.tsx'
import { CsvButton } from '../layout/csv-button.tsx'
import { toCsv } from '../layout/csv.ts'
import { Page, useGrid } from '../layout/page.tsx'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded, TroubleBar } from '../layout/states.tsx'
import { AreaChanges } from './changes/area-changes.tsx'
import { ChangeList, changeLines } from './changes/change-list.tsx'
import { ScanHistory } from './changes/scan-history.tsx'
import { Timeline } from './changes/timeline.tsx'
import { TrendByArea } from './changes/trend-by-area.tsx'

const useStyles = makeStyles({
  tabs: { marginBottom: '12px', marginLeft: '-8px' },
  choice: { display: 'flex', flexWrap: 'wrap', gap: '8px 16px', marginBottom: '16px' },
  field: { flexBasis: '280px', flexGrow: 1, maxWidth: '420px' },
})

/** What is different between two scans, who changed it, and how the score moved over time. */
export function ChangesPage(): React.ReactElement {
  const [from, setFrom] = useSearchState('from')
  const [to, setTo] = useSearchState('to')
  const scans = useRoute('scans', 'GET /api/scans', { query: {} })
  const trend = useRoute('trend', 'GET /api/trend', { query: {} })
  const query = { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) }
  // What is shown stays until the other two are compared, and with it the focus on the choice.
  const changes = useRoute('changes', 'GET /api/changes', { query }, { keepPreviousData: true })
  return (
    <Loaded title="Changes" query={changes}>
      {(data, trouble) => (
        <ChangesContent
          changes={data}
          scans={scans.data?.scans ?? []}
          trend={trend.data}
          trouble={
            <>
              {trouble}
              {[scans.error, trend.error].map((error, index) => error != null && <TroubleBar key={index} error={error} />)}
            </>
          }
          from={from}
          to={to}
          onFrom={setFrom}
          onTo={setTo}
        />
      )}
    </Loaded>
  )
}

function ChangesContent({
  changes,
  scans,
  trend,
  trouble,
  from,
  to,
  onFrom,
  onTo,
}: {
  readonly changes: Changes
  readonly scans: readonly ScanLineView[]
  readonly trend: Trend | undefined
  readonly trouble: React.ReactNode
  /** Scans that were chosen; empty where the service chooses. What is compared follows with its answer. */
  readonly from: string
  readonly to: string
  readonly onFrom: (scanId: string) => void
  readonly onTo: (scanId: string) => void
}): React.ReactElement {
  const styles = useStyles()
  const grid = useGrid()
  const [chosen, setShows] = useSearchState('show', 'compare')
  const shows = chosen === 'timeline' ? 'timeline' : 'compare'
  const isEmpty = changeLines(changes).length === 0
  const comparable = scans.filter(({ kept, state }) => kept && state === 'finished')
  return (
    <Page
      title="Changes"
      // Where nothing is listed, the list itself says why.
      {...(isEmpty ? {} : { facts: changes.sentence })}
      actions={<CsvButton file="countersign-changes.csv" isEmpty={isEmpty} textOf={() => csvOf(changes)} />}
    >
      {trouble}
      <TabList
        className={styles.tabs}
        selectedValue={shows}
        onTabSelect={(_, { value }) => setShows(String(value))}
        aria-label="What is shown"
      >
        <Tab value="compare">Compare two scans</Tab>
        <Tab value="timeline">Timeline</Tab>
      </TabList>
      {shows === 'compare' && comparable.length > 1 && (
        <div className={styles.choice}>
          <ScanChoice label="From" scans={comparable} value={from || (changes.before?.id ?? '')} onChoose={onFrom} />
          <ScanChoice label="To" scans={comparable} value={to || (changes.after?.id ?? '')} onChoose={onTo} />
        </div>
      )}
      <div className={grid.grid}>
        <div className={`${grid.stack} ${grid.eight}`}>{shows === 'timeline' ? <Timeline /> : <ChangeList changes={changes} />}</div>
        <div className={`${grid.stack} ${grid.four}`}>
          {shows === 'compare' && changes.before && <AreaChanges changes={changes} />}
          {trend && <TrendByArea trend={trend} />}
          <ScanHistory scans={scans} onCompare={onFrom} />
        </div>
      </div>
    </Page>
  )
}

function ScanChoice({
  label,
  scans,
  value,
  onChoose,
}: {
  readonly label: string
  readonly scans: readonly ScanLineView[]
  readonly value: string
  readonly onChoose: (scanId: string) => void
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  return (
    <Field className={styles.field} label={label}>
      <Select value={value} onChange={(_, data) => onChoose(data.value)}>
        {scans.map(({ id, finishedAt, startedAt, kind }) => (
          <option key={id} value={id}>
            {`${formatTime(finishedAt ?? startedAt, locale, Date.now())}${kind === 'judge' ? ', judged again' : ''}`}
          </option>
        ))}
      </Select>
    </Field>
  )
}

function csvOf(changes: Changes): string {
  const head = ['What', 'Code', 'Check', 'Area', 'Object', 'Object ID', 'Part', 'Before', 'After', 'Changed by']
  return toCsv([
    head,
    ...changeLines(changes).map(({ check, object, word }) => [
      word,
      check.code,
      check.title,
      check.areaTitle,
      object.name,
      object.objectId,
      object.part,
      object.before?.because ?? '',
      object.after?.because ?? '',
      object.changedBy.sentence,
    ]),
  ])
}
