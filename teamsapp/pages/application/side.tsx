import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ApplicationView } from '@countersign/core/api/applications.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { TierMark } from '@countersign/ui/tier-mark.tsx'
import { PageLink } from '../../layout/links.tsx'
import { counted } from '../../layout/words.ts'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'minmax(88px, 1fr) minmax(0, 2fr)', gap: '8px 12px', margin: 0 },
  value: { margin: 0 },
  stack: { display: 'grid', rowGap: '2px', justifyItems: 'start' },
})

const ownerWords = {
  member: 'Member',
  guest: 'Guest',
  disabled: 'Account disabled',
  gone: 'No longer in the directory',
  application: 'Application',
} as const satisfies Record<ApplicationView['owners'][number]['state'], string>

/** Who can add a credential to it. */
export function Owners({ owners }: Pick<ApplicationView, 'owners'>): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  return (
    <Card title="Owners" note={counted(owners.length, 'owner', 'owners', locale)} flush>
      {owners.length === 0 ? (
        <p className={mergeClasses(text.body, rows.row)}>Nobody in this tenant owns it.</p>
      ) : (
        <ul className={rows.list}>
          {owners.map(({ id, name, through, state, isPrivileged }) => (
            <li key={`${through} ${id}`} className={mergeClasses(rows.row, styles.stack)}>
              {state === 'gone' ? (
                <span className={text.body}>{name}</span>
              ) : (
                <PageLink to={`/${state === 'application' ? 'applications' : 'people'}/${id}`}>{name}</PageLink>
              )}
              <p className={text.caption}>
                {[
                  ownerWords[state],
                  through === 'application' ? 'owns the registration' : 'owns the enterprise application',
                  ...(isPrivileged ? ['holds a privileged role'] : []),
                ].join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Directory roles of the application itself. */
export function Roles({ roles }: Pick<ApplicationView, 'roles'>): React.ReactElement | null {
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  if (roles.length === 0) return null
  return (
    <Card title="Directory roles" flush>
      <ul className={rows.list}>
        {roles.map(({ name, tier, isActive, groups }, index) => (
          <li key={index} className={mergeClasses(rows.row, styles.stack)}>
            <span className={text.strong}>{name}</span>
            <TierMark tier={tier} />
            <p className={text.caption}>{`${isActive ? 'Held now' : 'Must be activated'}${groups === 0 ? '' : ', through a group'}`}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** People who let it act in their own name. */
export function Consents({ consents }: Pick<ApplicationView, 'consents'>): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const { people, unlisted } = consents
  if (people.length === 0) return null
  return (
    <Card title="Consented for themselves" note={counted(people.length + unlisted, 'person', 'people', locale)} flush>
      <ul className={rows.list}>
        {people.map(({ id, name, permissions, basis }) => (
          <li key={basis} className={mergeClasses(rows.row, styles.stack)}>
            <PageLink to={`/people/${id}`}>{name}</PageLink>
            <p className={text.caption}>
              <PathText text={permissions.join(', ')} />
            </p>
          </li>
        ))}
        {unlisted > 0 && <li className={mergeClasses(text.caption, rows.row)}>{`${formatCount(unlisted, locale)} more`}</li>}
      </ul>
    </Card>
  )
}

/** Its ids, as other tools ask for them. */
export function Ids({
  id,
  appId,
  registrationId,
  type,
}: Pick<ApplicationView, 'id' | 'appId' | 'registrationId' | 'type'>): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const facts = [
    ['Kind', type === '' ? 'Not said' : type],
    ['Object id', id],
    ['Client id', appId],
    ['Registration', registrationId ?? 'In another tenant'],
  ] as const
  return (
    <Card title="At a glance">
      <dl className={styles.facts}>
        {facts.map(([word, value]) => (
          <React.Fragment key={word}>
            <dt className={mergeClasses(text.body, text.secondary)}>{word}</dt>
            <dd className={mergeClasses(/^[0-9a-f-]{36}$/i.test(value) ? text.mono : text.body, styles.value)}>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
    </Card>
  )
}
