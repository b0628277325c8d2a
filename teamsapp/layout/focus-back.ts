import * as React from 'react'

/**
 * When the dialog goes, the focus returns to what opened it; where that has gone too, to the command box. Where the focus was is noted
 * while drawing for the first time, because the dialog itself moves it.
 */
export function useFocusBack(): void {
  const [opener] = React.useState(() =>
    document.activeElement === document.body ? document.querySelector(lastResort) : document.activeElement,
  )
  React.useEffect(
    () => () => {
      if (opener instanceof HTMLElement) for (const wait of focusWaits) setTimeout(() => giveBack(opener), wait)
    },
    [opener],
  )
}

/** Takes the focus where nothing had it: the button of the command box, which is on every page. */
const lastResort = '[aria-keyshortcuts]'

/** Milliseconds after the dialog has gone. */
const focusWaits = [0, 50, 150, 400]

function giveBack(opener: HTMLElement): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (isLost && opener.isConnected) opener.focus()
}
