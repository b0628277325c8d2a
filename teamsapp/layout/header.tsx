import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular, NavigationRegular } from '@fluentui/react-icons'
import { useLocation } from 'react-router-dom'
import { Moment } from '@countersign/ui/moment.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe, useShut } from '../client/client.tsx'
import { HeaderTools } from './header-tools.tsx'
import { Mark } from './mark.tsx'
import { PageList, PageNav } from './page-nav.tsx'
import { pageAt, pages } from './pages.ts'
import { ServiceBar } from './service-bar.tsx'
import { SkipLink } from './skip-link.tsx'
import { isTold, TroubleBar } from './states.tsx'
import { useOverview, useStartScan } from './scan.ts'

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '0 24px',
    '@container (max-width: 939px)': { padding: '0 12px' },
  },
  row: { display: 'flex', alignItems: 'center', minHeight: '48px', columnGap: '12px' },
  brand: { display: 'inline-flex', alignItems: 'center', columnGap: '8px', marginRight: '8px', fontWeight: 600, whiteSpace: 'nowrap' },
  // The name of the page says more than the brand where there is room for one of them.
  name: { '@container (max-width: 419px)': { display: 'none' } },
  menuButton: { display: 'none', whiteSpace: 'nowrap', '@container (max-width: 939px)': { display: 'inline-flex' } },
  menu: { display: 'none', flexDirection: 'column', paddingBottom: '8px', '@container (max-width: 939px)': { display: 'flex' } },
  scan: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '10px',
    whiteSpace: 'nowrap',
    '@container (max-width: 939px)': { display: 'none' },
  },
  // Pages come first; in the menu of a narrow tab there is room again.
  scanned: { '@container (min-width: 940px) and (max-width: 1199px)': { display: 'none' } },
  menuScan: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', padding: '6px 12px 0', columnGap: '12px' },
})

/** Brand, pages, and the state of the readings. Narrow, the pages fold into a list of their own. */
export function Header(): React.ReactElement {
  const styles = useStyles()
  const { pathname } = useLocation()
  const [isOpen, setOpen] = React.useState(false)
  React.useEffect(() => setOpen(false), [pathname])
  const start = useStartScan()
  const current = pageAt(pathname)
  return (
    <header className={styles.bar}>
      <SkipLink />
      <div className={styles.row}>
        <span className={styles.brand}>
          <Mark />
          <span className={styles.name}>Countersign</span>
        </span>
        <PageNav />
        <HeaderTools />
        <div className={styles.scan}>
          <ScanState start={start} />
        </div>
        <Button
          className={styles.menuButton}
          appearance="subtle"
          icon={<NavigationRegular />}
          iconPosition="after"
          aria-expanded={isOpen}
          aria-label={`Pages, now ${current?.title ?? 'Countersign'}`}
          onClick={() => setOpen(!isOpen)}
        >
          {current?.title ?? 'Pages'}
        </Button>
      </div>
      {isOpen && (
        <div className={styles.menu}>
          <nav aria-label="Pages, menu" style={{ display: 'contents' }}>
            <PageList list={pages} />
          </nav>
          <div className={styles.menuScan}>
            <ScanState start={start} />
          </div>
        </div>
      )}
      {!isTold(start.error) && <TroubleBar error={start.error} />}
      <ServiceBar />
    </header>
  )
}

function ScanState({ start }: { readonly start: ReturnType<typeof useStartScan> }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const me = useMe()
  const overview = useOverview(false)
  const running = overview.data?.runningScan
  const finishedAt = overview.data?.lastScan?.finishedAt
  const mayScan = me.data?.may.scan === true
  const shut = useShut()
  const why = me.data && !mayScan ? 'Scanning needs the role Owner or Administrator' : shut
  return (
    <>
      <span className={mergeClasses(text.caption, styles.scanned)}>
        {running ? (
          running.progress.of === 0 ? (
            'Scan is about to start'
          ) : (
            `Scanning, ${running.progress.done} of ${running.progress.of}`
          )
        ) : finishedAt ? (
          <>
            {'Scanned '}
            <Moment at={finishedAt} />
          </>
        ) : (
          ''
        )}
      </span>
      <Button
        appearance="subtle"
        icon={<ArrowSyncRegular />}
        disabledFocusable={!mayScan || shut !== undefined || running != null || start.isLoading}
        {...(why === undefined ? {} : { title: why })}
        onClick={() => start.mutate(undefined)}
      >
        Scan now
      </Button>
    </>
  )
}
