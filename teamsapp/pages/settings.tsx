import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Navigate, NavLink, useParams } from 'react-router-dom'
import type { Me } from '@countersign/core/api/me.ts'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useWidth } from '@countersign/ui/use-width.ts'
import { useMe } from '../client/client.tsx'
import { Crumbs } from '../layout/breadcrumb.tsx'
import { Page } from '../layout/page.tsx'
import { Loaded, LoadingPage } from '../layout/states.tsx'
import { WhoGivesRoles } from '../layout/who-gives-roles.tsx'
import { roleWords } from '../layout/words.ts'
import { sections, type SettingsSection } from './settings/sections.tsx'

/** From this width on the list of sections stands beside the section. */
const besideFrom = 860
const listColumn = 248

const useStyles = makeStyles({
  beside: { display: 'grid', gridTemplateColumns: `${listColumn}px minmax(0, 1fr)`, columnGap: '24px', alignItems: 'start' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: '2px' },
  side: { position: 'sticky', top: '64px' },
  section: { minWidth: 0 },
  link: {
    display: 'block',
    padding: '8px 12px',
    borderRadius: '6px',
    borderLeft: '3px solid transparent',
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: { backgroundColor: tokens.colorNeutralBackground1, borderLeftColor: tokens.colorBrandForeground1, fontWeight: 600 },
  alone: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    overflow: 'hidden',
    rowGap: 0,
  },
  shut: { display: 'grid', rowGap: '10px', gridTemplateColumns: 'minmax(0, 1fr)' },
  aloneLink: { borderRadius: 0, padding: '11px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
})

/** What is chosen for this tenant and for this person, a section at a time: narrow, the list leads to it; wide, it stands beside. */
export function SettingsPage(): React.ReactElement {
  const query = useMe()
  const { '*': rest = '' } = useParams()
  const [path = ''] = rest.split('/')
  const section = sections.find((one) => one.path === path)
  const [box, width] = useWidth(0)
  return (
    <div ref={box}>
      {path !== '' && !section ? (
        <Navigate to="/settings" replace />
      ) : (
        <Loaded title="Settings" query={query}>
          {(me, trouble) => <Shown key={path} me={me} section={section} trouble={trouble} isWide={width >= besideFrom} />}
        </Loaded>
      )}
    </div>
  )
}

function Shown({
  me,
  section,
  trouble,
  isWide,
}: {
  readonly me: Me
  readonly section: SettingsSection | undefined
  readonly trouble: React.ReactNode
  readonly isWide: boolean
}): React.ReactElement {
  const styles = useStyles()
  const [first] = sections
  if (!section && isWide && first) return <Navigate to={`/settings/${first.path}`} replace />
  if (!section)
    return (
      <Page title="Settings">
        {trouble}
        <SectionList isWide={false} />
      </Page>
    )
  const { title, Section, needs } = section
  const shown = needs === undefined || me.may[needs.may] ? <Section /> : <Shut needs={needs} />
  return (
    <React.Suspense fallback={<LoadingPage title={title} />}>
      <Page title={title} above={isWide ? undefined : <Crumbs to="/settings" list="Settings" here={title} />}>
        {trouble}
        {/* One shape at all widths, so that turning a phone does not lose what was typed. */}
        <div className={mergeClasses(isWide && styles.beside)}>
          <div>{isWide && <SectionList isWide />}</div>
          <div className={styles.section}>{shown}</div>
        </div>
      </Page>
    </React.Suspense>
  )
}

function SectionList({ isWide }: { readonly isWide: boolean }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <nav aria-label="Sections of Settings" className={mergeClasses(isWide && styles.side)}>
      <ul className={mergeClasses(styles.list, !isWide && styles.alone)}>
        {sections.map(({ path, title, note }) => (
          <li key={path}>
            <NavLink
              to={`/settings/${path}`}
              className={({ isActive }) => mergeClasses(styles.link, !isWide && styles.aloneLink, isActive && styles.current)}
            >
              {title}
              <span className={text.caption} style={{ display: 'block' }}>
                {note}
              </span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A section that this person may not open: names the roles that may. */
function Shut({ needs }: { readonly needs: NonNullable<SettingsSection['needs']> }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(needs.roles.map((role) => roleWords[role]))
  return (
    <Card title="Your role does not open this section">
      <div className={styles.shut}>
        <p className={text.body}>{`It is open to people with the role ${names}.`}</p>
        <WhoGivesRoles />
      </div>
    </Card>
  )
}
