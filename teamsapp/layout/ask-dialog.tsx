import * as React from 'react'
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components'
import { usePalette } from '@countersign/ui/palette.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useShut } from '../client/client.tsx'
import { useFocusBack } from './focus-back.ts'

const useStyles = makeStyles({
  surface: { maxWidth: '560px', boxSizing: 'border-box', containerType: 'inline-size' },
  button: { whiteSpace: 'nowrap' },
  content: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)', overflowWrap: 'anywhere' },
})

export interface AskDialogProps {
  readonly title: string
  /** The verb with its object on the button that goes on. */
  readonly confirm: string
  readonly mayConfirm?: boolean
  readonly isBusy?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: React.ReactNode
}

/** Asks before something is done. It lies outside of the page's own ground, so it brings the colours of marks with it. */
export function AskDialog(props: AskDialogProps): React.ReactElement {
  const { title, confirm, mayConfirm = true, isBusy = false, onConfirm, onClose, children } = props
  const { scheme } = useReader()
  const styles = useStyles()
  const palette = usePalette()
  const shut = useShut()
  const isShut = !mayConfirm || isBusy || shut !== undefined
  useFocusBack()
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={mergeClasses(styles.surface, palette[scheme])}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!isShut) onConfirm()
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {children}
              {shut !== undefined && <p role="status">{`${shut}. What you have typed stays; this goes on when it is back.`}</p>}
            </DialogContent>
            <DialogActions>
              <Button
                className={styles.button}
                appearance="primary"
                type="submit"
                disabledFocusable={isShut}
                {...(shut === undefined ? {} : { title: shut })}
              >
                {confirm}
              </Button>
              <Button appearance="secondary" onClick={onClose}>
                Cancel
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
