import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  AddCircleRegular,
  ArrowUndoRegular,
  CheckmarkCircleRegular,
  PauseCircleRegular,
  PlayCircleRegular,
  ReceiptRegular,
  WrenchRegular,
} from '@fluentui/react-icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { TimelineEntry } from '@countersign/core/api/timeline.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatReceiptNumber } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { colour } from '@countersign/ui/palette.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { PageLink } from '../../layout/links.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { counted } from '../../layout/words.ts'

const kinds = {
  opened: { word: 'Fails now:', icon: <AddCircleRegular fontSize={18} color={colour.bad} /> },
  returned: { word: 'Fails again:', icon: <ArrowUndoRegular fontSize={18} color={colour.high} /> },
  closed: { word: 'Holds again:', icon: <CheckmarkCircleRegular fontSize={18} color={colour.good} /> },
  changed: { word: 'Fixed by the Aid:', icon: <WrenchRegular fontSize={18} color={colour.good} /> },
  suppressed: { word: 'Accepted for a while:', icon: <PauseCircleRegular fontSize={18} /> },
  unsuppressed: { word: 'No longer accepted:', icon: <PlayCircleRegular fontSize={18} /> },
  receipt: { word: 'Countersigned:', icon: <ReceiptRegular fontSize={18} /> },
} as const satisfies Record<TimelineEntry['kind'], { readonly word: string; readonly icon: React.ReactElement }>

const useStyles = makeStyles({
  day: {
    padding: '8px 20px 6px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    margin: 0,
  },
  line: { display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr) auto', columnGap: '12px', alignItems: 'start' },
  icon: { paddingTop: '1px' },
  mark: { '@container (max-width: 639px)': { display: 'none' } },
})

const entriesAtATime = 40

/** What happened, day by day: what was found and mended, and by whom where that is known, with the way to the finding and the receipt. */
export function Timeline(): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const { service } = useClient()
  const query = useInfiniteQuery({
    queryKey: ['changes', 'timeline'],
    queryFn: ({ pageParam }: { pageParam?: string }) =>
      service.call('GET /api/timeline', { query: { limit: entriesAtATime, ...(pageParam === undefined ? {} : { before: pageParam }) } }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []
  const days = [...new Set(entries.map(({ at }) => dayOf(at, locale)))]
  return (
    <Card title="Timeline" note="newest first" flush>
      {query.error != null && <TroubleBar error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && entries.length === 0 && (
        <p className={mergeClasses(text.body, rows.row)}>
          Nothing has happened yet. After the next scan what it found new or mended stands here.
        </p>
      )}
      {days.map((day) => (
        <div key={day}>
          <h3 className={mergeClasses(text.captionStrong, styles.day)}>{day}</h3>
          <ul className={rows.list}>
            {entries
              .filter(({ at }) => dayOf(at, locale) === day)
              .map((entry) => (
                <li
                  key={`${entry.at} ${entry.kind} ${entry.checkId ?? entry.receipt?.proposalId ?? ''}`}
                  className={mergeClasses(rows.row, styles.line)}
                >
                  <span className={styles.icon} aria-hidden="true">
                    {kinds[entry.kind].icon}
                  </span>
                  <Entry entry={entry} />
                  <span className={styles.mark}>{entry.severity !== null && <SeverityMark severity={entry.severity} />}</span>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {query.hasNextPage === true && (
        <div className={rows.row}>
          <Button size="small" disabledFocusable={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier
          </Button>
        </div>
      )}
    </Card>
  )
}

function Entry({ entry }: { readonly entry: TimelineEntry }): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  const { kind, title, checkId, code, objects, names, receipt, by, at } = entry
  const others = objects - names.length
  const who = [...names, ...(others > 0 && names.length > 0 ? [`${others} more`] : [])]
  const about =
    names.length > 0 ? new Intl.ListFormat(locale).format(who) : objects > 1 ? counted(objects, 'object', 'objects', locale) : ''
  return (
    <div>
      <p className={text.body}>
        <span className={text.strong}>{kinds[kind].word}</span>{' '}
        {checkId === null ? (
          <PageLink quiet to={`/receipts/${receipt?.proposalId ?? ''}`}>
            {title}
          </PageLink>
        ) : (
          <PageLink quiet to={`/findings/${checkId}`}>{`${title} (${code})`}</PageLink>
        )}
      </p>
      {about !== '' && <p className={text.body}>{about}</p>}
      <p className={text.caption}>
        <Moment at={at} />
        {by !== null && ` · ${by}`}
        {receipt !== null && (
          <>
            {' · '}
            <PageLink
              className={text.caption}
              to={`/receipts/${receipt.proposalId}`}
            >{`receipt ${formatReceiptNumber(receipt.number)}`}</PageLink>
          </>
        )}
      </p>
    </div>
  )
}

function dayOf(at: string, locale: string | undefined): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))
}
