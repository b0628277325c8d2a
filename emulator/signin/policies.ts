import { BlockList, isIPv6 } from 'node:net'
import { z } from 'zod'
import { collection } from '../tenants/world.ts'
import type { Tenant } from '../tenants/world.ts'
import type { Person } from './directory.ts'
import { refuse, refuseByPolicy } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import { evidenceOf } from './settings.ts'
import type { SettableEvidence } from './settings.ts'
import type { Evidence, SignInState } from './state.ts'

const names = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? [])
const some = z
  .unknown()
  .optional()
  .transform((value) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0))

/** The parts of a policy that sign-in acts on. */
const policyRow = z.object({
  id: z.string(),
  state: z.string(),
  conditions: z.object({
    users: z
      .object({
        includeUsers: names,
        includeGroups: names,
        includeRoles: names,
        excludeUsers: names,
        excludeGroups: names,
        excludeRoles: names,
      })
      .nullish(),
    applications: z.object({ includeApplications: names, excludeApplications: names }),
    clientAppTypes: names,
    locations: z.object({ includeLocations: names, excludeLocations: names }).nullish(),
    platforms: z.object({ includePlatforms: names, excludePlatforms: names }).nullish(),
    userRiskLevels: some,
    signInRiskLevels: some,
    insiderRiskLevels: some,
    servicePrincipalRiskLevels: some,
    authenticationFlows: some,
    clientApplications: some,
    devices: some,
  }),
  grantControls: z
    .object({
      operator: z.string().nullish(),
      builtInControls: names,
      customAuthenticationFactors: names,
      termsOfUse: names,
      authenticationStrength: z.object({ allowedCombinations: names }).nullish(),
    })
    .nullish(),
  sessionControls: z
    .object({
      signInFrequency: z
        .object({
          isEnabled: z.boolean().nullish(),
          value: z.number().nullish(),
          type: z.string().nullish(),
          frequencyInterval: z.string().nullish(),
        })
        .nullish(),
    })
    .nullish(),
})
type Policy = z.infer<typeof policyRow>

/** One token that a person asks for. */
export interface PolicyQuestion {
  readonly person: Person
  readonly evidence: Evidence
  /** Client id of the resource; policies are about what is reached, not about who asks. */
  readonly resourceAppId: string
  readonly resource: string
  readonly clientKind: 'browser' | 'mobileAppsAndDesktopClients'
}

/** Whether the tenant's own switched-on policies let the person have the token; always, unless the control port switched this on. */
export function admitByPolicies(state: SignInState, tenant: Tenant, question: PolicyQuestion): { readonly ok: true } | Refusal {
  if (!state.settings.evaluatePolicies) return { ok: true }
  const proof = evidenceOf(state.settings, question.person.userPrincipalName)
  const applying = [...collection(tenant, 'identity/conditionalAccess/policies').values()]
    .map((row) => policyRow.parse(row))
    .filter((policy) => policy.state === 'enabled' && applies(tenant, policy, question, proof))
  const refusals = applying.flatMap((policy) => {
    const refusal = grantRefusal(policy, question, proof) ?? frequencyRefusal(state, policy, question)
    return refusal ? [refusal] : []
  })
  // What nothing can mend comes first, and a new sign-in last.
  const [worst] = refusals.sort((left, right) => severity.indexOf(left.code) - severity.indexOf(right.code))
  return worst ?? { ok: true }
}

const severity = [53003, 53000, 53001, 53002, 50158, 50076, 70043]

function applies(tenant: Tenant, policy: Policy, question: PolicyQuestion, proof: SettableEvidence): boolean {
  const { conditions } = policy
  const { users, applications, clientAppTypes, locations, platforms } = conditions
  // Nobody here is at risk, uses a device code or is a workload, and a filter for devices knows none.
  if (conditions.userRiskLevels || conditions.signInRiskLevels || conditions.insiderRiskLevels || conditions.servicePrincipalRiskLevels)
    return false
  if (conditions.authenticationFlows || conditions.clientApplications || conditions.devices) return false
  if (!users || !coversPerson(tenant, users, question.person)) return false
  const includesResource = applications.includeApplications.some((id) => id === 'All' || id === question.resourceAppId)
  if (!includesResource || applications.excludeApplications.includes(question.resourceAppId)) return false
  if (!clientAppTypes.some((type) => type === 'all' || type === question.clientKind)) return false
  // Every device is taken for one with Windows.
  if (
    platforms &&
    (!platforms.includePlatforms.some((name) => /^(all|windows)$/i.test(name)) ||
      platforms.excludePlatforms.some((name) => /^(all|windows)$/i.test(name)))
  )
    return false
  if (locations) {
    const isIn = (list: readonly string[]): boolean => list.some((id) => id === 'All' || isAtLocation(tenant, id, proof))
    if (!isIn(locations.includeLocations) || isIn(locations.excludeLocations)) return false
  }
  return true
}

function coversPerson(tenant: Tenant, users: NonNullable<Policy['conditions']['users']>, person: Person): boolean {
  const groups = groupsOf(tenant, person.id)
  const roles = collection(tenant, 'roleManagement/directory/roleAssignments')
  const held = [person.id, ...groups].flatMap((id) => roles.with('principalId', id).map((row) => String(row['roleDefinitionId'])))
  const isAmong = (ids: readonly string[], own: readonly string[]): boolean => ids.some((id) => own.includes(id))
  if (isAmong(users.excludeUsers, [person.id, 'All']) || isAmong(users.excludeGroups, groups) || isAmong(users.excludeRoles, held))
    return false
  return isAmong(users.includeUsers, [person.id, 'All']) || isAmong(users.includeGroups, groups) || isAmong(users.includeRoles, held)
}

/** Groups of a person, with those that these are in. */
function groupsOf(tenant: Tenant, personId: string): readonly string[] {
  const members = collection(tenant, 'groupMembers')
  const found = new Set<string>()
  const open = [personId]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const row of members.with('memberId', id)) {
      const group = String(row['groupId'])
      if (!found.has(group)) open.push(group)
      found.add(group)
    }
  }
  return [...found]
}

const locationRow = z.object({
  id: z.string(),
  isTrusted: z.boolean().nullish(),
  ipRanges: z.array(z.object({ cidrAddress: z.string() })).nullish(),
  countriesAndRegions: names,
})

function isAtLocation(tenant: Tenant, id: string, { address, country }: SettableEvidence): boolean {
  const rows = [...collection(tenant, 'identity/conditionalAccess/namedLocations').values()].map((row) => locationRow.parse(row))
  const listed = rows.filter((row) => (id === 'AllTrusted' ? row.isTrusted === true : row.id === id))
  return listed.some(
    ({ ipRanges, countriesAndRegions }) =>
      (country !== undefined && countriesAndRegions.includes(country)) ||
      (ipRanges ?? []).some(({ cidrAddress }) => isInRange(address, cidrAddress)),
  )
}

function isInRange(address: string | undefined, range: string): boolean {
  const [network = '', bits = ''] = range.split('/')
  if (address === undefined || isIPv6(address) !== isIPv6(network)) return false
  const family = isIPv6(network) ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family)
  return list.check(address, family)
}

/** Combinations that resist phishing: learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths. */
const resistant = new Set(['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'])

function grantRefusal({ id, grantControls }: Policy, question: PolicyQuestion, proof: SettableEvidence): Refusal | undefined {
  if (!grantControls) return undefined
  const { builtInControls, authenticationStrength, termsOfUse, customAuthenticationFactors, operator } = grantControls
  const resists = proof.phishingResistant === true
  const hasSecondFactor = resists || (proof.mfa ?? question.evidence.multiFactor)
  const askForFactor = (): Refusal =>
    refuse(50076, { resource: question.resource }, { access_token: { capolids: { essential: true, values: [id] } } })
  const controls: (() => Refusal | undefined)[] = builtInControls.map((control) => () => {
    switch (control) {
      case 'mfa':
        return hasSecondFactor ? undefined : askForFactor()
      case 'compliantDevice':
        return proof.compliantDevice ? undefined : refuseByPolicy(53000, id)
      case 'domainJoinedDevice':
        return proof.joinedDevice ? undefined : refuseByPolicy(53001, id)
      case 'approvedApplication':
      case 'compliantApplication':
        return refuseByPolicy(53002, id)
      default:
        return refuseByPolicy(53003, id)
    }
  })
  if (authenticationStrength) {
    const needsResistance = authenticationStrength.allowedCombinations.every((combination) => resistant.has(combination))
    controls.push(() => ((needsResistance ? resists : hasSecondFactor) ? undefined : askForFactor()))
  }
  if (termsOfUse.length + customAuthenticationFactors.length > 0) controls.push(() => (proof.termsOfUse ? undefined : refuse(50158)))
  const refusals = controls.map((control) => control())
  if (operator === 'AND') return refusals.find((refusal) => refusal !== undefined)
  return refusals.some((refusal) => refusal === undefined) ? undefined : refusals[0]
}

const unitMs: Readonly<Record<string, number>> = { hours: 3_600_000, days: 86_400_000 }
/** A sign-in of this age still counts as fresh where every time is asked for: https://learn.microsoft.com/entra/identity/conditional-access/concept-session-lifetime */
const freshMs = 5 * 60_000

function frequencyRefusal(state: SignInState, { sessionControls }: Policy, { evidence }: PolicyQuestion): Refusal | undefined {
  const frequency = sessionControls?.signInFrequency
  if (frequency?.isEnabled !== true) return undefined
  const limit = frequency.frequencyInterval === 'everyTime' ? freshMs : (frequency.value ?? 0) * (unitMs[frequency.type ?? ''] ?? 0)
  const age = state.world.clock.now() - evidence.authenticatedAt
  return age > limit
    ? refuse(70043, { issued: new Date(evidence.authenticatedAt).toISOString(), seconds: String(limit / 1000) })
    : undefined
}
