import * as React from 'react'

/** The element's width in CSS pixels, followed as it changes; `initial` until it has been measured. */
export function useWidth(initial: number): [React.RefObject<HTMLDivElement>, number] {
  const box = React.useRef<HTMLDivElement>(null)
  const [width, setWidth] = React.useState(initial)
  React.useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width]
}
