import * as React from 'react'
import { Button, makeStyles, mergeClasses, Tab, TabList } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router-dom'
import type { ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../client/client.tsx'
import { NotKnownBar } from '../layout/not-known.tsx'
import { Page } from '../layout/page.tsx'
import { useOverview } from '../layout/scan.ts'
import { Loaded, TroubleBar } from '../layout/states.tsx'
import { counted } from '../layout/words.ts'
import { BulkBar, chosenChecks, chosenObjects } from './findings/bulk-bar.tsx'
import type { BulkOutcome } from './findings/bulk.ts'
import { CheckCard, checkColumns } from './findings/check-columns.tsx'
import { useDefaultView } from './findings/default-view.ts'
import { Download } from './findings/download.tsx'
import { FacetPanel } from './findings/facet-panel.tsx'
import { cleared, countChosen, filterOf } from './findings/filters.ts'
import { Grid } from './findings/grid.tsx'
import { nameOf, ObjectCard, objectColumns } from './findings/object-columns.tsx'
import { useObjects, type Objects } from './findings/objects.ts'
import { orderFrom, sorted, type FindingRow } from './findings/rows.ts'
import { SearchBox } from './findings/search-box.tsx'
import { Views } from './findings/views.tsx'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: '232px minmax(0, 1fr)',
    gap: '16px',
    alignItems: 'start',
    '@container (max-width: 1023px)': { gridTemplateColumns: 'minmax(0, 1fr)', gap: '12px' },
  },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 12px',
    alignItems: 'center',
    padding: '12px 20px 10px',
    '@container (max-width: 639px)': { padding: '10px 16px' },
  },
  empty: { padding: '4px 20px 18px', display: 'grid', rowGap: '8px', justifyItems: 'start' },
})

/** All findings, by check or by object. Kind of list, filters, search and order are in the address, so that a link shows the same. */
export function FindingsPage(): React.ReactElement {
  useDefaultView()
  const [search] = useSearchParams()
  const byObject = search.get('view') === 'objects'
  const filter = filterOf(search)
  const objects = useObjects(filter, byObject ? (search.get('order') ?? 'severity') : 'severity', byObject ? undefined : 1)
  const { service } = useClient()
  const checks = useQuery({
    queryKey: ['findings', 'checks', filter],
    queryFn: () => service.call('GET /api/findings', { query: filter }),
    keepPreviousData: true,
  })
  const overview = useOverview(false).data
  // An empty list before anything was judged is no good news.
  const isUnread = overview !== undefined && overview.lastScan === null && overview.checks.of === 0
  return (
    <Loaded title="Findings" query={checks}>
      {({ findings }, trouble) =>
        isUnread && findings.length === 0 ? (
          <Page title="Findings" facts="Not read yet">
            {trouble}
            <NotKnownBar what="Findings" notKnown={{ reason: 'noScan', detail: '' }} />
          </Page>
        ) : (
          <FindingsContent findings={findings} objects={objects} byObject={byObject} trouble={trouble} />
        )
      }
    </Loaded>
  )
}

function FindingsContent({
  findings,
  objects,
  byObject,
  trouble,
}: {
  readonly findings: readonly FindingRow[]
  readonly objects: Objects
  readonly byObject: boolean
  readonly trouble: React.ReactNode
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [search, setSearch] = useSearchParams()
  const [selected, setSelected] = React.useState<ReadonlySet<string>>(new Set())
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const order = search.get('order') ?? (byObject ? 'severity' : '-adds')
  const lines = React.useMemo(() => sorted(findings, orderFrom(order), locale), [findings, order, locale])
  const choose = React.useCallback((keys: readonly string[], isSelected: boolean) => {
    setSelected((before) => {
      const next = new Set(before)
      for (const key of keys)
        if (isSelected) next.add(key)
        else next.delete(key)
      return next
    })
  }, [])
  const chooseObjects = React.useCallback(
    (rows: readonly ObjectRow[], isSelected: boolean) =>
      choose(
        rows.map(({ findingKey }) => findingKey),
        isSelected,
      ),
    [choose],
  )
  const chooseChecks = React.useCallback(
    (rows: readonly FindingRow[], isSelected: boolean) =>
      choose(
        rows.map(({ checkId }) => checkId),
        isSelected,
      ),
    [choose],
  )
  const total = byObject ? objects.total : lines.length
  const chosen = byObject
    ? chosenObjects(objects.rows.filter(({ findingKey }) => selected.has(findingKey)))
    : chosenChecks(lines.filter(({ checkId }) => selected.has(checkId)))
  const isFiltered = countChosen(search) > 0
  return (
    <Page
      title="Findings"
      facts={
        objects.isReady
          ? `${counted(byObject ? objects.total : sumOf(objects), 'finding', 'findings', locale)} of ${counted(lines.length, 'check', 'checks', locale)}`
          : counted(lines.length, 'check', 'checks', locale)
      }
      actions={<Download isEmpty={total === 0} />}
    >
      {trouble}
      {objects.error != null && <TroubleBar error={objects.error} onRetry={objects.retry} />}
      <div className={styles.columns}>
        <FacetPanel facets={objects.facets} search={search} onSearch={(next) => setSearch(next, { replace: true })}>
          <Views search={search} />
        </FacetPanel>
        <Card title={byObject ? 'By object' : 'By check'} isTitleSaid flush>
          <div className={styles.tools}>
            <TabList
              size="small"
              selectedValue={byObject ? 'objects' : 'checks'}
              onTabSelect={(_, { value }) => show(String(value))}
              aria-label="Kind of list"
            >
              <Tab value="checks">By check</Tab>
              <Tab value="objects">By object</Tab>
            </TabList>
            <SearchBox value={search.get('search') ?? ''} onSearch={(words) => set('search', words)} />
            {isFiltered && (
              <Button size="small" appearance="subtle" onClick={() => setSearch(cleared(search), { replace: true })}>
                Clear filters
              </Button>
            )}
          </div>
          <BulkBar
            count={byObject ? chosen.objects.length : chosen.suppressable.length}
            chosen={chosen}
            byObject={byObject}
            loaded={byObject ? objects.rows.length : lines.length}
            total={total}
            onDone={forget}
            onClear={() => setSelected(new Set())}
          />
          {total === 0 && (byObject ? objects.isReady : true) && (
            <div className={mergeClasses(text.body, styles.empty)}>
              {isFiltered ? 'No finding fits the search and the filters chosen.' : 'Nothing is open.'}
            </div>
          )}
          {total > 0 && !byObject && (
            <Grid
              label="Findings by check"
              columns={checkColumns}
              rows={lines}
              total={lines.length}
              keyOf={({ checkId }) => checkId}
              nameOf={({ title }) => title}
              order={order}
              onOrder={(next) => set('order', next)}
              selected={selected}
              onSelect={chooseChecks}
              onLook={nothing}
              card={(row) => <CheckCard row={row} />}
            />
          )}
          {total > 0 && byObject && (
            <Grid
              label="Findings by object"
              columns={objectColumns}
              rows={objects.rows}
              total={objects.total}
              keyOf={({ findingKey }) => findingKey}
              nameOf={(row) => `${nameOf(row)}, ${row.code}`}
              order={order}
              onOrder={(next) => set('order', next)}
              selected={selected}
              onSelect={chooseObjects}
              onLook={objects.look}
              card={(row) => <ObjectCard row={row} />}
            />
          )}
        </Card>
      </div>
    </Page>
  )

  function show(view: string): void {
    const next = new URLSearchParams(search)
    next.delete('order')
    if (view === 'objects') next.set('view', 'objects')
    else next.delete('view')
    setSelected(new Set())
    setSearch(next)
  }

  function forget(outcomes: readonly BulkOutcome[]): void {
    choose(
      outcomes.flatMap(({ key, state }) => (state === 'done' ? [key] : [])),
      false,
    )
  }
}

function nothing(): void {
  // All rows by check are at hand.
}

function sumOf({ facets }: Objects): number {
  return (facets?.severity ?? []).reduce((sum, { count }) => sum + count, 0)
}
