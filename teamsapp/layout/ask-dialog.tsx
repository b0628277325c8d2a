import * as React from 'react'
import { Button, makeStyles } from '@fluentui/react-components'
import { useShut } from '../client/client.tsx'
import { Modal } from './modal.tsx'

const useStyles = makeStyles({
  button: { whiteSpace: 'nowrap' },
  content: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)', overflowWrap: 'anywhere' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: '8px',
    marginTop: '20px',
    '& > button': { '@container (max-width: 479px)': { flexGrow: 1 } },
  },
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

/** Asks before something is done. */
export function AskDialog(props: AskDialogProps): React.ReactElement {
  const { title, confirm, mayConfirm = true, isBusy = false, onConfirm, onClose, children } = props
  const styles = useStyles()
  const shut = useShut()
  const isShut = !mayConfirm || isBusy || shut !== undefined
  return (
    <Modal title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // The dialog stands in the page that opened it, whose own form is not meant.
          event.stopPropagation()
          if (!isShut) onConfirm()
        }}
      >
        <div className={styles.content}>
          {children}
          {shut !== undefined && <p role="status">{`${shut}. What you have typed stays; this goes on when it is back.`}</p>}
        </div>
        <div className={styles.actions}>
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
        </div>
      </form>
    </Modal>
  )
}
