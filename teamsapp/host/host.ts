import type { Scheme } from '@countersign/ui/reader.tsx'
import { browserHost } from './browser.ts'

/** Where the tab runs: what it can ask of its surroundings, and nothing about the service. */
export interface Host {
  readonly kind: 'teams' | 'browser'
  readonly locale: string | undefined
  /** Page that the host asks for, for example '/findings/app-secret-expired'; undefined for the address's own. */
  readonly startPath: string | undefined
  /** A token for the service, or undefined where a cookie signs in. Kept by the host, never by us. */
  readonly token: () => Promise<TokenAnswer>
  /** Takes tokens from a credential that has been loaded, instead of asking the host itself. */
  readonly takeTokensFrom: (give: () => Promise<string>) => void
  /** Tells the scheme now and whenever it changes; answers a function that stops it. */
  readonly followScheme: (onScheme: (scheme: Scheme) => void) => () => void
  /** Opens a link of the host, for example the chat. */
  readonly open: (url: string) => void
  /** Address by which somebody else comes to this page of ours in the same host. */
  readonly linkTo: (path: string) => string
  /** Runs when the host's own way back is pressed; it answers whether there was a page of ours to go back to. */
  readonly onBack: (goBack: () => boolean) => void
  /** Tells the host that the first page is there, or why it is not; only the first word counts. */
  readonly told: (outcome: StartOutcome) => void
}

export type StartOutcome =
  | { readonly kind: 'shown' }
  /** The page is there and asks for consent: no failure that the host should cover with a page of its own. */
  | { readonly kind: 'asksConsent' }
  | { readonly kind: 'failed'; readonly why: 'signIn' | 'unreachable' | 'other'; readonly message: string }

export type TokenAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'needsConsent' }
  | { readonly kind: 'failed'; readonly code: string }

/** Teams and its kin show the tab in a frame; nothing of teams-js is loaded in a window of its own. */
export async function findHost(): Promise<Host> {
  if (window.parent === window) return browserHost()
  const { teamsHost } = await import('./teams.ts')
  return (await teamsHost()) ?? browserHost()
}
