import { setTarget, type Overview } from '@countersign/core/api/posture.ts'
import { overview, sampleNow, view } from '../sample-posture.ts'
import { runningScan } from '../sample-history.ts'
import type { Answers } from './answer.ts'

/** The overview and the scan that runs. */
export interface PostureState {
  overview: Overview
}

export function freshPosture(): PostureState {
  return { overview }
}

export const postureAnswers: Answers<PostureState> = {
  'get-overview': ({ state }) => state.overview,
  'get-view-posture': () => view,
  'set-target': ({ state, body }) => {
    const { value } = setTarget.body.parse(body)
    const target = value === null ? null : { value, byName: 'Maja Lindqvist', at: sampleNow }
    state.overview = { ...state.overview, score: state.overview.score && { ...state.overview.score, target } }
    return { target }
  },
  'start-scan': ({ state }) => {
    state.overview = { ...state.overview, runningScan: runningScan(1) }
    return state.overview.runningScan
  },
  'stop-scan': ({ state }) => {
    state.overview = { ...state.overview, runningScan: null }
    return { ...runningScan(1), state: 'stopped' }
  },
}
