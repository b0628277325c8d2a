import type { AnyProbe } from './claim.ts'
import { readTokenScopes } from './probes/read-token-scopes.ts'

export const probes: readonly AnyProbe[] = [readTokenScopes]

export function findProbe(id: string): AnyProbe | undefined {
  return probes.find((probe) => probe.id === id)
}
