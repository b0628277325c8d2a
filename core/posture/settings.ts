import { z } from 'zod'
import { overrideSchema } from './parameters/override.ts'
import { suppressedCountings } from './suppression.ts'

/** Declared exceptions and parameters of one tenant; also the `params` of the offline input. */
export const exclusionsSchema = z.object({
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  applications: z.array(z.string()).default([]),
  guestUserTypes: z.array(z.string()).default([]),
})

/**
 * What can be declared. `user`, `group`, `application` and `guestUserType` may be left out of policies; a `roleHolder` (`roleHolderGroup`) may hold a
 * privileged role permanently; an `emergencyAccount` may both; a `serviceAccount` is signed in to by a program, may be left out, and is no emergency
 * account.
 */
export const declaredKinds = [
  'user',
  'group',
  'application',
  'guestUserType',
  'emergencyAccount',
  'serviceAccount',
  'roleHolder',
  'roleHolderGroup',
] as const
export type DeclaredKind = (typeof declaredKinds)[number]

/** Kinds of guests as Graph names them. */
export const guestUserTypes = [
  'internalGuest',
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
] as const

/** An exception that an owner declared: the checks count it as wanted, and it is listed with its reason. */
export const declaredSchema = z.object({
  id: z.uuid(),
  kind: z.enum(declaredKinds),
  /** Object id of a user or a group, client id of an application, kind of a guest. */
  objectId: z.string(),
  reason: z.string(),
  /** Object id and name of the owner. */
  by: z.string(),
  byName: z.string(),
  /** ISO time, UTC. */
  at: z.string(),
  /** ISO time from which the checks count it no more; absent where it stands until it is withdrawn. */
  until: z.string().optional(),
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
  /** User accounts that programs sign in to; `withDeclared` adds them to `exclusions`, and none of them is an emergency account. */
  serviceAccounts: z.array(z.string()).default([]),
  /** Role template ids counted as privileged; empty means Microsoft's list. */
  privilegedRoleTemplateIds: z.array(z.string()).default([]),
  /** Exceptions declared one by one; `withDeclared` adds them to `exclusions`. */
  declared: z.array(declaredSchema).default([]),
  /** Parameters of the baseline that the tenant sets differently; at most one entry a parameter. */
  overrides: z.array(overrideSchema).default([]),
  /** How suppressed findings count in the score. */
  suppressedInScore: z.enum(suppressedCountings).default('open'),
  /** Filled when a scan is judged; null while no Aid is connected, and offline unless the file says it. */
  own: ownSchema.nullable().default(null),
})
export type Settings = z.infer<typeof settingsSchema>
export const defaultSettings: Settings = settingsSchema.parse({})

/** Whether a declaration counts at this time. */
export function stands({ until }: Pick<Declared, 'until'>, now: number): boolean {
  return until === undefined || Date.parse(until) > now
}

/** The settings as the checks read them at this time (ms since 1970, UTC): what was declared one by one and stands counts as declared. */
export function withDeclared(settings: Settings, now: number): Settings {
  const standing = settings.declared.filter((entry) => stands(entry, now))
  const of = (...kinds: readonly DeclaredKind[]): string[] =>
    standing.filter(({ kind }) => kinds.includes(kind)).map(({ objectId }) => objectId)
  const { exclusions, permanentRoleAssignmentAllowed: holders } = settings
  const serviceAccounts = [...settings.serviceAccounts, ...of('serviceAccount')]
  return {
    ...settings,
    serviceAccounts,
    exclusions: {
      users: [...exclusions.users, ...of('user', 'emergencyAccount'), ...serviceAccounts],
      groups: [...exclusions.groups, ...of('group')],
      applications: [...exclusions.applications, ...of('application')],
      guestUserTypes: [...exclusions.guestUserTypes, ...of('guestUserType')],
    },
    permanentRoleAssignmentAllowed: {
      users: [...holders.users, ...of('roleHolder', 'emergencyAccount')],
      groups: [...holders.groups, ...of('roleHolderGroup')],
    },
  }
}
