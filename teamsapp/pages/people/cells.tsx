import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { ShieldCheckmarkRegular, ShieldErrorRegular, ShieldRegular } from '@fluentui/react-icons'
import type { HoldView, PersonLine } from '@countersign/core/api/people.ts'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { colour } from '@countersign/ui/palette.ts'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { severityWords } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from '../../layout/links.tsx'
import { kindWords, methodWord, strengthWords } from './words.ts'

const useStyles = makeStyles({
  methods: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  icon: { display: 'inline-flex', flexShrink: 0 },
  bad: { color: colour.bad },
})

/** Whose page it is, and what tells two of one name apart. */
export function Holder({ person }: { readonly person: PersonLine }): React.ReactElement {
  const text = useText()
  const list = person.kind === 'servicePrincipal' ? '/applications' : '/people'
  return (
    <>
      <PageLink to={`${list}/${person.id}`}>{person.name}</PageLink>
      <div className={text.caption}>
        <PathText text={[...notes(person), person.userPrincipalName].filter(Boolean).join(' · ')} />
      </div>
    </>
  )
}

function notes({ kind, isEnabled, isSynced }: PersonLine): string[] {
  return [kindWords[kind], ...(isSynced ? ['synchronised'] : []), ...(isEnabled === false ? ['disabled'] : [])]
}

const icons = { phishingResistant: ShieldCheckmarkRegular, mfa: ShieldRegular, none: ShieldErrorRegular } as const

/** How strong the registered methods are, with their names in the tooltip. */
export function Methods({ person: { methods } }: { readonly person: Pick<PersonLine, 'methods'> }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { strength, names } = methods
  if (strength === 'notRead' || strength === 'notApplicable') return <span className={text.caption}>{strengthWords[strength]}</span>
  const Icon = icons[strength]
  return (
    <span
      className={mergeClasses(text.caption, styles.methods)}
      title={names.length === 0 ? 'No method is registered' : names.map(methodWord).join(', ')}
    >
      <span className={mergeClasses(styles.icon, strength === 'none' && styles.bad)} aria-hidden="true">
        <Icon fontSize={16} />
      </span>
      {strengthWords[strength]}
    </span>
  )
}

/** Held now or to be activated, by itself or through which groups. */
export function How({ hold }: { readonly hold: HoldView }): React.ReactElement {
  const text = useText()
  return (
    <>
      <div className={text.body}>{hold.isActive ? 'Held now' : 'Must be activated'}</div>
      <div className={text.caption}>
        {hold.via.length === 0
          ? 'Directly'
          : `Through ${[...hold.via]
              .reverse()
              .map(({ name }) => name)
              .join(', then ')}`}
      </div>
    </>
  )
}

export function Until({ until }: { readonly until: string | null }): React.ReactElement {
  const text = useText()
  return until === null ? <span className={text.caption}>No end</span> : <Moment at={until} as="day" />
}

export function LastSignIn({ person, isRead }: { readonly person: PersonLine; readonly isRead: boolean }): React.ReactElement {
  const text = useText()
  if (person.lastSignIn !== null) return <Moment at={person.lastSignIn} as="age" />
  const word = person.kind === 'group' || person.kind === 'servicePrincipal' ? '—' : isRead ? 'Never' : 'Not read'
  return <span className={text.caption}>{word}</span>
}

export function OpenFindings({ findings: { open, worst } }: Pick<PersonLine, 'findings'>): React.ReactElement {
  const { locale } = useReader()
  const text = useText()
  return (
    <>
      {formatCount(open, locale)}
      {worst !== null && <div className={text.caption}>{severityWords[worst]}</div>}
    </>
  )
}
