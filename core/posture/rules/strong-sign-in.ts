import { demands, isPhishingResistant } from '../rows/policy-requirements.ts'
import type { PolicyRule } from './conditional-access-coverage.ts'

/** A policy that lets nobody in without a method that resists phishing. */
export const phishingResistantForEverybody: PolicyRule = { fits: ({ ways }) => demands(ways, isPhishingResistant) }
