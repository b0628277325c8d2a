import { z } from 'zod'

/** Declared exceptions and parameters of one tenant; also the `params` of the offline input. */
export const exclusionsSchema = z.object({
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  applications: z.array(z.string()).default([]),
  guestUserTypes: z.array(z.string()).default([]),
})

export const settingsSchema = z.object({
  /** Object ids (application: app ids) that a Conditional Access policy may leave out. */
  exclusions: exclusionsSchema.default({ users: [], groups: [], applications: [], guestUserTypes: [] }),
  /** Principals that may hold a privileged role permanently. */
  permanentRoleAssignmentAllowed: z
    .object({ users: z.array(z.string()).default([]), groups: z.array(z.string()).default([]) })
    .default({ users: [], groups: [] }),
  /** Role template ids counted as privileged; empty means Microsoft's list. */
  privilegedRoleTemplateIds: z.array(z.string()).default([]),
})
export type Settings = z.infer<typeof settingsSchema>
export const defaultSettings: Settings = settingsSchema.parse({})
