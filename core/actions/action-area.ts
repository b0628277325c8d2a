import type { Action } from './action.ts'

/** What an action is about, as a person looks for it. */
export const actionAreas = ['people', 'guests', 'roles', 'groups', 'applications', 'policies', 'settings'] as const
export type ActionArea = (typeof actionAreas)[number]

/** From what the entry touches and asks for, so that no entry can stand in the wrong place. */
export function actionArea({ touches, inputs }: Pick<Action, 'touches' | 'inputs'>): ActionArea {
  if (touches.includes('tenantSetting')) return 'settings'
  if (touches.includes('policy')) return 'policies'
  if (touches.includes('role')) return 'roles'
  if (touches.includes('groupMembership')) return 'groups'
  if (touches.some((one) => one === 'application' || one === 'servicePrincipal' || one === 'consent')) return 'applications'
  return inputs.some(({ is }) => is === 'guest' || is === 'guests') ? 'guests' : 'people'
}
