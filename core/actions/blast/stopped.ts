import type { PolicyCoverage } from '../../posture/derived/conditional-access-coverage.ts'
import { privilegedPrincipals } from '../../posture/derived/privileged-principals.ts'
import { demands, isControl, isPhishingResistant, isSecondFactor } from '../../posture/rows/policy-requirements.ts'
import { sameId } from '../../posture/rows/graph-values.ts'
import { isEmergencyAccount } from '../../posture/rules/people.ts'
import { coversAccount } from '../../posture/rules/policies-that-stop.ts'
import { resistsPhishing } from '../../posture/rules/sign-in-methods.ts'
import type { Lookup } from './facts.ts'
import { line, type Line } from './line.ts'
import { activeAdministrators } from './people.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly who: 'requester' | 'aid' | 'administrator' | 'emergency'
}

type Demand = 'blocked' | 'device' | 'strong' | 'other'

/** What an administrator needs to mend anything: Microsoft Graph, the Azure portal, and the admin portals as policies call them. */
const administration = ['00000003-0000-0000-c000-000000000000', '797f4846-ba00-4fd7-ba43-dac1f8f63013', 'MicrosoftAdminPortals']
const browsers = ['all', 'browser', 'mobileAppsAndDesktopClients']

/**
 * The people without whom nothing can be mended whom the policy stops, or may stop: whoever is not known to be left out, or to have what it
 * asks for. `isOn`: it would stop them at once; a policy that only reports locks nobody out.
 */
export function personLines(policy: PolicyCoverage, { isOn }: { readonly isOn: boolean }, look: Lookup): readonly Line[] {
  const demand = demandOf(policy)
  if (!demand || !policy.people || !reachesAdministration(policy)) return []
  const conditions = policy.narrowedBy.filter((condition) => condition !== 'clientAppTypes')
  if (conditions.length > 0) return [line('policyStopsSometimes', { policy: policy.name, conditions: conditions.join(', ') })]
  const emergency = emergencyAccounts(look)
  const excluded = policy.people.excluded.users
  const withoutEmergency = policy.people.all && !emergency.some((id) => excluded.some((other) => sameId(id, other)))
  return [
    ...people(look).flatMap((person): readonly Line[] => {
      const covered = coversAccount(policy, accountOf(person, look))
      if (covered === 'no' || meets(person, policy, demand, look)) return []
      const values = { policy: policy.name, name: person.name, who: person.who, demand, when: isOn ? 'now' : 'later' }
      return [line('policyStopsPerson', { ...values, certain: covered }, isOn ? person.name : null)]
    }),
    ...(withoutEmergency ? [line('policyWithoutEmergency', { policy: policy.name })] : []),
  ]
}

function demandOf({ ways }: PolicyCoverage): Demand | undefined {
  if (demands(ways, isControl('block'))) return 'blocked'
  if (demands(ways, isControl('compliantDevice', 'domainJoinedDevice', 'approvedApplication', 'compliantApplication'))) return 'device'
  if (demands(ways, (requirement) => requirement.kind === 'strength' || isSecondFactor(requirement))) return 'strong'
  return ways.length > 0 ? 'other' : undefined
}

/** Whether it is about signing in to what administrators use, with what they use. */
function reachesAdministration({ allApplications, applications, excludedApplications, conditions }: PolicyCoverage): boolean {
  if (conditions.flows.length > 0 || !conditions.clientAppTypes.some((type) => browsers.includes(type))) return false
  const isNamed = (ids: readonly string[], appId: string): boolean => ids.some((id) => sameId(id, appId))
  return administration.some((appId) => (allApplications || isNamed(applications, appId)) && !isNamed(excludedApplications, appId))
}

/** The Aid may be left out of a policy as well, and helps nobody in then. */
function emergencyAccounts({ facts: { settings, aid } }: Lookup): readonly string[] {
  return settings.exclusions.users.filter((id) => isEmergencyAccount(id, settings) && !(aid && sameId(aid.id, id)))
}

/** Each once, under what weighs most. */
function people(look: Lookup): readonly Person[] {
  const { requesterId, aid } = look.facts
  const users = look.rows('users') ?? []
  const nameOf = (id: string): string => users.find((user) => sameId(user.id, id))?.userPrincipalName ?? id
  const administrators = activeAdministrators(look) ?? []
  const all: readonly Person[] = [
    ...(aid ? [{ id: aid.id, name: aid.userPrincipalName, who: 'aid' as const }] : []),
    { id: requesterId, name: nameOf(requesterId), who: 'requester' },
    ...emergencyAccounts(look).map((id) => ({ id, name: nameOf(id), who: 'emergency' as const })),
    ...administrators.map(({ id, name }) => ({ id, name, who: 'administrator' as const })),
  ]
  return all.filter((person, index) => all.findIndex(({ id }) => sameId(id, person.id)) === index)
}

function accountOf({ id }: Person, look: Lookup): Parameters<typeof coversAccount>[1] {
  const holds = (look.derived(privilegedPrincipals) ?? []).find((principal) => sameId(principal.id, id))?.holds ?? []
  const groupIds = (look.rows('roleGroupMembers') ?? []).filter((row) => sameId(row.id, id)).map(({ parentId }) => parentId)
  return { id, groupIds, roleIds: holds.filter(({ isActive }) => isActive).map(({ roleId }) => roleId), appIds: administration }
}

/** Only for methods: that somebody has a managed device, or agreed to terms, no scan reads. */
function meets({ id }: Person, { ways }: PolicyCoverage, demand: Demand, look: Lookup): boolean {
  if (demand !== 'strong') return false
  const registered = look.rows('registrationDetails')?.find((row) => sameId(row.id, id))
  if (!registered) return false
  const [isSecond, isResistant] = [demands(ways, isSecondFactor), demands(ways, isPhishingResistant)]
  if (isResistant || !isSecond) return registered.methodsRegistered.some(resistsPhishing)
  return registered.isMfaCapable
}
