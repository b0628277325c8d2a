import type { PolicyTemplate } from './policy-templates/template.ts'
import { deviceCodeFlowBlockedTemplate } from './policy-templates/device-code-flow-blocked.ts'
import { highSignInRiskBlockedTemplate } from './policy-templates/high-sign-in-risk-blocked.ts'
import { highUserRiskBlockedTemplate } from './policy-templates/high-user-risk-blocked.ts'
import { legacyAuthenticationBlockedTemplate } from './policy-templates/legacy-authentication-blocked.ts'
import { managedDeviceForSecurityInfoTemplate } from './policy-templates/managed-device-for-security-info.ts'
import { managedDeviceRequiredTemplate } from './policy-templates/managed-device-required.ts'
import { phishingResistantForEverybodyTemplate } from './policy-templates/phishing-resistant-for-everybody.ts'
import { phishingResistantForPrivilegedRolesTemplate } from './policy-templates/phishing-resistant-for-privileged-roles.ts'
import { secondFactorForEverybodyTemplate } from './policy-templates/second-factor-for-everybody.ts'

/** Conditional Access policies that can be created, in the order of CISA's baseline. Each bears the id of the check that it passes. */
export const policyTemplates = [
  legacyAuthenticationBlockedTemplate,
  highUserRiskBlockedTemplate,
  highSignInRiskBlockedTemplate,
  phishingResistantForEverybodyTemplate,
  secondFactorForEverybodyTemplate,
  phishingResistantForPrivilegedRolesTemplate,
  managedDeviceRequiredTemplate,
  managedDeviceForSecurityInfoTemplate,
  deviceCodeFlowBlockedTemplate,
] as const

type PolicyTemplateId = (typeof policyTemplates)[number]['id']

export const policyTemplateIds: readonly PolicyTemplateId[] = policyTemplates.map(({ id }) => id)
export const policyTemplateNames: Readonly<Record<string, string>> = Object.fromEntries(
  policyTemplates.map(({ id, displayName }) => [id, displayName]),
)

export function policyTemplate(id: PolicyTemplateId): PolicyTemplate {
  const found = policyTemplates.find((template) => template.id === id)
  if (!found) throw new Error(`The policy template ${id} is not in the list.`)
  return found
}
