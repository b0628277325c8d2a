import * as React from 'react'
import { Button, Field, Input, makeStyles, mergeClasses, Select } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type { ActivityItem } from '@countersign/core/api/activity.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { PageLink } from '../../layout/links.tsx'
import { saveFile } from '../../layout/save-file.ts'
import { useSearchState } from '../../layout/search-state.ts'
import { TroubleBar } from '../../layout/states.tsx'

const kinds = {
  scan: 'Scans',
  finding: 'Findings',
  change: 'Changes and countersignatures',
  setting: 'Settings',
  aid: 'Access and the Aid',
  alert: 'Alerts',
  message: 'Messages',
} as const satisfies Record<ActivityItem['kind'], string>
const pageLength = 50
/** What one file holds: the newest that fit the choice. */
const fileAtMost = 2000

const useStyles = makeStyles({
  words: { padding: '0 20px 14px', display: 'grid', rowGap: '10px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  field: { flexGrow: 1, flexBasis: '160px', maxWidth: '260px', '@container (max-width: 639px)': { maxWidth: 'none', flexBasis: '100%' } },
  row: { display: 'flex', flexWrap: 'wrap', gap: '2px 16px' },
  when: { flexBasis: '132px', flexShrink: 0, '@container (max-width: 639px)': { flexBasis: '100%' } },
  what: { flexGrow: 1, flexBasis: '240px', minWidth: 0 },
})

/** What happened in Countersign for this tenant, newest first. */
export function ActivitySection(): React.ReactElement {
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const { service } = useClient()
  const [search, setSearch] = useSearchState('search')
  const [person, setPerson] = useSearchState('person')
  const [kind, setKind] = useSearchState('kind')
  const [from, setFrom] = useSearchState('from')
  const choice = {
    ...(search === '' ? {} : { search }),
    ...(person === '' ? {} : { person }),
    ...(isKind(kind) ? { kind } : {}),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(from) ? { from: `${from}T00:00:00Z` } : {}),
  }
  const query = useInfiniteQuery({
    queryKey: ['activity', choice],
    queryFn: ({ pageParam }: { pageParam?: string }) =>
      service.call('GET /api/activity', {
        query: { ...choice, limit: pageLength, ...(pageParam === undefined ? {} : { after: pageParam }) },
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
    keepPreviousData: true,
  })
  const save = useMutation({
    mutationFn: async () => {
      const items: ActivityItem[] = []
      let after: string | null | undefined
      while (after !== null && items.length < fileAtMost) {
        const page = await service.call('GET /api/activity', {
          query: { ...choice, limit: 500, ...(after === undefined ? {} : { after }) },
        })
        items.push(...page.items)
        after = page.next
      }
      saveFile('countersign-activity.csv', 'text/csv;charset=utf-8', csvOf(items.slice(0, fileAtMost)))
    },
  })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card
      title="What happened"
      action={
        <ChangeButton
          size="small"
          icon={<ArrowDownloadRegular />}
          disabledFocusable={items.length === 0 || save.isLoading}
          onClick={() => save.mutate()}
        >
          Download as CSV
        </ChangeButton>
      }
      flush
    >
      <div className={styles.words}>
        {[query.error, save.error].map(
          (error, index) => error != null && <TroubleBar key={index} error={error} onRetry={() => void query.refetch()} />,
        )}
        <div className={styles.choice}>
          <Field label="Search activity" className={styles.field}>
            <Input type="search" value={search} onChange={(_, { value }) => setSearch(value)} />
          </Field>
          <Field label="Kind" className={styles.field}>
            <Select value={kind} onChange={(_, { value }) => setKind(value)}>
              <option value="">Everything</option>
              {Object.entries(kinds).map(([id, title]) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Person" className={styles.field}>
            <Input type="search" value={person} onChange={(_, { value }) => setPerson(value)} />
          </Field>
          <Field label="Since (UTC day)" className={styles.field}>
            <Input type="date" value={from} onChange={(_, { value }) => setFrom(value)} />
          </Field>
        </div>
        {query.isLoading && <p className={text.body}>Being read.</p>}
        {query.data && items.length === 0 && (
          <p className={text.body}>{Object.keys(choice).length === 0 ? 'Nothing has happened yet.' : 'Nothing fits the choice.'}</p>
        )}
      </div>
      {items.length > 0 && (
        <ul className={rows.list} aria-label="Activity" aria-busy={query.isFetching}>
          {items.map((item) => (
            <li key={item.place} className={mergeClasses(rows.row, styles.row)}>
              <span className={mergeClasses(text.caption, styles.when)}>
                <Moment at={item.at} />
              </span>
              <div className={styles.what}>
                <p className={text.strong}>
                  {item.path === null ? (
                    item.title
                  ) : (
                    <PageLink to={item.path} quiet>
                      {item.title}
                    </PageLink>
                  )}
                </p>
                {item.detail !== '' && <p className={text.body}>{item.detail}</p>}
                <p className={text.caption}>{[kinds[item.kind], item.byName].filter((part) => part !== '').join(' · ')}</p>
              </div>
            </li>
          ))}
          {query.hasNextPage === true && (
            <li className={rows.row}>
              <Button size="small" disabledFocusable={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show earlier activity
              </Button>
            </li>
          )}
        </ul>
      )}
    </Card>
  )
}

function isKind(value: string): value is ActivityItem['kind'] {
  return Object.hasOwn(kinds, value)
}

function csvOf(items: readonly ActivityItem[]): string {
  return toCsv([
    ['Time (UTC)', 'Kind', 'What', 'Detail', 'By'],
    ...items.map(({ at, kind, title, detail, byName }) => [at, kinds[kind], title, detail, byName]),
  ])
}
