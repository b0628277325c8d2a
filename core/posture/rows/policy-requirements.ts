import type { z } from 'zod'
import type { grantControls } from './conditional-access-controls.ts'

type GrantControls = z.infer<typeof grantControls>

/** One thing that a sign-in must fulfil: a built-in control by its Graph name, or one of the combinations of a strength. */
export type Requirement =
  | { readonly kind: 'builtIn'; readonly control: string }
  | { readonly kind: 'strength'; readonly combinations: readonly string[] }
  | { readonly kind: 'other' }

/** One way through a policy: everything in it is required at once. */
export type Way = readonly Requirement[]

/**
 * The ways through a policy. With AND there is one that asks for everything; with OR, and with any operator that we do not know,
 * each control is a way of its own, because the weakest is what an attacker takes.
 */
export function waysOf(controls: GrantControls | null): readonly Way[] {
  if (!controls) return []
  const requirements: readonly Requirement[] = [
    ...controls.builtInControls.map((control) => ({ kind: 'builtIn' as const, control })),
    ...(controls.authenticationStrength
      ? [{ kind: 'strength' as const, combinations: controls.authenticationStrength.allowedCombinations }]
      : []),
    ...[...controls.customAuthenticationFactors, ...controls.termsOfUse].map(() => ({ kind: 'other' as const })),
  ]
  if (requirements.length === 0) return []
  return controls.operator === 'AND' ? [requirements] : requirements.map((requirement) => [requirement])
}

/** Whether every way through asks for it. A policy without controls asks for nothing. */
export function demands(ways: readonly Way[], asked: (requirement: Requirement) => boolean): boolean {
  return ways.length > 0 && ways.every((way) => way.some(asked))
}

export function isControl(...controls: readonly string[]): (requirement: Requirement) => boolean {
  return (requirement) => requirement.kind === 'builtIn' && controls.includes(requirement.control)
}

/** The built-in control, or a strength that accepts nothing but a second factor. */
export function isSecondFactor(requirement: Requirement): boolean {
  if (requirement.kind === 'strength') return acceptsOnly(requirement.combinations, isMultiFactor)
  return requirement.kind === 'builtIn' && requirement.control === 'mfa'
}

/** A strength that accepts nothing but methods that a false sign-in page cannot pass on. */
export function isPhishingResistant(requirement: Requirement): boolean {
  return requirement.kind === 'strength' && acceptsOnly(requirement.combinations, (combination) => phishingResistant.has(combination))
}

/** The built-in strength of that name: https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths */
const phishingResistant: ReadonlySet<string> = new Set(['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'])
/** Methods that are two factors in one, from the built-in strength Multifactor authentication. */
const twoInOne: ReadonlySet<string> = new Set([
  ...phishingResistant,
  'deviceBasedPush',
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'federatedMultiFactor',
])
const first: ReadonlySet<string> = new Set(['password', 'federatedSingleFactor'])
const second: ReadonlySet<string> = new Set([
  'microsoftAuthenticatorPush',
  'softwareOath',
  'hardwareOath',
  'sms',
  'voice',
  'x509CertificateSingleFactor',
])

function acceptsOnly(combinations: readonly string[], isFine: (combination: string) => boolean): boolean {
  return combinations.length > 0 && combinations.every(isFine)
}

/** Methods that we do not know count as one factor. */
function isMultiFactor(combination: string): boolean {
  const methods = combination.split(',').map((method) => method.trim())
  if (methods.some((method) => twoInOne.has(method))) return true
  return methods.some((method) => first.has(method)) && methods.some((method) => second.has(method))
}
