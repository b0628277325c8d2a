import { finding, findings } from '../sample-posture.ts'
import type { Answers } from './answer.ts'

/** The list of findings, and the one that every finding's page shows under its own id. */
export interface FindingsState {
  findings: typeof findings
  finding: typeof finding
}

export function freshFindings(): FindingsState {
  return { findings, finding }
}

export const findingsAnswers: Answers<FindingsState> = {
  'list-findings': ({ state }) => state.findings,
  'get-finding': ({ state, id }) => ({ ...state.finding, checkId: id }),
}
