import * as React from 'react'

/** Closes what is open by Escape, by a press outside of it, and when the focus leaves it; Escape gives the focus back to its button. */
export function useDismiss<Root extends HTMLElement>(isOpen: boolean, onClose: () => void): React.RefObject<Root> {
  const root = React.useRef<Root>(null)
  React.useEffect(() => {
    const element = root.current
    if (!isOpen || !element) return undefined
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      onClose()
      element.querySelector('button')?.focus()
    }
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && !element.contains(event.target)) onClose()
    }
    const onLeave = (event: FocusEvent): void => {
      if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) onClose()
    }
    element.addEventListener('keydown', onKey)
    element.addEventListener('focusout', onLeave)
    document.addEventListener('pointerdown', onPress)
    return () => {
      element.removeEventListener('keydown', onKey)
      element.removeEventListener('focusout', onLeave)
      document.removeEventListener('pointerdown', onPress)
    }
  }, [isOpen, onClose])
  return root
}
