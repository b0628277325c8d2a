import type { Scheme } from '@countersign/ui/reader.tsx'
import { followSystem } from './theme.ts'

/** Where the tab runs: what it can ask of its surroundings, and nothing about the service. */
export interface Host {
  readonly kind: 'teams' | 'browser'
  readonly locale: string | undefined
  /** Page that the host asks for, for example '/findings/app-secret-expired'; undefined for the address's own. */
  readonly startPath: string | undefined
  /** A token for the service, or undefined where a cookie signs in. Kept by the host, never by us. */
  readonly token: () => Promise<TokenAnswer>
  /** Tells the scheme now and whenever it changes; answers a function that stops it. */
  readonly followScheme: (onScheme: (scheme: Scheme) => void) => () => void
  /** Opens a link of the host, for example the chat. */
  readonly open: (url: string) => void
}

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

function browserHost(): Host {
  return {
    kind: 'browser',
    locale: undefined,
    startPath: undefined,
    token: () => Promise.resolve({ kind: 'none' }),
    followScheme: followSystem,
    open: (url) => {
      window.open(url, '_blank', 'noopener')
    },
  }
}
