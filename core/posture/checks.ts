import type { AnyCheck } from './check.ts'
import { appSecretExpired } from './checks/applications/app-secret-expired.ts'
import { appSecretExpiresSoon } from './checks/applications/app-secret-expires-soon.ts'
import { legacyAuthenticationBlocked } from './checks/conditional-access/legacy-authentication-blocked.ts'
import { globalAdministratorCount } from './checks/privileged-roles/global-administrator-count.ts'
import { fewerGlobalAdministratorsThanOthers } from './checks/privileged-roles/fewer-global-administrators-than-others.ts'
import { privilegedUsersCloudOnly } from './checks/privileged-roles/privileged-users-cloud-only.ts'
import { noPermanentPrivilegedAssignment } from './checks/privileged-roles/no-permanent-privileged-assignment.ts'
import { noAssignmentOutsidePim } from './checks/privileged-roles/no-assignment-outside-pim.ts'
import { globalAdministratorActivationApproved } from './checks/privileged-roles/global-administrator-activation-approved.ts'
import { privilegedRoleAdministratorActivationApproved } from './checks/privileged-roles/privileged-role-administrator-activation-approved.ts'
import { privilegedAssignmentAlerts } from './checks/privileged-roles/privileged-assignment-alerts.ts'
import { globalAdministratorActivationAlert } from './checks/privileged-roles/global-administrator-activation-alert.ts'
import { privilegedActivationAlerts } from './checks/privileged-roles/privileged-activation-alerts.ts'
import { privilegedActivationNeedsMfa } from './checks/privileged-roles/privileged-activation-needs-mfa.ts'
import { privilegedActivationShort } from './checks/privileged-roles/privileged-activation-short.ts'
import { noGuestInPrivilegedRole } from './checks/privileged-roles/no-guest-in-privileged-role.ts'
import { noDisabledUserInRole } from './checks/privileged-roles/no-disabled-user-in-role.ts'
import { roleGroupsProtected } from './checks/privileged-roles/role-groups-protected.ts'
import { roleGroupOwnersPrivileged } from './checks/privileged-roles/role-group-owners-privileged.ts'
import { customRolesWithoutControl } from './checks/privileged-roles/custom-roles-without-control.ts'

/** In the order of the public catalogue's codes. */
export const checks: readonly AnyCheck[] = [
  appSecretExpired,
  appSecretExpiresSoon,
  legacyAuthenticationBlocked,
  globalAdministratorCount,
  fewerGlobalAdministratorsThanOthers,
  privilegedUsersCloudOnly,
  noPermanentPrivilegedAssignment,
  noAssignmentOutsidePim,
  globalAdministratorActivationApproved,
  privilegedRoleAdministratorActivationApproved,
  privilegedAssignmentAlerts,
  globalAdministratorActivationAlert,
  privilegedActivationAlerts,
  privilegedActivationNeedsMfa,
  privilegedActivationShort,
  noGuestInPrivilegedRole,
  noDisabledUserInRole,
  roleGroupsProtected,
  roleGroupOwnersPrivileged,
  customRolesWithoutControl,
]

export function checkOf(id: string): AnyCheck | undefined {
  return checks.find((check) => check.id === id)
}
