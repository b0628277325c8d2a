import type { Host } from './host.ts'
import { followSystem } from './theme.ts'

/** A window of its own, or a frame that no host of Microsoft 365 answers for: a cookie signs in, and the address bar leads. */
export function browserHost(): Host {
  return {
    kind: 'browser',
    locale: undefined,
    startPath: undefined,
    token: () => Promise.resolve({ kind: 'none' }),
    takeTokensFrom: () => undefined,
    followScheme: followSystem,
    open: (url) => {
      window.open(url, '_blank', 'noopener')
    },
    linkTo: (path) => `${window.location.origin}${path}`,
    onBack: () => undefined,
    told: () => undefined,
  }
}
