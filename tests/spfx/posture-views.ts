import type { ViewPosture } from '../../core/api/posture.ts'

type Area = ViewPosture['areas'][number]

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }

function area(
  id: Area['area'],
  title: string,
  score: number | null,
  change: number | null,
  failing: Partial<Area['checks']['failing']>,
  passed: number,
  notRead = 0,
): Area {
  const counts = { ...none, ...failing }
  return {
    area: id,
    title,
    score,
    change,
    checks: { failing: counts, passed, notRead },
    open: Object.values(counts).reduce((sum, count) => sum + count, 0),
  }
}

/** A tenant with everything to show: six areas, five risks, thirteen weeks, six checks not read. */
export const fullView: ViewPosture = {
  tenant: { displayName: 'Fabrikam Nordic' },
  scannedAt: '2026-11-22T06:04:00.000Z',
  score: {
    value: 72.4,
    change: 4.1,
    since: '2026-11-15T06:04:00.000Z',
    trend: [61, 61.5, 60, 62.8, 64, 64.2, 62.1, 66, 67.5, 66.8, 67.9, 68.3, 72.4].map((value, week) => ({
      at: new Date(Date.UTC(2026, 7, 30 + 7 * week)).toISOString(),
      value,
    })),
  },
  checks: { read: 212, of: 218 },
  openFindings: 63,
  areas: [
    area('authentication', 'Authentication', 84, 9, { high: 1, medium: 2 }, 31),
    area('applications', 'Applications', 58, -3, { critical: 2, high: 4, medium: 7, low: 3 }, 24, 1),
    area('privilegedRoles', 'Privileged roles', 66, 0, { critical: 1, high: 2, medium: 3 }, 29),
    area('conditionalAccess', 'Conditional access', 71, 6, { high: 3, medium: 5, low: 2 }, 37),
    area('devicesAndSync', 'Devices and sync', null, null, {}, 0, 5),
    area('guestsAndUsers', 'Guests and users', 79, 2, { high: 1, medium: 4, low: 4 }, 41),
  ],
  risks: [
    {
      checkId: 'app-role-grant-takeover',
      severity: 'critical',
      title: 'A guest owns an app that can grant itself any role',
      area: 'applications',
      areaTitle: 'Applications',
      affects: '1 app',
    },
    {
      checkId: 'emergency-accounts-shared-phone',
      severity: 'critical',
      title: 'Two emergency accounts share one phone number',
      area: 'privilegedRoles',
      areaTitle: 'Privileged roles',
      affects: '2 accounts',
    },
    {
      checkId: 'app-secret-long-lived',
      severity: 'high',
      title: 'A client secret for the HR connector expires in 2037',
      area: 'applications',
      areaTitle: 'Applications',
      affects: '1 app',
    },
    {
      checkId: 'ca-admin-device',
      severity: 'medium',
      title: 'Administrators can sign in from unmanaged devices',
      area: 'conditionalAccess',
      areaTitle: 'Conditional access',
      affects: '14 people',
    },
    {
      checkId: 'guest-invite',
      severity: 'low',
      title: 'Guests can invite other guests',
      area: 'guestsAndUsers',
      areaTitle: 'Guests and users',
      affects: '412 guests',
    },
  ],
}

/** Before the first scan has finished. */
export const emptyView: ViewPosture = {
  tenant: fullView.tenant,
  scannedAt: null,
  score: null,
  checks: { read: 0, of: 218 },
  openFindings: 0,
  areas: [],
  risks: [],
}

/** Everything read, nothing open. */
export const clearView: ViewPosture = { ...fullView, checks: { read: 218, of: 218 }, openFindings: 0, risks: [] }
