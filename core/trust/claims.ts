import type { Claim } from './claim.ts'
import { readPlaneReadOnly } from './claims/read-plane-read-only.ts'

export const claims: readonly Claim[] = [readPlaneReadOnly]
