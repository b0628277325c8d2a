/** Pages of this origin tell each other that somebody has signed in; nothing but that goes through it. */
const channelName = 'countersign-session'

export function tellSignedIn(): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('signedIn')
  channel.close()
}

/** Runs when another page of this browser has signed in; answers a function that stops it. */
export function whenSignedIn(run: () => void): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = () => run()
  return () => channel.close()
}

/** Signs in in a window of its own, so that the page and all that was typed on it stay. False where the browser allows no window. */
export function openSignInWindow(): boolean {
  return window.open('/auth/sign-in?to=%2Fsigned-in', 'countersign-sign-in', 'popup,width=540,height=720') !== null
}
