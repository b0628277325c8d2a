import { z } from 'zod'
import { suppressedCountings } from './suppression.ts'

/** Declared exceptions and parameters of one tenant; also the `params` of the offline input. */
export const exclusionsSchema = z.object({
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  applications: z.array(z.string()).default([]),
  guestUserTypes: z.array(z.string()).default([]),
})

export const declaredKinds = ['user', 'group', 'application'] as const

/** An exception that an owner declared: the checks count it as wanted, and it is listed with its reason. */
export const declaredSchema = z.object({
  id: z.uuid(),
  kind: z.enum(declaredKinds),
  /** Object id of a user or a group, client id of an application. */
  objectId: z.string(),
  reason: z.string(),
  /** Object id and name of the owner. */
  by: z.string(),
  byName: z.string(),
  /** ISO time, UTC. */
  at: z.string(),
})
export type Declared = z.infer<typeof declaredSchema>

/** The product's own identity in the tenant and what its switched-on actions need, so that it judges itself as it judges others. */
export const ownSchema = z.object({
  /** Object id of the Aid. */
  aidId: z.string(),
  /** ISO time at which the Aid was connected, or connected anew. */
  connectedAt: z.string(),
  /** Client ids of the three registrations. */
  readAppId: z.string(),
  chatAppId: z.string(),
  actAppId: z.string(),
  neededScopes: z.array(z.string()),
  neededRoleTemplateIds: z.array(z.string()),
  /** What a custom role of the Aid may allow. */
  neededRoleActions: z.array(z.string()),
})
export type Own = z.infer<typeof ownSchema>

export const settingsSchema = z.object({
  /** Object ids (application: app ids) that a Conditional Access policy may leave out. */
  exclusions: exclusionsSchema.default({ users: [], groups: [], applications: [], guestUserTypes: [] }),
  /** Principals that may hold a privileged role permanently. */
  permanentRoleAssignmentAllowed: z
    .object({ users: z.array(z.string()).default([]), groups: z.array(z.string()).default([]) })
    .default({ users: [], groups: [] }),
  /** Role template ids counted as privileged; empty means Microsoft's list. */
  privilegedRoleTemplateIds: z.array(z.string()).default([]),
  /** Exceptions declared one by one; `withDeclared` adds them to `exclusions`. */
  declared: z.array(declaredSchema).default([]),
  /** How suppressed findings count in the score. */
  suppressedInScore: z.enum(suppressedCountings).default('open'),
  /** Filled when a scan is judged; null while no Aid is connected, and offline unless the file says it. */
  own: ownSchema.nullable().default(null),
})
export type Settings = z.infer<typeof settingsSchema>
export const defaultSettings: Settings = settingsSchema.parse({})

/** The settings as the checks read them: what was declared one by one counts as excluded. */
export function withDeclared(settings: Settings): Settings {
  const of = (kind: Declared['kind']): string[] => settings.declared.filter((entry) => entry.kind === kind).map(({ objectId }) => objectId)
  const { exclusions } = settings
  return {
    ...settings,
    exclusions: {
      ...exclusions,
      users: [...exclusions.users, ...of('user')],
      groups: [...exclusions.groups, ...of('group')],
      applications: [...exclusions.applications, ...of('application')],
    },
  }
}
