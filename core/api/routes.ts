import type { Route } from './route.ts'
import { connectAid, disconnectAid } from './aid.ts'
import { listEvents } from './events.ts'
import { getFinding, listFindings } from './findings.ts'
import { getClientSettings, getMe } from './me.ts'
import { getOverview, getScan, getViewPosture, startScan, stopScan } from './posture.ts'
import { createProposal, downloadReceipt, getProposal, getReceipt, listReceipts, rejectProposal } from './proposals.ts'
import { getTrust, refreshEvidence } from './trust.ts'

/** Every route of the service but sign-in pages, the bot's endpoint and static files. */
export const routes = [
  getClientSettings,
  getMe,
  getOverview,
  getViewPosture,
  startScan,
  stopScan,
  getScan,
  listFindings,
  getFinding,
  createProposal,
  getProposal,
  rejectProposal,
  listReceipts,
  getReceipt,
  downloadReceipt,
  getTrust,
  refreshEvidence,
  connectAid,
  disconnectAid,
  listEvents,
] as const satisfies readonly Route[]
