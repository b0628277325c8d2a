import * as React from 'react'

/**
 * When the dialog goes, the focus returns to what opened it. Where that goes with it, as the row does that was removed, the heading of the
 * nearest part of the page that is still there takes it. Where the focus was is noted while drawing for the first time, because the dialog
 * itself moves it.
 */
export function useFocusBack(): void {
  const [way] = React.useState(wayToTop)
  React.useEffect(() => () => giveBackAfter(focusWaits, way), [way])
}

/** Takes the focus where nothing had it: the button of the command box, which is on every page. */
const lastResort = '[aria-keyshortcuts]'

/**
 * Milliseconds from one look to the next after the dialog has gone; the later ones, because a row goes only once the list was read again. One
 * after the other, because a page that stood still for a while has not looked meanwhile.
 */
const focusWaits = [0, 50, 100, 250, 600, 1000, 2000] as const

function giveBackAfter([wait, ...rest]: readonly number[], way: readonly Element[]): void {
  if (wait === undefined) return
  setTimeout(() => {
    giveBack(way)
    giveBackAfter(rest, way)
  }, wait)
}

/** What has the focus, and all that it stands in. */
function wayToTop(): readonly Element[] {
  const way: Element[] = []
  const focus = document.activeElement === document.body ? document.querySelector(lastResort) : document.activeElement
  for (let element = focus; element; element = element.parentElement) way.push(element)
  return way
}

function giveBack([opener, ...around]: readonly Element[]): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (!isLost || !(opener instanceof HTMLElement)) return
  if (opener.isConnected) return opener.focus()
  for (const element of around) {
    const heading = element.isConnected ? element.querySelector<HTMLElement>('h1, h2, h3') : null
    if (!heading) continue
    heading.tabIndex = -1
    return heading.focus()
  }
}
