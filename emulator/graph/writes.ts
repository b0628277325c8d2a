import type { WriteEntry } from './write-entry.ts'
import { appRoleWrites } from './writes-app-roles.ts'
import { applicationWrites } from './writes-applications.ts'
import { grantWrites } from './writes-grants.ts'
import { peopleWrites } from './writes-people.ts'
import { policyWrites } from './writes-policies.ts'
import { restoreWrites } from './writes-restore.ts'
import { servicePrincipalWrites } from './writes-service-principals.ts'

/** The writes that the emulator plays. Every other state-changing request is judged for its scopes, then answered 501. */
export const writes: readonly WriteEntry[] = [
  ...peopleWrites,
  ...applicationWrites,
  ...servicePrincipalWrites,
  ...grantWrites,
  ...appRoleWrites,
  ...policyWrites,
]
