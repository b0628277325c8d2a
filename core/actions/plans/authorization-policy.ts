import type { EchoExpectation, Subject } from '../action.ts'

/** The tenant's one authorization policy; Graph v1.0 gives it this name for an id. */
export const authorizationPolicy: Subject = {
  type: 'tenant',
  id: 'authorizationPolicy',
  name: 'the tenant’s authorization policy',
  qualifier: 'authorizationPolicy',
}

export const authorizationPath = '/policies/authorizationPolicy'
export const authorizationActivities = ['Update authorization policy']

export const mayChangeAuthorization = {
  name: 'Privileged Role Administrator',
  templateId: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  actions: ['microsoft.directory/authorizationPolicy/allProperties/allTasks'],
  because: 'Of all roles only this one and Global Administrator may change the authorization policy, and custom roles cannot.',
  scope: 'tenant',
} as const

export const authorizationStolen =
  'Change what everybody may do by default, such as registering applications or consenting; with the role, give anybody any role.'

export const authorizationUnconfirmed =
  'Which id the audit log gives the authorization policy: Graph itself names it by a word, and a row under another id is not found.'

export function authorizationEcho(name: string, newValueContains: string): EchoExpectation {
  return { activities: authorizationActivities, targetId: authorizationPolicy.id, modified: { name, newValueContains } }
}
