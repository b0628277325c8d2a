import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { SearchRegular } from '@fluentui/react-icons'
import { useLocation, useNavigate } from 'react-router-dom'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { copyText } from '../copy-text.ts'
import { useDialogSurface, useShownDialog } from '../dialog-surface.ts'
import { noteChosen, type CommandEntry } from './entries.ts'
import { placeAfter } from './place.ts'
import { useCommands } from './use-commands.ts'

const useStyles = makeStyles({
  box: {
    padding: 0,
    maxWidth: '640px',
    overflow: 'hidden',
    margin: '10vh auto auto',
    '@media (max-width: 640px)': { margin: '12px auto auto' },
  },
  top: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '10px',
    padding: '0 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground3,
  },
  input: {
    flexGrow: 1,
    minWidth: 0,
    height: '48px',
    border: 'none',
    outline: 'none',
    background: 'none',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: '16px',
    '::placeholder': { color: tokens.colorNeutralForeground3 },
  },
  list: { maxHeight: 'min(56vh, 480px)', overflowY: 'auto', padding: '4px 0 8px' },
  group: { padding: '12px 16px 4px', color: tokens.colorNeutralForeground2 },
  option: {
    display: 'flex',
    alignItems: 'baseline',
    columnGap: '12px',
    padding: '8px 16px',
    minHeight: '36px',
    boxSizing: 'border-box',
    cursor: 'pointer',
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    '& > *': { color: 'inherit' },
    // A bar at the beginning says which one in every theme, without a frame that jumps from row to row.
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandForeground1}`,
    outline: `1px solid ${tokens.colorTransparentStroke}`,
    outlineOffset: '-1px',
  },
  title: { overflowWrap: 'anywhere' },
  note: {
    marginLeft: 'auto',
    textAlign: 'right',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    minWidth: '30%',
    '@media (max-width: 640px)': { display: 'none' },
  },
  foot: { padding: '8px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
})

/** One box for everything that has a name or a number: www.w3.org/WAI/ARIA/apg/patterns/combobox. */
export function CommandBox({ onClose }: { readonly onClose: () => void }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const dialog = useDialogSurface()
  const element = useShownDialog()
  const run = useRun(onClose)
  const [query, setQuery] = React.useState('')
  const [place, setPlace] = React.useState(0)
  const { entries, isSearching, gap } = useCommands(query)
  const at = Math.min(place, entries.length - 1)
  const chosen = entries[at]
  const words = isSearching ? 'Searching' : entries.length === 1 ? '1 result' : `${entries.length} results`
  return (
    <dialog
      ref={element}
      className={mergeClasses(dialog.surface, styles.box)}
      aria-label="Go to or do"
      onCancel={onClose}
      // A press beside the box meets the dialog itself, whose inside is filled by the box.
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.top}>
        <SearchRegular fontSize={20} aria-hidden="true" />
        <input
          className={styles.input}
          autoFocus
          role="combobox"
          aria-label="Go to or do"
          aria-expanded={entries.length > 0}
          aria-controls="command-list"
          aria-autocomplete="list"
          aria-activedescendant={chosen ? idOf(at) : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Page, finding, application, person, receipt number…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setPlace(0)
          }}
          onKeyDown={(event) => {
            const next = placeAfter(event.key, at, entries.length)
            if (next !== undefined) {
              event.preventDefault()
              setPlace(next)
            } else if (event.key === 'Enter' && chosen) {
              event.preventDefault()
              run(chosen)
            }
          }}
        />
      </div>
      <div className={styles.list} id="command-list" role="listbox" aria-label="Results">
        {entries.map((entry, index) => (
          <React.Fragment key={`${entry.group} ${entry.id}`}>
            {entry.group !== entries[index - 1]?.group && (
              <div className={mergeClasses(text.captionStrong, styles.group)} role="presentation">
                {entry.group}
              </div>
            )}
            <Option entry={entry} index={index} isActive={index === at} onPoint={setPlace} onRun={run} />
          </React.Fragment>
        ))}
      </div>
      {entries.length === 0 && !isSearching && <p className={mergeClasses(text.body, styles.foot)}>Nothing has these words.</p>}
      {gap !== undefined && <p className={mergeClasses(text.caption, styles.foot)}>{gap}</p>}
      <span className={styles.hidden} role="status">
        {words}
      </span>
    </dialog>
  )
}

function Option({
  entry,
  index,
  isActive,
  onPoint,
  onRun,
}: {
  readonly entry: CommandEntry
  readonly index: number
  readonly isActive: boolean
  readonly onPoint: (index: number) => void
  readonly onRun: (entry: CommandEntry) => void
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const element = React.useRef<HTMLDivElement>(null)
  React.useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <div
      ref={element}
      id={idOf(index)}
      role="option"
      aria-selected={isActive}
      className={mergeClasses(styles.option, isActive && styles.active)}
      // The field keeps the focus: what is chosen is told by aria-activedescendant.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => isActive || onPoint(index)}
      onClick={() => onRun(entry)}
    >
      <span className={mergeClasses(text.body, styles.title)}>{entry.title}</span>
      {entry.note !== '' && <span className={mergeClasses(text.caption, styles.note)}>{entry.note}</span>}
    </div>
  )
}

function idOf(index: number): string {
  return `command-${index}`
}

function useRun(onClose: () => void): (entry: CommandEntry) => void {
  const { host } = useClient()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  return (entry) => {
    noteChosen(entry)
    onClose()
    const { does } = entry
    if (does.kind === 'go') navigate(does.path)
    else if (does.kind === 'open') host.open(does.url)
    else void copyText(host.linkTo(`${pathname}${search}`))
  }
}
