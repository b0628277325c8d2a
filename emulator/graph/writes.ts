import type { WriteEntry } from './write-entry.ts'
import { appRoleWrites } from './writes-app-roles.ts'
import { applicationWrites } from './writes-applications.ts'
import { grantWrites } from './writes-grants.ts'
import { groupWrites } from './writes-groups.ts'
import { peopleWrites } from './writes-people.ts'
import { policyWrites } from './writes-policies.ts'
import { restoreWrites } from './writes-restore.ts'
import { riskWrites } from './writes-risk.ts'
import { roleWrites } from './writes-roles.ts'
import { servicePrincipalWrites } from './writes-service-principals.ts'
import { signInMethodWrites } from './writes-sign-in-methods.ts'

/** The writes that the emulator plays. Every other state-changing request is judged for its scopes, then answered 501. */
export const writes: readonly WriteEntry[] = [
  ...peopleWrites,
  ...signInMethodWrites,
  ...roleWrites,
  ...groupWrites,
  ...riskWrites,
  ...restoreWrites,
  ...applicationWrites,
  ...servicePrincipalWrites,
  ...grantWrites,
  ...appRoleWrites,
  ...policyWrites,
]
