import type { Me } from '@countersign/core/api/me.ts'
import { clientSettings, me } from '../sample-records.ts'
import type { Answers } from './answer.ts'

/** Who is signed in, and the Aid. */
export interface SessionState {
  me: Me
}

export function freshSession(): SessionState {
  return { me }
}

export const sessionAnswers: Answers<SessionState> = {
  'get-client-settings': () => clientSettings,
  'get-me': ({ state }) => state.me,
  'connect-aid': () => ({ signInUrl: 'about:blank' }),
  'check-aid': ({ state }) => {
    state.me = { ...state.me, aid: { ...state.me.aid, state: 'connected', detail: null } }
    return { state: 'connected', detail: null, reason: null, policy: null }
  },
  'disconnect-aid': ({ state }) => {
    state.me = { ...state.me, aid: { state: 'notConnected', userPrincipalName: null, detail: null } }
    return { disconnected: true }
  },
}
