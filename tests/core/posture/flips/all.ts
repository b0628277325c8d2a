import { applicationFlips } from './applications.ts'
import { authenticationFlips } from './authentication.ts'
import { conditionalAccessFlips } from './conditional-access.ts'
import { deviceAndSyncFlips } from './devices-and-sync.ts'
import { guestAndUserFlips } from './guests-and-users.ts'
import { privilegedRoleFlips } from './privileged-roles.ts'
import type { Flips } from './flip.ts'

/** One list for each area. */
export const flipLists: readonly Flips[] = [
  applicationFlips,
  conditionalAccessFlips,
  authenticationFlips,
  privilegedRoleFlips,
  guestAndUserFlips,
  deviceAndSyncFlips,
]
