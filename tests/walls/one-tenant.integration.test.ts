import { shareOneTenant } from './shared-walls.ts'

shareOneTenant()
// In this order: the tokens are tried while nothing moves in the tenant, and the last of the read plane writes to it.
await import('./shared/tokens.ts')
await import('./shared/read-plane.ts')
