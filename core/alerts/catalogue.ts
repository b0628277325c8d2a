import type { AlertRule } from './rule.ts'
import { consentLost } from './rules/consent-lost.ts'
import { controlPlaneGrant } from './rules/control-plane-grant.ts'
import { credentialExpiring } from './rules/credential-expiring.ts'
import { criticalFinding } from './rules/critical-finding.ts'
import { riskyUser } from './rules/risky-user.ts'
import { scanFailing } from './rules/scan-failing.ts'
import { scoreDrop } from './rules/score-drop.ts'

/** Every rule, in the order in which they are shown. */
export const alertRules: readonly AlertRule[] = [
  criticalFinding,
  controlPlaneGrant,
  riskyUser,
  scoreDrop,
  credentialExpiring,
  scanFailing,
  consentLost,
]

export const alertRuleIds: readonly string[] = alertRules.map(({ id }) => id)

export function alertRuleOf(id: string): AlertRule | undefined {
  return alertRules.find((rule) => rule.id === id)
}
