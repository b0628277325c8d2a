import type { AnyCheck } from './check.ts'
import { appSecretExpired } from './checks/applications/app-secret-expired.ts'
import { appSecretExpiresSoon } from './checks/applications/app-secret-expires-soon.ts'
import { legacyAuthenticationBlocked } from './checks/conditional-access/legacy-authentication-blocked.ts'
import { globalAdministratorCount } from './checks/privileged-roles/global-administrator-count.ts'

/** In the order of the public catalogue's codes. */
export const checks: readonly AnyCheck[] = [appSecretExpired, appSecretExpiresSoon, legacyAuthenticationBlocked, globalAdministratorCount]

export function checkOf(id: string): AnyCheck | undefined {
  return checks.find((check) => check.id === id)
}
