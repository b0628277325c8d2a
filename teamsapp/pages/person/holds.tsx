import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { PersonView } from '@countersign/core/api/people.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { TierMark } from '@countersign/ui/tier-mark.tsx'
import { useColumnRows } from '../../layout/column-rows.ts'
import { MoreButton, rowsAtATime } from '../../layout/more-button.tsx'
import { OfferButton, type Offering } from '../../layout/offers.tsx'
import { counted } from '../../layout/words.ts'
import { How, Until } from '../people/cells.tsx'
import { scopeWord } from '../people/words.ts'

const useStyles = makeStyles({ columns: { '--columns': 'minmax(0, 4fr) minmax(0, 4fr) 104px 148px' }, row: { alignItems: 'center' } })

const words: Readonly<Record<string, string>> = {
  'remove-role-assignment': 'Take the role away',
  'end-active-role': 'End the role',
  'end-eligible-role': 'End eligibility',
  'remove-group-member': 'Leave the group',
}

/** Each way to a role, with what ends it. */
export function Holds({
  holds,
  offers,
  name,
  offering,
}: Pick<PersonView, 'holds' | 'offers' | 'name'> & { readonly offering: Offering }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const columns = useColumnRows()
  const rows = useRows()
  const text = useText()
  const [shown, setShown] = React.useState(rowsAtATime)
  return (
    <Card title="Directory roles" note={counted(holds.length, 'way to a role', 'ways to a role', locale)} flush>
      <div className={mergeClasses(columns.heads, styles.columns)} aria-hidden="true">
        <span className={text.caption}>Role</span>
        <span className={text.caption}>How</span>
        <span className={text.caption}>Until</span>
      </div>
      <ul className={rows.list}>
        {holds.slice(0, shown).map((hold) => {
          const offer = offers.find(({ about }) => about === String(hold.place))
          return (
            <li key={hold.place} className={mergeClasses(rows.row, columns.row, styles.columns, styles.row)}>
              <div>
                <p className={text.strong}>{hold.roleName}</p>
                <TierMark tier={hold.tier} />
                <p className={text.caption}>{scopeWord(hold.scope)}</p>
              </div>
              <div>
                <How hold={hold} />
              </div>
              <span>
                <Until until={hold.until} />
              </span>
              {offer ? (
                <OfferButton
                  offer={offer}
                  name={`${hold.roleName}, ${name}`}
                  words={words[offer.actionId] ?? offer.title}
                  offering={offering}
                />
              ) : (
                <span />
              )}
            </li>
          )
        })}
      </ul>
      <MoreButton rest={holds.length - shown} onMore={() => setShown(shown + rowsAtATime)} />
    </Card>
  )
}
