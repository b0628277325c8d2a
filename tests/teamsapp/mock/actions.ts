import { actionList, readings } from '../sample-actions.ts'
import { scopes } from '../sample-permissions.ts'
import { sampleNow } from '../sample-posture.ts'
import type { Answers } from './answer.ts'
import type { SessionState } from './session.ts'

/** The catalogue of actions with their switches, and the permissions that follow from them. */
export interface ActionsState {
  actions: typeof actionList
  scopes: typeof scopes
}

export function freshActions(): ActionsState {
  return { actions: actionList, scopes }
}

export const actionsAnswers: Answers<ActionsState & SessionState> = {
  'list-actions': ({ state }) => state.actions,
  'switch-action': ({ state, id }) => {
    const actions = state.actions.actions.map((one) =>
      one.id === id ? { ...one, enabled: !one.enabled, switched: { by: state.me.displayName, at: sampleNow } } : one,
    )
    state.actions = { ...state.actions, actions }
    return actions.find((one) => one.id === id)
  },
  'get-readings': () => readings,
  'get-scopes': ({ state }) => state.scopes,
}
