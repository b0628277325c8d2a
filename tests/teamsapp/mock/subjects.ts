import { actionsAnswers, freshActions, type ActionsState } from './actions.ts'
import { alertsAnswers, freshAlerts, type AlertsState } from './alerts.ts'
import type { Answers } from './answer.ts'
import { applicationsAnswers, freshApplications, type ApplicationsState } from './applications.ts'
import { baselinesAnswers, freshBaselines, type BaselinesState } from './baselines.ts'
import { exceptionsAnswers, freshExceptions, type ExceptionsState } from './exceptions.ts'
import { findingsAnswers, freshFindings, type FindingsState } from './findings.ts'
import { freshHistory, historyAnswers, type HistoryState } from './history.ts'
import { freshPeople, peopleAnswers, type PeopleState } from './people.ts'
import { freshPosture, postureAnswers, type PostureState } from './posture.ts'
import { freshProposals, proposalsAnswers, type ProposalsState } from './proposals.ts'
import { freshReceipts, receiptsAnswers, type ReceiptsState } from './receipts.ts'
import { freshSearch, searchAnswers, type SearchState } from './search.ts'
import { freshSession, sessionAnswers, type SessionState } from './session.ts'

/** What the answers of all subjects draw on. A subject names its state, how it begins, and its answers: once in each of these three lists. */
export interface SubjectsState
  extends
    SessionState,
    PostureState,
    HistoryState,
    FindingsState,
    ApplicationsState,
    PeopleState,
    ProposalsState,
    ActionsState,
    AlertsState,
    ExceptionsState,
    BaselinesState,
    ReceiptsState,
    SearchState {}

export function freshSubjects(): SubjectsState {
  return {
    ...freshSession(),
    ...freshPosture(),
    ...freshHistory(),
    ...freshFindings(),
    ...freshApplications(),
    ...freshPeople(),
    ...freshProposals(),
    ...freshActions(),
    ...freshAlerts(),
    ...freshExceptions(),
    ...freshBaselines(),
    ...freshReceipts(),
    ...freshSearch(),
  }
}

export const answers: Answers<SubjectsState> = {
  ...sessionAnswers,
  ...postureAnswers,
  ...historyAnswers,
  ...findingsAnswers,
  ...applicationsAnswers,
  ...peopleAnswers,
  ...proposalsAnswers,
  ...actionsAnswers,
  ...alertsAnswers,
  ...exceptionsAnswers,
  ...baselinesAnswers,
  ...receiptsAnswers,
  ...searchAnswers,
}
