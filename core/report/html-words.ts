import type { Severity, VerdictName } from '../posture/check.ts'

export const severityTitles = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'For information',
} as const satisfies Record<Severity, string>

export const verdictTitles = {
  fail: 'Fails',
  warn: 'Warns',
  pass: 'Passes',
  notApplicable: 'Does not apply',
  manual: 'A person has to look',
  unknown: 'Not read',
} as const satisfies Record<VerdictName, string>
