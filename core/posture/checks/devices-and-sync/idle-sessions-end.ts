import { defineCheck } from '../../check.ts'
import { idleLimitOf } from '../../rules/idle-limit.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const idleSessionsEnd = defineCheck({
  id: 'idle-sessions-end',
  code: 'IT-01',
  area: 'devicesAndSync',
  severity: 'low',
  title: 'Idle web sessions end soon',
  failTitle: 'Idle web sessions stay open for long',
  why: 'A browser left open in a hotel or a library is signed in for whoever comes next.',
  reasons: {
    notSaid,
    right: 'Idle web sessions end after {hours} hours or less.',
    wrong:
      '{limit, select, none {No rule ends idle web sessions.} other {Idle web sessions end only after {limit} (days, hours, minutes).}}',
  },
  objectReason: aboutTenant,
  remediation: ['In the admin centre under Security and privacy, switch on Idle session timeout, and set it to a few hours.'],
  portal: 'https://admin.microsoft.com/#/Settings/SecurityPrivacy',
  frameworks: { cis: ['1.3.2'] },

  needs: ['activityTimeoutPolicies'],
  judge({ activityTimeoutPolicies }, { parameters }) {
    const limit = idleLimitOf(activityTimeoutPolicies)
    if (limit === 'notUnderstood') return judgeSetting('activityTimeoutPolicies', null)
    const longest = parameters.idleSessionHours
    const isShort = limit !== undefined && limit.minutes <= longest * 60
    return judgeSetting('activityTimeoutPolicies', isShort, { hours: longest, limit: limit?.text ?? 'none' })
  },
})
