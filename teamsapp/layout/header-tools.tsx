import * as React from 'react'
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkRegular, LinkRegular, SearchRegular } from '@fluentui/react-icons'
import { useLocation } from 'react-router-dom'
import { useClient } from '../client/client.tsx'
import { Boundary } from './boundary.tsx'
import { copyText } from './copy-text.ts'

const CommandBox = React.lazy(async () => ({ default: (await import('./commands/command-box.tsx')).CommandBox }))

const useStyles = makeStyles({
  tools: { display: 'inline-flex', alignItems: 'center', flexShrink: 0, marginLeft: 'auto' },
  search: { '@container (max-width: 1319px)': { minWidth: '32px', maxWidth: '32px', padding: '5px' } },
  keys: {
    color: tokens.colorNeutralForeground3,
    fontSize: '12px',
    fontWeight: 400,
    marginLeft: '6px',
    '@container (max-width: 1319px)': { display: 'none' },
  },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
})

const toldForMs = 2500

/** What every page offers beside its own: the command box, and a link that leads somebody else here. */
export function HeaderTools(): React.ReactElement {
  const styles = useStyles()
  return (
    <div className={styles.tools}>
      <Commands />
      <CopyLink />
    </div>
  )
}

function Commands(): React.ReactElement {
  const styles = useStyles()
  const { key } = useLocation()
  const [isOpen, setOpen] = React.useState(false)
  React.useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      // Another dialog may ask for something: it is not covered by this one.
      if (document.querySelector('[role="dialog"],[role="alertdialog"],dialog') === null) setOpen(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button
        appearance="subtle"
        className={styles.search}
        icon={<SearchRegular />}
        aria-label="Go to or do, Ctrl K"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        title="Go to or do (Ctrl+K)"
        onClick={() => setOpen(true)}
      >
        <span className={styles.keys}>Ctrl K</span>
      </Button>
      {isOpen && (
        <Boundary place={key} instead={null}>
          <React.Suspense fallback={null}>
            <CommandBox onClose={() => setOpen(false)} />
          </React.Suspense>
        </Boundary>
      )}
    </>
  )
}

function CopyLink(): React.ReactElement {
  const styles = useStyles()
  const { host } = useClient()
  const { pathname, search } = useLocation()
  const [told, setTold] = React.useState('')
  React.useEffect(() => {
    if (told === '') return undefined
    const timer = setTimeout(() => setTold(''), toldForMs)
    return () => clearTimeout(timer)
  }, [told])
  return (
    <>
      <Button
        appearance="subtle"
        icon={told === 'Link copied' ? <CheckmarkRegular /> : <LinkRegular />}
        aria-label="Copy a link to this page"
        title={told === '' ? 'Copy a link to this page' : told}
        onClick={() => {
          void copyText(host.linkTo(`${pathname}${search}`)).then((isCopied) =>
            setTold(isCopied ? 'Link copied' : 'The link could not be copied'),
          )
        }}
      />
      <span className={styles.hidden} role="status">
        {told}
      </span>
    </>
  )
}
