import type { Route } from './route.ts'
import { getReadings, getScopes, listActions, listProposals, settleProposal, switchAction } from './actions.ts'
import { checkAid, connectAid, disconnectAid } from './aid.ts'
import { listActivity } from './activity.ts'
import {
  chooseAlertRule,
  deleteMyAlerts,
  getMyAlerts,
  listAlertMessages,
  listAlertRules,
  listAlertSubscriptions,
  muteMyAlerts,
  putMyAlerts,
  sendTestAlert,
} from './alerts.ts'
import { getApplication, listApplications } from './applications.ts'
import { chooseBaseline, getBaselines, setParameter, withdrawParameter } from './baselines.ts'
import { getChanges } from './changes.ts'
import { listEvents } from './events.ts'
import { declareException, listExceptions, withdrawException } from './exceptions.ts'
import { downloadFindings, listFindingObjects } from './finding-objects.ts'
import { getFinding, listFindings } from './findings.ts'
import { getJudgement, getTrend, listScans } from './history.ts'
import { getMembers } from './members.ts'
import { getClientSettings, getMe } from './me.ts'
import { getPerson, listPeople } from './people.ts'
import { getOverview, getScan, getViewPosture, setTarget, startScan, stopScan } from './posture.ts'
import { createProposal, downloadReceipt, getProposal, getReceipt, listReceipts, rejectProposal } from './proposals.ts'
import { exportJournal, listHeads } from './receipts.ts'
import { downloadReport } from './reports.ts'
import { search } from './search.ts'
import { changeView, deleteView, listViews, saveView } from './saved-views.ts'
import { deleteSponsor, getSponsor, putSponsor } from './sponsor.ts'
import { chooseSuppressedCounting, liftSuppression, listSuppressions, suppressFinding } from './suppressions.ts'
import { getTimeline } from './timeline.ts'
import { getTrust, refreshEvidence } from './trust.ts'

/** Every route of the service but sign-in pages, the bot's endpoint and static files. */
export const routes = [
  getClientSettings,
  getMe,
  getOverview,
  getViewPosture,
  setTarget,
  startScan,
  stopScan,
  getScan,
  listScans,
  getTrend,
  getJudgement,
  getChanges,
  getTimeline,
  downloadReport,
  getSponsor,
  putSponsor,
  deleteSponsor,
  listFindings,
  listFindingObjects,
  downloadFindings,
  getFinding,
  listViews,
  saveView,
  changeView,
  deleteView,
  listApplications,
  getApplication,
  listPeople,
  getPerson,
  listActions,
  switchAction,
  listProposals,
  createProposal,
  getProposal,
  rejectProposal,
  getReadings,
  settleProposal,
  listReceipts,
  getReceipt,
  downloadReceipt,
  exportJournal,
  listHeads,
  getTrust,
  refreshEvidence,
  listExceptions,
  declareException,
  withdrawException,
  listSuppressions,
  suppressFinding,
  liftSuppression,
  chooseSuppressedCounting,
  getBaselines,
  chooseBaseline,
  setParameter,
  withdrawParameter,
  checkAid,
  connectAid,
  disconnectAid,
  getScopes,
  getMembers,
  listAlertRules,
  chooseAlertRule,
  getMyAlerts,
  putMyAlerts,
  deleteMyAlerts,
  muteMyAlerts,
  sendTestAlert,
  listAlertSubscriptions,
  listAlertMessages,
  listActivity,
  search,
  listEvents,
] as const satisfies readonly Route[]
