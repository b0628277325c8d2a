import type { Changes } from '@countersign/core/api/changes.ts'
import type { ScanLineView, Trend } from '@countersign/core/api/history.ts'
import type { SponsorView } from '@countersign/core/api/sponsor.ts'
import { changes, noSponsor, scanLines, sponsored, trend } from '../sample-history.ts'
import { MockFile, type Answers } from './answer.ts'

/** Earlier scans, what changed between two, and who lets scans run by the clock. */
export interface HistoryState {
  changes: Changes
  scanLines: readonly ScanLineView[]
  sponsor: SponsorView
  trend: Trend
}

export function freshHistory(): HistoryState {
  return { changes, scanLines, sponsor: noSponsor, trend }
}

export const historyAnswers: Answers<HistoryState> = {
  'list-scans': ({ state }) => ({ scans: state.scanLines }),
  'get-trend': ({ state }) => state.trend,
  'get-changes': ({ state }) => state.changes,
  'download-report': ({ id }) => new MockFile(id === 'csv' ? 'text/csv' : id === 'html' ? 'text/html' : 'application/json', `report ${id}`),
  'get-sponsor': ({ state }) => state.sponsor,
  'put-sponsor': ({ state }) => {
    state.sponsor = sponsored
    return state.sponsor
  },
  'delete-sponsor': ({ state }) => {
    state.sponsor = noSponsor
    return state.sponsor
  },
}
