import type { NearMiss } from '../../../../core/posture/check.ts'
import { checkOf } from '../../../../core/posture/checks.ts'
import { settingsSchema } from '../../../../core/posture/settings.ts'
import { judged } from '../../../build/judged.ts'
import type { Given } from '../../../build/judged.ts'
import type { Case } from './random-cases.ts'
import { checkNamed } from './random-cases.ts'
import type { RawPolicy } from './raw-policy.ts'
import { blocks } from './reference-checks.ts'
import type { Pledge } from './reference-checks.ts'
import { appliedSets } from './reference-evaluator.ts'
import type { About } from './reference-evaluator.ts'
import { possible } from './reference-tenant.ts'
import type { Tenant } from './reference-tenant.ts'

export interface Judged {
  readonly verdict: string
  readonly reason: string
  readonly nearMiss: NearMiss | undefined
}

/** What the product says. */
export function verdictOf(
  { check, baseline, declared }: Omit<Case, 'wanted' | 'others'>,
  policies: readonly RawPolicy[],
  beside: Given = {},
): Judged {
  const entry = checkOf(check)
  if (!entry) throw new Error(`There is no check ${check}.`)
  const settings = settingsSchema.parse({ exclusions: declared, privilegedRoleTemplateIds: ['r1', 'r2'] })
  const device = { allowedToJoin: { '@odata.type': '' } }
  const given: Given = {
    roleAssignments: [],
    ...beside,
    conditionalAccessPolicies: policies,
    securityDefaults: [{ id: 's', isEnabled: false }],
    // Insider Risk Management, without which that check does not apply.
    subscribedSkus: [
      {
        id: 's',
        skuId: 's',
        capabilityStatus: 'Enabled',
        servicePlans: [{ servicePlanId: 'd587c7a3-bda9-4f99-8776-9bcf59c84f75', provisioningStatus: 'Success' }],
      },
    ],
    deviceRegistrationPolicy: [
      {
        id: 'd',
        userDeviceQuota: 5,
        multiFactorAuthConfiguration: 'notRequired',
        azureADJoin: { ...device, localAdmins: { enableGlobalAdmins: false, registeringUsers: { '@odata.type': '' } } },
        localAdminPassword: { isEnabled: true },
      },
    ],
  }
  const [result] = judged(given, { settings, baseline, checks: [entry] })
  if (!result || result.outcome.verdict === 'unknown') throw new Error(`${check} was not judged: ${JSON.stringify(result)}`)
  const { outcome } = result
  if (outcome.verdict === 'notApplicable' || outcome.verdict === 'manual') throw new Error(`${check} is ${outcome.verdict}.`)
  return { verdict: outcome.verdict, reason: outcome.reason, nearMiss: 'nearMiss' in outcome ? outcome.nearMiss : undefined }
}

/** What the sign-ins say, in a tenant. */
export function truthOf(
  { check: id, baseline, declared }: Omit<Case, 'wanted' | 'others'>,
  policies: readonly RawPolicy[],
  tenant: Tenant,
): string {
  const check = checkNamed(id)
  const first: Pledge = { ...check, ...check.byBaseline?.(baseline) }
  const alone = baseline === 'scuba'
  if (isKept(first, policies, declared, tenant, alone)) return 'pass'
  return check.fallback && isKept(check.fallback, policies, declared, tenant, alone) ? check.fallback.verdict(baseline) : 'fail'
}

function isKept(pledge: Pledge, policies: readonly RawPolicy[], declared: Case['declared'], tenant: Tenant, alone: boolean): boolean {
  const { about, action, demands, names } = pledge
  const meant = withoutDeclared(about, declared)
  const holds = (some: readonly RawPolicy[]): boolean => {
    const asked = demands.map((demand) => bitsOf(some, (policy) => demand(policy) || blocks(policy)))
    return appliedSets(some, tenant, meant, action).every((set) => asked.every((bits) => (set & bits) !== 0))
  }
  const naming = policies.filter(names)
  // By itself a policy keeps the pledge with what it is named for; a block beside it is another policy.
  if (naming.some((policy) => policy.state === 'enabled' && holds([policy]))) return true
  const applying = naming.some((policy) => appliedSets([policy], possible, {}, action).includes(1))
  return !alone && applying && holds(policies)
}

/** Declared people and applications are nobody's matter. */
function withoutDeclared(about: About, declared: Case['declared']): About {
  return {
    ...about,
    person: (person) =>
      (about.person?.(person) ?? true) &&
      !declared.users.includes(person.id) &&
      !declared.groups.some((group) => person.groups.has(group)) &&
      !(person.guest !== null && declared.guestUserTypes.includes(person.guest)),
    target: (target) =>
      (about.target?.(target) ?? true) &&
      (typeof target === 'string' || !declared.applications.some((name) => name === target.id || target.names.has(name))),
  }
}

function bitsOf(policies: readonly RawPolicy[], test: (policy: RawPolicy) => boolean): number {
  return policies.reduce((bits, policy, index) => bits | (test(policy) ? 1 << index : 0), 0)
}
