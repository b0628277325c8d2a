import * as React from 'react'
import type { AskDialogProps } from './ask-dialog.tsx'

const AskDialog = React.lazy(async () => ({ default: (await import('./ask-dialog.tsx')).AskDialog }))

/** Asks before something is done. A page is there before its dialogs are: they are loaded when one is opened. */
export function Ask(props: AskDialogProps): React.ReactElement {
  return (
    <React.Suspense fallback={null}>
      <AskDialog {...props} />
    </React.Suspense>
  )
}
