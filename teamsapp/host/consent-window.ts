import { tellSignedIn } from './session-channel.ts'
import { tellConsentGiven } from './teams.ts'

/** The window that asks for consent: first it leaves for the service's sign-in, then it comes back and closes itself. */
export async function runConsentWindow(path: string, element: HTMLElement): Promise<void> {
  if (path === '/consent') {
    window.location.replace(`/auth/sign-in?${new URLSearchParams({ to: '/consent-done' }).toString()}`)
    return
  }
  element.textContent = 'You are signed in. This window can be closed.'
  tellSignedIn()
  await tellConsentGiven().catch(() => undefined)
}
