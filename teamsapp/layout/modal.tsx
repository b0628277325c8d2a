import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { usePalette } from '@countersign/ui/palette.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useDialogSurface, useShownDialog } from './dialog-surface.ts'
import { useFocusBack } from './focus-back.ts'

const useStyles = makeStyles({
  modal: {
    padding: '24px',
    maxWidth: '560px',
    maxHeight: 'calc(100vh - 24px)',
    overflowY: 'auto',
    margin: 'auto',
    textAlign: 'left',
    whiteSpace: 'normal',
    containerType: 'inline-size',
    // A phone shows it as a sheet that comes from below, where the thumb is.
    '@media (max-width: 479px)': {
      padding: '20px 16px 16px',
      width: '100%',
      maxWidth: '100%',
      marginBottom: 0,
      borderBottomLeftRadius: 0,
      borderBottomRightRadius: 0,
    },
  },
  title: { margin: '0 0 12px', fontSize: '20px', lineHeight: '28px', fontWeight: 600, overflowWrap: 'anywhere' },
})

export interface ModalProps {
  readonly title: string
  /** Left out where there is no way past the question. */
  readonly onClose?: () => void
  readonly children: React.ReactNode
}

/**
 * The browser's own modal dialog: it keeps the focus inside, hides the page from nobody when it has gone, and stands above whatever else is
 * open. It stands where it is drawn, so themes and palettes reach it.
 */
export function Modal({ title, onClose, children }: ModalProps): React.ReactElement {
  const { scheme } = useReader()
  const styles = useStyles()
  const dialog = useDialogSurface()
  const text = useText()
  const palette = usePalette()
  const id = React.useId()
  const element = useShownDialog()
  const isPressedBeside = React.useRef(false)
  useFocusBack()
  // What had the focus may go while the dialog stays, as the row does that is deleted in it.
  React.useEffect(() => {
    const heading = document.activeElement === document.body ? element.current?.querySelector('h2') : undefined
    if (!heading) return
    heading.tabIndex = -1
    heading.focus()
  })
  return (
    <dialog
      ref={element}
      role={onClose ? 'dialog' : 'alertdialog'}
      aria-modal="true"
      aria-labelledby={id}
      className={mergeClasses(text.body, palette[scheme], dialog.surface, styles.modal)}
      onCancel={(event) => {
        // Whoever opened it decides whether it goes.
        event.preventDefault()
        onClose?.()
      }}
      onKeyDown={keepInside}
      // Text that is marked from inside to beside the dialog must not close it: the press has to begin there too.
      onMouseDown={(event) => void (isPressedBeside.current = event.target === event.currentTarget && isBeside(event))}
      onClick={(event) => isPressedBeside.current && event.target === event.currentTarget && isBeside(event) && onClose?.()}
    >
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}

/** Tab goes round inside the dialog: on its own the browser would lead out of the page, in Teams into the frame around it. */
function keepInside(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return
  const reachable = [...event.currentTarget.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]')].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.getClientRects().length > 0,
  )
  const [first, last] = [reachable.at(0), reachable.at(-1)]
  const [end, other] = event.shiftKey ? [first, last] : [last, first]
  if (!end || !other || !isSameStop(document.activeElement, end)) return
  event.preventDefault()
  other.focus()
}

/** All choices of one group are one stop for Tab. */
function isSameStop(active: Element | null, end: HTMLElement): boolean {
  const isChoice = (element: Element | null): element is HTMLInputElement => element instanceof HTMLInputElement && element.type === 'radio'
  return active === end || (isChoice(active) && isChoice(end) && active.name === end.name)
}

/** A press on the padding meets the dialog itself, as one beside it does. */
function isBeside({ currentTarget, clientX, clientY }: React.MouseEvent<HTMLElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}
