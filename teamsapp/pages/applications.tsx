import * as React from 'react'
import { mergeClasses } from '@fluentui/react-components'
import type { ApplicationsView } from '@countersign/core/api/applications.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { StackedBars } from '@countersign/ui/stacked-bars.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../client/client.tsx'
import type { InputOf } from '../client/service.ts'
import { DownloadAll } from '../layout/download-all.tsx'
import { FilterBar, useFilters, type Filters } from '../layout/filters.tsx'
import { MoreButton } from '../layout/more-button.tsx'
import { NotKnownBar } from '../layout/not-known.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { usePages } from '../layout/pages-query.ts'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded } from '../layout/states.tsx'
import { counted } from '../layout/words.ts'
import { ApplicationTable } from './applications/table.tsx'
import { applicationFilters, levels, publisherWords, sortOf } from './applications/words.ts'

type Asked = Readonly<Record<string, string>>
type Load = (query: Asked) => Promise<ApplicationsView>

/** Enterprise applications by risk; what the list is narrowed to and its order are in the address. */
export function ApplicationsPage(): React.ReactElement {
  const { service } = useClient()
  const filters = useFilters(applicationFilters)
  const [order, setOrder] = useSearchState('order', '-risk')
  const asked = { ...filters.asked, ...sortOf(order) }
  // The parsed boundary: the filters' words are the contract's, and the service looks at them again.
  const load: Load = (query) => service.call('GET /api/applications', { query: query as InputOf<'GET /api/applications'>['query'] })
  const query = usePages('applications', asked, load)
  return (
    <Loaded title="Applications" query={query}>
      {({ pages }, trouble) => {
        const [first] = pages
        if (!first) return <Page title="Applications">{trouble}</Page>
        const lines = pages.flatMap(({ applications }) => applications)
        return (
          <Page
            title="Applications"
            facts={<Facts view={first} />}
            actions={
              <DownloadAll
                file="countersign-applications.csv"
                asked={asked}
                count={first.count}
                head={csvHead}
                load={load}
                rowsOf={csvRows}
              />
            }
          >
            {trouble}
            {first.notKnown && <NotKnownBar what="The applications" notKnown={first.notKnown} />}
            {first.tally.length > 0 && <Charts tally={first.tally} filters={filters} />}
            {(first.notKnown === null || lines.length > 0) && (
              <Card title="By risk" note={<Shown count={first.count} of={inAll(first)} />} flush>
                <FilterBar filters={filters} choices={applicationFilters} search="Search applications by name or id" />
                <Empty shown={lines.length} all={inAll(first)} />
                {lines.length > 0 && <ApplicationTable lines={lines} count={first.count} order={order} onOrder={setOrder} />}
                <MoreButton rest={query.hasNextPage === true ? first.count - lines.length : 0} onMore={() => void query.fetchNextPage()} />
              </Card>
            )}
          </Page>
        )
      }}
    </Loaded>
  )
}

function inAll({ tally }: ApplicationsView): number {
  return tally.reduce((sum, { count }) => sum + count, 0)
}

function Facts({ view }: { readonly view: ApplicationsView }): React.ReactElement {
  const { locale } = useReader()
  if (view.asOf === null) return <span>Not read yet</span>
  if (view.notKnown && view.tally.length === 0) return <span>Not known</span>
  const grave = view.tally.filter(({ level }) => level === 'critical' || level === 'high').reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <span>{counted(inAll(view), 'enterprise application', 'enterprise applications', locale)}</span>
      <span>{`${formatCount(grave, locale)} of high or critical risk`}</span>
      <span>
        {'judged '}
        <Moment at={view.asOf} />
      </span>
    </>
  )
}

function Shown({ count, of }: { readonly count: number; readonly of: number }): React.ReactElement {
  const { locale } = useReader()
  return (
    <span role="status">
      {count === of ? formatCount(count, locale) : `${formatCount(count, locale)} of ${formatCount(of, locale)} match`}
    </span>
  )
}

function Empty({ shown, all }: { readonly shown: number; readonly all: number }): React.ReactElement | null {
  const rows = useRows()
  const text = useText()
  if (shown > 0) return null
  return (
    <p className={mergeClasses(text.body, rows.row)}>
      {all === 0 ? 'The tenant has no enterprise application.' : 'No application fits the search and the filters.'}
    </p>
  )
}

function Charts({ tally, filters }: { readonly tally: ApplicationsView['tally']; readonly filters: Filters }): React.ReactElement {
  const grid = useGrid()
  const sum = (fits: (one: ApplicationsView['tally'][number]) => boolean): number =>
    tally.filter(fits).reduce((all, { count }) => all + count, 0)
  const pick = (name: string) => (id: string) => filters.set(name, filters.get(name) === id ? '' : id)
  const publishers = Object.entries(publisherWords).filter(([id]) => tally.some(({ publisher }) => publisher === id))
  return (
    <div className={grid.grid} style={{ marginBottom: 16 }}>
      <StackedBars
        className={grid.five}
        title="By level of risk"
        head="Level"
        series={levels}
        rows={levels.map(({ id, word }) => ({ id, name: word, values: { [id]: sum(({ level }) => level === id) } }))}
        onPick={pick('level')}
        picked={filters.get('level')}
      />
      <StackedBars
        className={grid.seven}
        title="By publisher"
        head="Publisher"
        series={levels}
        rows={publishers.map(([id, name]) => ({
          id,
          name,
          values: Object.fromEntries(levels.map((level) => [level.id, sum((one) => one.publisher === id && one.level === level.id)])),
        }))}
        onPick={pick('publisher')}
        picked={filters.get('publisher')}
      />
    </div>
  )
}

const csvHead = [
  'Application',
  'Object id',
  'Client id',
  'Publisher',
  'Enabled',
  'Risk',
  'Level',
  'Mostly because',
  'Application permissions',
  'Delegated permissions',
  'Of the control plane',
  'Credentials',
  'Next end (UTC)',
  'Owners',
]

function csvRows({ applications }: ApplicationsView): (string | number)[][] {
  return applications.map((line) => [
    ...[line.name, line.id, line.appId, publisherWords[line.publisher], line.isEnabled ? 'yes' : 'no', line.score, line.level],
    ...[line.because ?? '', line.permissions.application, line.permissions.delegated, line.permissions.control],
    ...[line.credentials, line.nextEnd ?? '', line.owners],
  ])
}
