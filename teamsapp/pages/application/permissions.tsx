import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ApplicationView } from '@countersign/core/api/applications.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { TierMark } from '@countersign/ui/tier-mark.tsx'
import { useColumnRows } from '../../layout/column-rows.ts'
import { MoreButton, rowsAtATime } from '../../layout/more-button.tsx'
import { OfferButton, type Offering } from '../../layout/offers.tsx'
import { counted } from '../../layout/words.ts'

type Permission = ApplicationView['permissions'][number]

const useStyles = makeStyles({ columns: { '--columns': 'minmax(0, 5fr) 152px minmax(0, 3fr) 96px' }, row: { alignItems: 'start' } })

const tierOrder = ['control', 'management', 'user', 'none'] as const

/** What the application may do, the furthest reach first; Microsoft's exact name, then what it means. */
export function Permissions({
  permissions,
  offers,
  name,
  offering,
}: Pick<ApplicationView, 'permissions' | 'offers' | 'name'> & { readonly offering: Offering }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const columns = useColumnRows()
  const rows = useRows()
  const text = useText()
  const [shown, setShown] = React.useState(rowsAtATime)
  const sorted = [...permissions].sort(byReach)
  return (
    <Card title="Permissions" note={counted(permissions.length, 'permission', 'permissions', locale)} flush>
      {permissions.length === 0 ? (
        <p className={mergeClasses(text.body, rows.row)}>It has no permission.</p>
      ) : (
        <>
          <div className={mergeClasses(columns.heads, styles.columns)} aria-hidden="true">
            <span className={text.caption}>Permission</span>
            <span className={text.caption}>Reach</span>
            <span className={text.caption}>Consent</span>
          </div>
          <ul className={rows.list}>
            {sorted.slice(0, shown).map((permission) => {
              const offer = offers.find(({ about }) => about === permission.basis)
              return (
                <li
                  key={`${permission.kind} ${permission.resource} ${permission.value}`}
                  className={mergeClasses(rows.row, columns.row, styles.columns, styles.row)}
                >
                  <div>
                    <p className={text.strong}>
                      <PathText text={permission.value} />
                    </p>
                    {permission.meaning !== '' && <p className={text.body}>{permission.meaning}</p>}
                    <p
                      className={text.caption}
                    >{`${permission.kind === 'application' ? 'As itself' : 'In people’s names'}, ${permission.resource}`}</p>
                  </div>
                  <TierMark tier={permission.tier} />
                  <p className={text.caption}>
                    {consentWords(permission, locale)}
                    {permission.since !== null && (
                      <>
                        {', since '}
                        <Moment at={permission.since} as="day" />
                      </>
                    )}
                  </p>
                  {offer ? (
                    <OfferButton offer={offer} name={`${permission.value} of ${name}`} words="Take away" offering={offering} />
                  ) : (
                    <span />
                  )}
                </li>
              )
            })}
          </ul>
          <MoreButton rest={sorted.length - shown} onMore={() => setShown(shown + rowsAtATime)} />
        </>
      )}
    </Card>
  )
}

function byReach(left: Permission, right: Permission): number {
  const tier = tierOrder.indexOf(left.tier) - tierOrder.indexOf(right.tier)
  return tier || left.kind.localeCompare(right.kind) || left.value.localeCompare(right.value)
}

function consentWords({ kind, consent, people }: Permission, locale: string | undefined): string {
  if (kind === 'application') return 'Given by an administrator'
  if (consent === 'people') return `${counted(people, 'person', 'people', locale)} for themselves`
  return 'By an administrator for everybody'
}
