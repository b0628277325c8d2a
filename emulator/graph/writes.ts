import type { WriteEntry } from './write-entry.ts'
import { applicationWrites } from './writes-applications.ts'
import { peopleWrites } from './writes-people.ts'
import { policyWrites } from './writes-policies.ts'

/** The writes that the emulator plays. Every other state-changing request is judged for its scopes, then answered 501. */
export const writes: readonly WriteEntry[] = [...peopleWrites, ...applicationWrites, ...policyWrites]
