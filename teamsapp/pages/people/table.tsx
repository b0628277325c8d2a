import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { PeopleView, PersonLine } from '@countersign/core/api/people.ts'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { TierMark } from '@countersign/ui/tier-mark.tsx'
import { useWidth } from '@countersign/ui/use-width.ts'
import { useShownRows } from '../../layout/shown-rows.ts'
import { SortHeads } from '../../layout/sort-head.tsx'
import { counted } from '../../layout/words.ts'
import { PeopleCards } from './cards.tsx'
import { Holder, How, LastSignIn, Methods, OpenFindings, Until } from './cells.tsx'
import { strongestOf, withHeadings, type Item } from './items.ts'
import { scopeWord } from './words.ts'

const byRole = [
  { id: 'name', title: 'Holder', isNumber: false },
  { id: 'tier', title: 'Role and where', isNumber: false },
  { id: 'how', title: 'How', isNumber: false, sorted: false },
  { id: 'end', title: 'Until', isNumber: false },
  { id: 'methods', title: 'Sign-in methods', isNumber: false, sorted: false },
  { id: 'signIn', title: 'Last sign-in', isNumber: false },
  { id: 'findings', title: 'Findings', isNumber: true, sorted: false },
] as const
const byPerson = [
  { id: 'name', title: 'Holder', isNumber: false },
  { id: 'tier', title: 'Furthest reach', isNumber: false },
  { id: 'how', title: 'Roles', isNumber: false, sorted: false },
  ...byRole.slice(3),
] as const

const narrowBelow = 760

const useStyles = makeStyles({
  holder: { width: '28%' },
  date: { whiteSpace: 'nowrap' },
  methods: { minWidth: '128px' },
  heading: { backgroundColor: tokens.colorNeutralBackground2 },
  role: { display: 'flex', flexWrap: 'wrap', gap: '2px 12px', alignItems: 'center' },
})

export interface PeopleTableProps {
  readonly people: readonly PersonLine[]
  readonly view: PeopleView
  readonly by: 'role' | 'person'
  readonly order: string
  readonly onOrder: (order: string) => void
}

/** A table where there is room, cards where there is not; in the order of the roles each role has a heading. */
export function PeopleTable(props: PeopleTableProps): React.ReactElement {
  const [box, width] = useWidth(1024)
  const isGrouped = props.by === 'role' && props.order.replace('-', '') === 'tier'
  const items = withHeadings(props.people, isGrouped)
  return (
    <div ref={box}>
      {width >= narrowBelow ? <Wide {...props} items={items} isGrouped={isGrouped} /> : <PeopleCards {...props} items={items} />}
    </div>
  )
}

function Wide({
  items,
  view,
  by,
  order,
  onOrder,
  isGrouped,
}: PeopleTableProps & { readonly items: readonly Item[]; readonly isGrouped: boolean }): React.ReactElement {
  const styles = useStyles()
  const table = useTable()
  const { box, indexes, before, after, measure } = useShownRows(items.length, 62)
  const columns = by === 'role' ? byRole : byPerson
  return (
    <div ref={box} className={table.scroll}>
      <table className={table.table} aria-rowcount={view.count + 1}>
        <thead>
          <SortHeads columns={columns} order={order} onOrder={onOrder} />
        </thead>
        <tbody>
          <Spacer height={before} />
          {indexes.map((index) => {
            const item = items[index]
            if (!item) return null
            return item.heading === undefined ? (
              <tr key={item.key} ref={measure} data-index={index}>
                <PersonCells person={item.person} by={by} isGrouped={isGrouped} isRead={isSignInRead(view)} />
              </tr>
            ) : (
              <tr key={item.key} ref={measure} data-index={index} className={styles.heading}>
                <RoleHeading id={item.heading} item={item} view={view} />
              </tr>
            )
          })}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  )
}

export function isSignInRead({ sources }: PeopleView): boolean {
  return sources.some(({ source, notKnown }) => source === 'signIns' && notKnown === null)
}

function Spacer({ height }: { readonly height: number }): React.ReactElement | null {
  return height === 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={byRole.length} style={{ height, padding: 0 }} />
    </tr>
  )
}

function RoleHeading({ id, item, view }: { readonly id: string; readonly item: Item; readonly view: PeopleView }): React.ReactElement {
  const styles = useStyles()
  const table = useTable()
  const text = useText()
  return (
    <th scope="rowgroup" colSpan={byRole.length} className={table.cell}>
      <div className={styles.role}>
        <span className={text.strong}>{item.title}</span>
        <TierMark tier={item.tier} />
        <RoleCounts id={id} view={view} />
      </div>
    </th>
  )
}

/** How many hold the role, in the whole tenant. */
export function RoleCounts({ id, view }: { readonly id: string; readonly view: PeopleView }): React.ReactElement | null {
  const { locale } = useReader()
  const text = useText()
  const role = view.roles.find((one) => one.id === id)
  if (!role) return null
  const parts = [
    `${formatCount(role.active, locale)} held now`,
    `${formatCount(role.eligible, locale)} to be activated`,
    ...(role.guests > 0 ? [counted(role.guests, 'guest', 'guests', locale)] : []),
    ...(role.groups > 0 ? [counted(role.groups, 'group', 'groups', locale)] : []),
  ]
  return <span className={text.caption}>{parts.join(' · ')}</span>
}

function PersonCells({
  person,
  by,
  isGrouped,
  isRead,
}: {
  readonly person: PersonLine
  readonly by: 'role' | 'person'
  readonly isGrouped: boolean
  readonly isRead: boolean
}): React.ReactElement {
  const styles = useStyles()
  const table = useTable()
  const text = useText()
  const [hold] = person.holds
  return (
    <>
      <th scope="row" className={mergeClasses(table.cell, styles.holder)}>
        <Holder person={person} />
      </th>
      {by === 'role' && hold ? (
        <>
          <td className={table.cell}>
            {!isGrouped && <div className={text.body}>{hold.roleName}</div>}
            <div className={text.caption}>{scopeWord(hold.scope)}</div>
          </td>
          <td className={table.cell}>
            <How hold={hold} />
          </td>
          <td className={mergeClasses(table.cell, styles.date)}>
            <Until until={hold.until} />
          </td>
        </>
      ) : (
        <>
          <td className={table.cell}>
            <TierMark tier={strongestOf(person)} />
          </td>
          <td className={mergeClasses(table.cell, text.caption)}>
            <RoleNames person={person} />
          </td>
          <td className={mergeClasses(table.cell, styles.date)}>
            <Until until={firstEnd(person)} />
          </td>
        </>
      )}
      <td className={mergeClasses(table.cell, styles.methods)}>
        <Methods person={person} />
      </td>
      <td className={mergeClasses(table.cell, styles.date)}>
        <LastSignIn person={person} isRead={isRead} />
      </td>
      <td className={mergeClasses(table.cell, table.number)}>
        <OpenFindings findings={person.findings} />
      </td>
    </>
  )
}

export function RoleNames({ person }: { readonly person: PersonLine }): React.ReactElement {
  const { locale } = useReader()
  const names = [...new Set(person.holds.map(({ roleName }) => roleName))]
  const rest = names.length - 3
  return <>{rest > 0 ? `${names.slice(0, 3).join(', ')} and ${formatCount(rest, locale)} more` : names.join(', ')}</>
}

function firstEnd({ holds }: PersonLine): string | null {
  return holds.flatMap(({ until }) => until ?? []).sort()[0] ?? null
}
