import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons'
import { NavLink, useLocation } from 'react-router-dom'
import { fitCount, gap } from './fit-count.ts'
import { pageAt, pages, type PageEntry } from './pages.ts'
import { useDismiss } from './use-dismiss.ts'
import { chosenUnderline } from './underline.ts'

const useStyles = makeStyles({
  nav: {
    display: 'flex',
    alignSelf: 'stretch',
    flexGrow: 1,
    flexBasis: 0,
    minWidth: 0,
    columnGap: `${gap}px`,
    '@container (max-width: 939px)': { display: 'none' },
  },
  link: {
    display: 'inline-flex',
    flexShrink: 0,
    alignItems: 'center',
    whiteSpace: 'nowrap',
    padding: '0 10px',
    minHeight: '36px',
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    borderRadius: '4px',
    position: 'relative',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: chosenUnderline,
  listed: { display: 'flex', minHeight: '40px', padding: '0 12px' },
  listedCurrent: { fontWeight: 600, borderLeft: `3px solid ${tokens.colorBrandForeground1}` },
  quiet: { fontWeight: 400, minWidth: 0 },
  more: { position: 'relative', display: 'inline-flex', alignItems: 'center', flexShrink: 0 },
  panel: {
    position: 'absolute',
    top: '100%',
    left: 0,
    zIndex: 3,
    minWidth: '180px',
    padding: '4px',
    borderRadius: '8px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    boxShadow: tokens.shadow16,
  },
})

/** The pages side by side as far as they fit, and the rest behind "More". */
export function PageNav(): React.ReactElement {
  const styles = useStyles()
  const nav = React.useRef<HTMLElement>(null)
  const fitting = useFitting(nav)
  const folded = pages.slice(fitting)
  return (
    <nav ref={nav} className={styles.nav} aria-label="Pages">
      {pages.slice(0, fitting).map(({ path, title }) => (
        <NavLink key={path} to={path} data-page="" className={({ isActive }) => mergeClasses(styles.link, isActive && styles.current)}>
          {title}
        </NavLink>
      ))}
      {folded.length > 0 && <MorePages folded={folded} />}
    </nav>
  )
}

/** The pages below one another: behind "More", and in the menu of a narrow tab. */
export function PageList({ list }: { readonly list: readonly PageEntry[] }): React.ReactElement {
  const styles = useStyles()
  return (
    <>
      {list.map(({ path, title }) => (
        <NavLink
          key={path}
          to={path}
          className={({ isActive }) => mergeClasses(styles.link, styles.listed, isActive && styles.listedCurrent)}
        >
          {title}
        </NavLink>
      ))}
    </>
  )
}

function MorePages({ folded }: { readonly folded: readonly PageEntry[] }): React.ReactElement {
  const styles = useStyles()
  const { pathname } = useLocation()
  const current = pageAt(pathname)
  const isInside = current !== undefined && folded.includes(current)
  const [isOpen, setOpen] = React.useState(false)
  const close = React.useCallback(() => setOpen(false), [])
  React.useEffect(close, [pathname, close])
  const root = useDismiss<HTMLDivElement>(isOpen, close)
  return (
    <div ref={root} className={styles.more}>
      <Button
        appearance="subtle"
        icon={<ChevronDownRegular />}
        iconPosition="after"
        aria-expanded={isOpen}
        aria-label={isInside ? `More pages, now ${current.title}` : 'More pages'}
        className={mergeClasses(styles.link, styles.quiet, isInside && styles.current)}
        onClick={() => setOpen(!isOpen)}
      >
        More
      </Button>
      {isOpen && (
        <div className={styles.panel}>
          <PageList list={folded} />
        </div>
      )}
    </div>
  )
}

/** How many pages fit beside each other. Their widths are measured once, while all of them are shown and before anything is painted. */
function useFitting(nav: React.RefObject<HTMLElement>): number {
  const [fitting, setFitting] = React.useState(pages.length)
  const widths = React.useRef<readonly number[]>([])
  React.useLayoutEffect(() => {
    const element = nav.current
    if (!element) return undefined
    const fit = (): void => {
      // Folded into the menu of a narrow tab: nothing to measure.
      if (element.clientWidth === 0) return
      if (widths.current.length === 0) {
        const links = [...element.querySelectorAll('[data-page]')]
        if (links.length < pages.length) return
        widths.current = links.map((link) => Math.ceil(link.getBoundingClientRect().width) + boldSpare)
      }
      setFitting(fitCount(widths.current, element.clientWidth))
    }
    fit()
    const watch = new ResizeObserver(fit)
    watch.observe(element)
    return () => watch.disconnect()
  }, [nav])
  return fitting
}

/** The current page is set in bold, which is wider by at most this much. */
const boldSpare = 6
