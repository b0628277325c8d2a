import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import type { PeopleView } from '@countersign/core/api/people.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { StackedBars } from '@countersign/ui/stacked-bars.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../client/client.tsx'
import type { InputOf } from '../client/service.ts'
import { DownloadAll } from '../layout/download-all.tsx'
import { FilterBar, useFilters } from '../layout/filters.tsx'
import { MoreButton } from '../layout/more-button.tsx'
import { NotKnownBar } from '../layout/not-known.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { usePages } from '../layout/pages-query.ts'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded } from '../layout/states.tsx'
import { counted } from '../layout/words.ts'
import { PeopleTable } from './people/table.tsx'
import { kindWords, peopleFilters, roleFilter, scopeWord, sortOf, sourceWords, strengthWords } from './people/words.ts'
import { chosenUnderline } from '../layout/underline.ts'

const useStyles = makeStyles({
  choice: { display: 'flex' },
  one: { fontWeight: 400, minWidth: 0, position: 'relative' },
  // Like a tab that is chosen, which is what people know it as.
  chosen: chosenUnderline,
})

type Role = PeopleView['roles'][number]
type Load = (query: Readonly<Record<string, string>>) => Promise<PeopleView>

/** Who holds which directory role, how and until when: by role, or by person. */
export function PeoplePage(): React.ReactElement {
  const { service } = useClient()
  const filters = useFilters(peopleFilters)
  const [view, setBy] = useSearchState('by', 'role')
  const [role, setRole] = useSearchState(roleFilter)
  const [order, setOrder] = useSearchState('order', 'tier')
  const by = view === 'person' ? 'person' : 'role'
  const asked = { by, ...filters.asked, ...(role === '' ? {} : { role }), ...sortOf(order) }
  // The parsed boundary: the filters' words are the contract's, and the service looks at them again.
  const load: Load = (query) => service.call('GET /api/people', { query: query as InputOf<'GET /api/people'>['query'] })
  const query = usePages('people', asked, load)
  return (
    <Loaded title="People and roles" query={query}>
      {({ pages }, trouble) => {
        const [first] = pages
        if (!first) return <Page title="People and roles">{trouble}</Page>
        const people = pages.flatMap((page) => page.people)
        const picked = first.roles.find(({ id }) => id === role)
        return (
          <Page
            title="People and roles"
            facts={<Facts view={first} />}
            actions={
              <DownloadAll file="countersign-people.csv" asked={asked} count={first.count} head={csvHead} load={load} rowsOf={csvRows} />
            }
          >
            {trouble}
            <NotRead view={first} />
            {first.roles.length > 0 && <RoleChart roles={first.roles} picked={role} onPick={(id) => setRole(id === role ? '' : id)} />}
            {first.notKnown === null && (
              <Card title={by === 'role' ? 'By role' : 'By person'} note={<Shown view={first} by={by} />} flush>
                <FilterBar filters={filters} choices={peopleFilters} search="Search people and roles">
                  <Choice value={by} onChoice={setBy} />
                  {role !== '' && (
                    <Button
                      icon={<DismissRegular />}
                      iconPosition="after"
                      aria-label={`Show all roles, not only ${picked?.name ?? role}`}
                      onClick={() => setRole('')}
                    >
                      {picked?.name ?? role}
                    </Button>
                  )}
                </FilterBar>
                {people.length === 0 && <Nobody isNarrowed={Object.keys(filters.asked).length > 0 || role !== ''} />}
                {people.length > 0 && <PeopleTable people={people} view={first} by={by} order={order} onOrder={setOrder} />}
                <MoreButton rest={query.hasNextPage === true ? first.count - people.length : 0} onMore={() => void query.fetchNextPage()} />
              </Card>
            )}
          </Page>
        )
      }}
    </Loaded>
  )
}

function Facts({ view }: { readonly view: PeopleView }): React.ReactElement {
  const { locale } = useReader()
  if (view.asOf === null) return <span>Not read yet</span>
  if (view.notKnown) return <span>Not known</span>
  const guests = view.roles.reduce((sum, role) => sum + role.guests, 0)
  return (
    <>
      <span>{counted(view.roles.length, 'role is held', 'roles are held', locale)}</span>
      <span>{`${counted(view.roles.filter(({ tier }) => tier === 'control').length, 'role', 'roles', locale)} on the control plane`}</span>
      {guests > 0 && <span>{counted(guests, 'role in the hands of a guest', 'roles in the hands of guests', locale)}</span>}
      <span>
        {'judged '}
        <Moment at={view.asOf} />
      </span>
    </>
  )
}

/** Every source that was not read is said by itself: what is missing is not none. */
function NotRead({ view }: { readonly view: PeopleView }): React.ReactElement {
  if (view.notKnown) return <NotKnownBar what="The directory roles" notKnown={view.notKnown} />
  return (
    <>
      {view.sources.map(({ source, notKnown }) => notKnown && <NotKnownBar key={source} what={sourceWords[source]} notKnown={notKnown} />)}
    </>
  )
}

function Shown({ view, by }: { readonly view: PeopleView; readonly by: 'role' | 'person' }): React.ReactElement {
  const { locale } = useReader()
  const holders = counted(view.holders, 'holder', 'holders', locale)
  return <span role="status">{by === 'person' ? holders : `${formatCount(view.count, locale)} ways to a role, ${holders}`}</span>
}

function Nobody({ isNarrowed }: { readonly isNarrowed: boolean }): React.ReactElement {
  const rows = useRows()
  const text = useText()
  return (
    <p className={mergeClasses(text.body, rows.row)}>
      {isNarrowed ? 'Nobody fits the search and the filters.' : 'Nobody holds a directory role.'}
    </p>
  )
}

function Choice({
  value,
  onChoice,
}: {
  readonly value: 'role' | 'person'
  readonly onChoice: (value: string) => void
}): React.ReactElement {
  const styles = useStyles()
  return (
    <div role="group" aria-label="Order of the list" className={styles.choice}>
      {(['role', 'person'] as const).map((one) => (
        <Button
          key={one}
          appearance="subtle"
          className={mergeClasses(styles.one, value === one && styles.chosen)}
          aria-pressed={value === one}
          onClick={() => onChoice(one)}
        >
          {one === 'role' ? 'By role' : 'By person'}
        </Button>
      ))}
    </div>
  )
}

const rolesDrawn = 8
const tiers = ['control', 'management', 'user', 'none'] as const satisfies readonly Role['tier'][]

function byReach(one: Role, other: Role): number {
  return tiers.indexOf(one.tier) - tiers.indexOf(other.tier) || other.active + other.eligible - (one.active + one.eligible)
}

function RoleChart({
  roles,
  picked,
  onPick,
}: {
  readonly roles: PeopleView['roles']
  readonly picked: string
  readonly onPick: (id: string) => void
}): React.ReactElement {
  const { locale } = useReader()
  const grid = useGrid()
  return (
    <div className={grid.grid} style={{ marginBottom: 16 }}>
      <StackedBars
        className={grid.twelve}
        title="Holders by role"
        note={
          roles.length > rolesDrawn
            ? `the furthest reach first, then the most holders, ${rolesDrawn} of ${formatCount(roles.length, locale)} roles`
            : 'the furthest reach first, then the most holders'
        }
        head="Role"
        series={[
          { id: 'active', word: 'Held now', tone: 'brand' },
          { id: 'eligible', word: 'Must be activated', tone: 'hollow' },
        ]}
        rows={[...roles].sort(byReach).map(({ id, name, active, eligible, guests, applications, groups }) => {
          return { id, name, values: { active, eligible }, more: { guests, applications, groups } }
        })}
        more={{ guests: 'Of them guests', applications: 'Of them applications', groups: 'Groups beside' }}
        most={rolesDrawn}
        onPick={onPick}
        picked={picked}
      />
    </div>
  )
}

const csvHead = [
  ...['Holder', 'Object id', 'User principal name', 'Kind', 'Synchronised', 'Enabled', 'Role', 'Role id', 'Reach', 'Held now', 'Through'],
  ...['Where', 'Until (UTC)', 'Sign-in methods', 'Registered', 'Last sign-in (UTC)', 'Open findings'],
]

/** One line for each way to a role. */
function csvRows({ people }: PeopleView): (string | number)[][] {
  return people.flatMap((person) =>
    person.holds.map((hold) => [
      ...[person.name, person.id, person.userPrincipalName, kindWords[person.kind], person.isSynced ? 'yes' : 'no'],
      ...[
        person.isEnabled === null ? '' : person.isEnabled ? 'yes' : 'no',
        hold.roleName,
        hold.roleId,
        hold.tier,
        hold.isActive ? 'yes' : 'no',
      ],
      ...[hold.via.map(({ name }) => name).join(' > '), scopeWord(hold.scope), hold.until ?? ''],
      ...[strengthWords[person.methods.strength], person.methods.names.join(' '), person.lastSignIn ?? '', person.findings.open],
    ]),
  )
}
