import * as React from 'react'
import {
  Field,
  Input,
  Link,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Select,
} from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons'
import type { Member, Members } from '@countersign/core/api/members.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../../client/client.tsx'
import { CsvButton } from '../../layout/csv-button.tsx'
import { toCsv } from '../../layout/csv.ts'
import { useSearchState } from '../../layout/search-state.ts'
import { TroubleBar } from '../../layout/states.tsx'
import { counted, roleWords } from '../../layout/words.ts'
import { AwaitedCard } from './awaited-card.tsx'

const types = { person: 'Person', group: 'Group', other: 'Application' } as const satisfies Record<Member['type'], string>

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
  words: { padding: '0 20px 14px', display: 'grid', rowGap: '10px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  field: { flexGrow: 1, flexBasis: '180px', maxWidth: '320px' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
  roles: { '@container (max-width: 639px)': { whiteSpace: 'nowrap' } },
  tick: { textAlign: 'center', width: '96px', '@container (max-width: 639px)': { width: '24px' } },
  // Four names side by side leave no room for what they may do.
  narrowHead: { '@container (max-width: 639px)': { writingMode: 'vertical-rl' } },
})

/** Who may do what in Countersign; roles are given in Entra and read from there. */
export function MembersSection(): React.ReactElement {
  const query = useRoute('members', 'GET /api/members', {})
  const styles = useStyles()
  if (!query.data) return <AwaitedCard title="Members" query={query} />
  return (
    <div className={styles.stack}>
      {query.error != null && <TroubleBar error={query.error} dataAt={query.dataUpdatedAt} onRetry={() => void query.refetch()} />}
      <MemberList view={query.data} />
      <RoleTable roles={query.data.roles} />
    </div>
  )
}

function MemberList({ view }: { readonly view: Members }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const table = useTable()
  const text = useText()
  const [search, setSearch] = useSearchState('search')
  const [role, setRole] = useSearchState('role')
  const words = search.trim().toLowerCase()
  const shown = view.members.filter(
    (member) =>
      (role === '' || member.roles.some((held) => held === role)) &&
      [member.name, ...(member.people ?? [])].some((name) => name.toLowerCase().includes(words)),
  )
  return (
    <Card
      title="Members"
      // Where nobody could be read, nobody is not a number.
      {...(view.notRead !== null && view.members.length === 0
        ? {}
        : { note: counted(view.members.length, 'holder of a role', 'holders of a role', locale) })}
      action={<CsvButton size="small" file="countersign-members.csv" isEmpty={shown.length === 0} textOf={() => csvOf(shown)} />}
      flush
    >
      <div className={styles.words}>
        {view.notRead !== null && (
          <MessageBar intent="warning">
            <MessageBarBody className={styles.wrap}>
              <MessageBarTitle>{view.members.length === 0 ? 'Members could not be read.' : 'The list is not whole.'}</MessageBarTitle>{' '}
              {view.notRead}
            </MessageBarBody>
          </MessageBar>
        )}
        <p className={text.body}>
          {'Roles are given in Entra, to people or to groups; a group gives its role to its direct members. '}
          <Link href={view.portalUrl} target="_blank" rel="noreferrer" inline>
            Change roles in Entra
          </Link>
        </p>
        <div className={styles.choice}>
          <Field label="Search members" className={styles.field}>
            <Input type="search" value={search} onChange={(_, { value }) => setSearch(value)} />
          </Field>
          <Field label="Role" className={styles.field}>
            <Select value={role} onChange={(_, { value }) => setRole(value)}>
              <option value="">Every role</option>
              {view.roles.map((one) => (
                <option key={one.role} value={one.role}>
                  {one.title}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {shown.length === 0 && <p className={text.body}>{view.members.length === 0 ? 'Nobody was read.' : 'Nobody fits the search.'}</p>}
      </div>
      {shown.length > 0 && (
        <table className={table.table} aria-label="Members">
          <thead>
            <tr>
              {['Name', 'Given to', 'Roles'].map((name) => (
                <th key={name} scope="col" className={mergeClasses(table.head, name === 'Given to' && table.narrowHidden)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((member) => (
              <tr key={member.objectId}>
                <th scope="row" className={mergeClasses(table.cell, table.top)}>
                  <span className={text.strong}>{member.name}</span>
                  <p className={mergeClasses(text.caption, table.narrowOnly)}>{types[member.type]}</p>
                  {member.type === 'group' && <p className={text.caption}>{groupText(member, locale)}</p>}
                </th>
                <td className={mergeClasses(table.cell, table.top, table.narrowHidden)}>{types[member.type]}</td>
                <td className={mergeClasses(table.cell, table.top, styles.roles)}>
                  {member.roles.map((held) => roleWords[held]).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

function groupText({ people, more }: Member, locale: string | undefined): string {
  if (people === null) return 'Its members could not be read'
  if (people.length === 0) return 'No direct members'
  const count = counted(people.length + more, 'direct member', 'direct members', locale)
  return `${count}: ${people.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Capabilities below each other and roles side by side: what sets a role apart is seen at once. */
function RoleTable({ roles }: { readonly roles: Members['roles'] }): React.ReactElement {
  const table = useTable()
  const styles = useStyles()
  const capabilities = [...new Set(roles.flatMap(({ may }) => may))]
  return (
    <Card title="What each role may do" flush>
      <table className={table.table} aria-label="What each role may do">
        <thead>
          <tr>
            <th scope="col" className={table.head}>
              May
            </th>
            {roles.map(({ role, title }) => (
              <th key={role} scope="col" className={mergeClasses(table.head, styles.tick)}>
                <span className={styles.narrowHead}>{title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {capabilities.map((capability) => (
            <tr key={capability}>
              <th scope="row" className={table.cell}>
                {capability}
              </th>
              {roles.map(({ role, title, may }) => (
                <td key={role} className={mergeClasses(table.cell, styles.tick)}>
                  {may.includes(capability) ? <CheckmarkRegular fontSize={18} aria-label={`${title}: yes`} role="img" /> : '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function csvOf(members: readonly Member[]): string {
  return toCsv([
    ['Name', 'Given to', 'Roles', 'Direct members of the group'],
    ...members.map(({ name, type, roles, people }) => [
      name,
      types[type],
      roles.map((role) => roleWords[role]).join(', '),
      people?.join(', ') ?? '',
    ]),
  ])
}
