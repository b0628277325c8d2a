import * as React from 'react'
import { useParams } from 'react-router-dom'
import type { PersonView } from '@countersign/core/api/people.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useRoute } from '../client/client.tsx'
import { Crumbs } from '../layout/breadcrumb.tsx'
import { NotKnownBar } from '../layout/not-known.tsx'
import { ObjectFindings } from '../layout/object-findings.tsx'
import { OfferButton, OfferingState, useOffering, WhyClosed } from '../layout/offers.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { PathsCard } from '../layout/paths-card.tsx'
import { Loaded } from '../layout/states.tsx'
import { kindWords, sourceWords } from './people/words.ts'
import { Holds } from './person/holds.tsx'
import { AtAGlance, Groups, Members, Owns, SignIn } from './person/side.tsx'

/** One person or group: the roles and the way to each, how it signs in, what it owns, and what can be done about it. */
export function PersonPage(): React.ReactElement {
  const { personId = '' } = useParams()
  const query = useRoute('person', 'GET /api/people/:personId', { params: { personId } })
  return (
    <Loaded title="Person" query={query}>
      {(person, trouble) => <Content person={person} trouble={trouble} />}
    </Loaded>
  )
}

const mainWords: Readonly<Record<string, string>> = {
  'disable-user': 'Block sign-in with the Aid',
  'enable-user': 'Unblock sign-in with the Aid',
  'revoke-sessions': 'End all sessions',
  'require-password-change': 'Require a new password',
  'delete-guest': 'Delete the guest',
}

function Content({ person, trouble }: { readonly person: PersonView; readonly trouble: React.ReactNode }): React.ReactElement {
  const grid = useGrid()
  const offering = useOffering()
  const { name, graph, offers, kind } = person
  const isPerson = kind === 'member' || kind === 'guest'
  return (
    <Page
      title={titleOf(person)}
      above={<Crumbs to="/people" list="People and roles" here={name} />}
      facts={
        <>
          <span>{kindWords[kind]}</span>
          {person.isSynced && <span>Synchronised from on premises</span>}
          {isPerson && (
            <span>{person.isEnabled === null ? 'Account not read' : person.isEnabled ? 'Account enabled' : 'Account disabled'}</span>
          )}
          <span>
            {'Judged '}
            <Moment at={person.asOf} />
          </span>
        </>
      }
      actions={
        <>
          {offers
            .filter(({ about }) => about === '')
            .map((offer, index) => (
              <OfferButton
                key={offer.actionId}
                offer={offer}
                name={name}
                words={mainWords[offer.actionId] ?? offer.title}
                offering={offering}
                isMain={index === 0}
              />
            ))}
        </>
      }
    >
      {trouble}
      {person.rolesNotKnown && <NotKnownBar what="The directory roles" notKnown={person.rolesNotKnown} />}
      {isPerson &&
        person.sources.map(
          ({ source, notKnown }) => notKnown && <NotKnownBar key={source} what={sourceWords[source]} notKnown={notKnown} />,
        )}
      <WhyClosed offering={offering} offers={offers} />
      <OfferingState offering={offering} />
      <div className={grid.grid}>
        <div className={`${grid.stack} ${grid.eight}`}>
          <PathsCard
            title="Ways to each role"
            label={`Ways from ${name} to directory roles`}
            none={person.rolesNotKnown ? 'The roles were not read.' : 'No directory role is held or can be activated.'}
            here={person.id}
            nodes={graph.nodes}
            edges={graph.edges}
          />
          {person.holds.length > 0 && <Holds holds={person.holds} offers={offers} name={name} offering={offering} />}
          {kind === 'group' && <Members members={person.members} />}
          <ObjectFindings findings={person.findings} offering={offering} />
        </div>
        <div className={`${grid.stack} ${grid.four}`}>
          {isPerson && <SignIn person={person} />}
          <Owns owns={person.owns} />
          {kind !== 'group' && <Groups groups={person.groups} />}
          <AtAGlance person={person} />
        </div>
      </div>
    </Page>
  )
}

function titleOf({ name, holds, kind, rolesNotKnown }: PersonView): string {
  if (rolesNotKnown) return name
  if (holds.some(({ tier, isActive }) => tier === 'control' && isActive)) return `${name} reaches the control of the tenant`
  if (holds.some(({ tier }) => tier === 'control')) return `${name} can come to control the tenant`
  if (holds.length > 0) return `${name} holds ${holds.length === 1 ? 'a directory role' : 'directory roles'}`
  return `${name} holds no directory role${kind === 'group' ? ' as a group' : ''}`
}
