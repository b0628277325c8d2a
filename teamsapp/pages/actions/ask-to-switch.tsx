import * as React from 'react'
import type { SwitchDialogProps } from './switch-dialog.tsx'

const SwitchDialog = React.lazy(async () => ({ default: (await import('./switch-dialog.tsx')).SwitchDialog }))

/** The question before an action is switched, loaded when it is asked. */
export function AskToSwitch(props: SwitchDialogProps): React.ReactElement {
  return (
    <React.Suspense fallback={null}>
      <SwitchDialog {...props} />
    </React.Suspense>
  )
}
