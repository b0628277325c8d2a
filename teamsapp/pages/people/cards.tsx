import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { TierMark } from '@countersign/ui/tier-mark.tsx'
import { useShownRows } from '../../layout/shown-rows.ts'
import { counted } from '../../layout/words.ts'
import { Holder, LastSignIn, Methods } from './cells.tsx'
import { strongestOf, type Item } from './items.ts'
import { isSignInRead, RoleCounts, RoleNames, type PeopleTableProps } from './table.tsx'
import { scopeWord } from './words.ts'

const useStyles = makeStyles({
  card: { display: 'grid', rowGap: '4px', justifyItems: 'start' },
  heading: { backgroundColor: tokens.colorNeutralBackground2 },
  line: { display: 'flex', flexWrap: 'wrap', gap: '2px 12px', alignItems: 'center' },
})

/** The table's rows where there is no room for columns. */
export function PeopleCards({ items, view, by }: PeopleTableProps & { readonly items: readonly Item[] }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const { box, indexes, before, after, measure } = useShownRows(items.length, 120)
  return (
    <div ref={box}>
      <ul className={rows.list} style={{ paddingTop: before, paddingBottom: after }}>
        {indexes.map((index) => {
          const item = items[index]
          if (!item) return null
          const { person, heading } = item
          const [hold] = person.holds
          if (heading !== undefined) {
            return (
              <li key={item.key} ref={measure} data-index={index} className={mergeClasses(rows.row, styles.card, styles.heading)}>
                <span className={text.strong}>{item.title}</span>
                <TierMark tier={item.tier} />
                <RoleCounts id={heading} view={view} />
              </li>
            )
          }
          return (
            <li key={item.key} ref={measure} data-index={index} className={mergeClasses(rows.row, styles.card)}>
              <div>
                <Holder person={person} />
              </div>
              {by === 'person' ? (
                <>
                  <TierMark tier={strongestOf(person)} />
                  <p className={text.caption}>
                    <RoleNames person={person} />
                  </p>
                </>
              ) : (
                hold && (
                  <p className={text.caption}>
                    {`${hold.roleName}, ${hold.isActive ? 'held now' : 'must be activated'}, ${
                      hold.via.length === 0 ? 'directly' : `through ${hold.via.map(({ name }) => name).join(', ')}`
                    } · ${scopeWord(hold.scope)} · `}
                    {hold.until === null ? (
                      'no end'
                    ) : (
                      <>
                        {'until '}
                        <Moment at={hold.until} as="day" />
                      </>
                    )}
                  </p>
                )
              )}
              <div className={mergeClasses(text.caption, styles.line)}>
                <Methods person={person} />
                <span>
                  {'Last sign-in '}
                  <LastSignIn person={person} isRead={isSignInRead(view)} />
                </span>
                {person.findings.open > 0 && <span>{counted(person.findings.open, 'finding', 'findings', locale)}</span>}
              </div>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
