import { settingsSchema, type Settings } from '../../core/posture/settings.ts'
import { roleIds, rolesGiven } from './people.ts'
import { holding } from './facts.ts'

/** The product's own identity in the tenants of tests: its Aid is `aid`, its registrations are `read`, `chat` and `act`. */
export const own = {
  aidId: 'aid',
  connectedAt: '2026-10-20T00:00:00.000Z',
  readAppId: 'client-of-read',
  chatAppId: 'client-of-chat',
  actAppId: 'client-of-act',
  neededScopes: ['User.EnableDisableAccount.All', 'User.Read.All'],
  neededRoleTemplateIds: [roleIds.reportsReader],
  neededRoleActions: ['microsoft.directory/applications/credentials/update'],
}

export function withOwn(change: Partial<Settings> = {}): { readonly settings: Settings } {
  return { settings: { ...settingsSchema.parse({ own }), ...change } }
}

/** The Aid holds what it needs and nothing else. */
export const aidRoles = rolesGiven([holding('aid', 'user', roleIds.reportsReader), holding('u1')])
