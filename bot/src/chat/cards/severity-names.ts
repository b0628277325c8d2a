import type { Severity } from '@countersign/core/posture/check.ts'

export const severityNames = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'For information',
} as const satisfies Record<Severity, string>
