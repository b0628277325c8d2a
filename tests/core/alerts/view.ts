import type { AlertView } from '../../../core/alerts/view.ts'

export const now = Date.parse('2026-11-22T12:00:00Z')
export const dayMs = 24 * 3_600_000

/** A tenant in which everything was read and nothing is worth a word. */
export function viewWith(over: Partial<AlertView> = {}): AlertView {
  return {
    now,
    findings: [],
    scores: [{ at: now - dayMs, value: 80 }],
    scans: [{ failed: false, at: now - 3_600_000, problem: '' }],
    credentials: [],
    permissionGrants: [],
    roleGrants: [],
    riskyUsers: [],
    readLost: null,
    aidLost: null,
    ...over,
  }
}
