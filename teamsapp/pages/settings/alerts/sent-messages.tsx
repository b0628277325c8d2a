import * as React from 'react'
import type { AlertMessageView } from '@countersign/core/api/alerts.ts'
import { mergeClasses } from '@fluentui/react-components'
import { Card } from '@countersign/ui/card.tsx'
import type { Standing } from '@countersign/ui/contract.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { counted } from '../../../layout/words.ts'

const kinds = { immediate: 'As it happened', digest: 'Daily digest', test: 'Test' } as const satisfies Record<
  AlertMessageView['kind'],
  string
>
const states = {
  waiting: { standing: 'partly', word: 'Waiting' },
  sending: { standing: 'partly', word: 'Being sent' },
  delivered: { standing: 'proven', word: 'Delivered' },
  failed: { standing: 'failing', word: 'Failed' },
  dropped: { standing: 'unknown', word: 'Not sent' },
  unclear: { standing: 'stale', word: 'May have arrived' },
} as const satisfies Record<AlertMessageView['state'], { readonly standing: Standing; readonly word: string }>

/** What was sent to this person, and what became of it. */
export function SentMessages({ messages }: { readonly messages: readonly AlertMessageView[] }): React.ReactElement | null {
  const { locale } = useReader()
  const table = useTable()
  const text = useText()
  if (messages.length === 0) return null
  return (
    <Card title="Sent to me" note={counted(messages.length, 'message', 'messages', locale)} flush>
      <table className={table.table} aria-label="Messages sent to me">
        <thead>
          <tr>
            {['When', 'Message', 'State'].map((name) => (
              <th key={name} scope="col" className={table.head}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {messages.map(({ id, kind, state, alerts, createdAt, notBefore, settledAt, detail }) => (
            <tr key={id}>
              <td className={mergeClasses(table.cell, table.top)}>
                <Moment at={settledAt ?? createdAt} />
              </td>
              <td className={mergeClasses(table.cell, table.top)}>
                {kinds[kind]}
                <p className={text.caption}>{kind === 'test' ? '' : counted(alerts, 'alert', 'alerts', locale)}</p>
              </td>
              <td className={mergeClasses(table.cell, table.top)}>
                <StandingMark standing={states[state].standing} word={states[state].word} />
                {state === 'waiting' && (
                  <p className={text.caption}>
                    {'Not before '}
                    <Moment at={notBefore} />
                  </p>
                )}
                {detail !== '' && <p className={text.caption}>{detail}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
