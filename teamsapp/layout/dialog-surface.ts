import * as React from 'react'
import { makeStyles, tokens } from '@fluentui/react-components'

/** What every modal dialog looks like, wherever it stands. Merged last: text styles take margins away. */
export const useDialogSurface = makeStyles({
  surface: {
    width: 'calc(100vw - 24px)',
    boxSizing: 'border-box',
    borderRadius: '8px',
    border: `1px solid ${tokens.colorTransparentStroke}`,
    boxShadow: tokens.shadow64,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    '::backdrop': { backgroundColor: tokens.colorBackgroundOverlay },
  },
})

/** The browser's own modal dialog, open for as long as it is drawn. */
export function useShownDialog(): React.RefObject<HTMLDialogElement> {
  const dialog = React.useRef<HTMLDialogElement>(null)
  React.useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return dialog
}
