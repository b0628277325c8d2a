import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { PersonView } from '@countersign/core/api/people.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { RiskMark } from '@countersign/ui/risk-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from '../../layout/links.tsx'
import { counted } from '../../layout/words.ts'
import { Methods } from '../people/cells.tsx'
import { methodWord } from '../people/words.ts'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'minmax(88px, 1fr) minmax(0, 2fr)', gap: '8px 12px', margin: 0 },
  value: { margin: 0 },
  stack: { display: 'grid', rowGap: '2px', justifyItems: 'start' },
})

/** How the person signs in, as far as it was read. */
export function SignIn({ person }: { readonly person: PersonView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { methods, lastSignIn, sources } = person
  const isRead = sources.some(({ source, notKnown }) => source === 'signIns' && notKnown === null)
  const name = mergeClasses(text.body, text.secondary)
  const value = mergeClasses(text.body, styles.value)
  return (
    <Card title="Sign-in">
      <dl className={styles.facts}>
        <dt className={name}>Strength</dt>
        <dd className={value}>
          <Methods person={person} />
        </dd>
        {methods.strength !== 'notRead' && (
          <>
            <dt className={name}>Registered</dt>
            <dd className={value}>{methods.names.length === 0 ? 'Nothing' : methods.names.map(methodWord).join(', ')}</dd>
          </>
        )}
        <dt className={name}>Last sign-in</dt>
        <dd className={value}>{lastSignIn === null ? isRead ? 'Never' : 'Not read' : <Moment at={lastSignIn} as="age" />}</dd>
      </dl>
    </Card>
  )
}

/** Applications that it can add a credential to. */
export function Owns({ owns }: Pick<PersonView, 'owns'>): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  if (owns.length === 0) return null
  return (
    <Card title="Owned applications" note={formatCount(owns.length, locale)} flush>
      <ul className={rows.list}>
        {owns.map(({ id, name, through, score, level, basis }) => (
          <li key={basis} className={mergeClasses(rows.row, styles.stack)}>
            {id === null ? <span className={text.body}>{name}</span> : <PageLink to={`/applications/${id}`}>{name}</PageLink>}
            {score !== null && level !== null && <RiskMark score={score} level={level} />}
            <p className={text.caption}>{through === 'application' ? 'Owns the registration' : 'Owns the enterprise application'}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const howWords = { member: 'Member', mayJoin: 'May make itself a member', owner: 'Owner: can add members' } as const satisfies Record<
  PersonView['groups'][number]['how'],
  string
>

/** Of other groups than those with a role nothing is read, and the card says so. */
export function Groups({ groups }: Pick<PersonView, 'groups'>): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  return (
    <Card title="Groups with a role" note={formatCount(groups.length, locale)} flush>
      {groups.length === 0 ? (
        <p className={mergeClasses(text.body, rows.row)}>In no group that holds a directory role. Other groups are not read.</p>
      ) : (
        <ul className={rows.list}>
          {groups.map(({ id, name, how, basis }) => (
            <li key={basis} className={mergeClasses(rows.row, styles.stack)}>
              <PageLink to={`/people/${id}`}>{name}</PageLink>
              <p className={text.caption}>{howWords[how]}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Who is in the group, or can come into it. */
export function Members({ members }: Pick<PersonView, 'members'>): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const { listed, unlisted } = members
  return (
    <Card title="Members and owners" note={counted(listed.length + unlisted, 'entry', 'entries', locale)} flush>
      {listed.length === 0 ? (
        <p className={mergeClasses(text.body, rows.row)}>Nobody is in it, or its members were not read.</p>
      ) : (
        <ul className={rows.list}>
          {listed.map(({ id, name, how, basis }) => (
            <li key={basis} className={mergeClasses(rows.row, styles.stack)}>
              <PageLink to={`/people/${id}`}>{name}</PageLink>
              <p className={text.caption}>{howWords[how]}</p>
            </li>
          ))}
          {unlisted > 0 && <li className={mergeClasses(text.caption, rows.row)}>{`${formatCount(unlisted, locale)} more`}</li>}
        </ul>
      )}
    </Card>
  )
}

export function AtAGlance({ person: { id, userPrincipalName, createdAt } }: { readonly person: PersonView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const name = mergeClasses(text.body, text.secondary)
  return (
    <Card title="At a glance">
      <dl className={styles.facts}>
        {userPrincipalName !== '' && (
          <>
            <dt className={name}>Signs in as</dt>
            <dd className={mergeClasses(text.body, styles.value)}>
              <PathText text={userPrincipalName} />
            </dd>
          </>
        )}
        <dt className={name}>Object id</dt>
        <dd className={mergeClasses(text.mono, styles.value)}>{id}</dd>
        {createdAt !== null && (
          <>
            <dt className={name}>Created</dt>
            <dd className={mergeClasses(text.body, styles.value)}>
              <Moment at={createdAt} as="day" />
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}
