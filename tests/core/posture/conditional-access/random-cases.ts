import { fc } from '../../../random.ts'
import type { RawPolicy } from './raw-policy.ts'
import { plainPolicy } from './raw-policy.ts'
import { grants, referenceChecks, sessions } from './reference-checks.ts'
import type { ReferenceCheck } from './reference-checks.ts'
import { deviceRules } from './reference-evaluator.ts'
import { groups, guestKinds, ids, roles } from './reference-tenant.ts'

type Conditions = RawPolicy['conditions']

/** Changes of one policy, as data, so that a counterexample can be read. */
export interface Twist {
  readonly users?: Partial<Conditions['users']>
  readonly applications?: Partial<Conditions['applications']>
  readonly conditions?: Partial<Conditions>
  readonly grant?: keyof typeof grants
  readonly session?: keyof typeof sessions
  readonly state?: string
}

export interface Case {
  readonly check: string
  readonly baseline: string
  /** Twists of each policy that starts from the check's recipe. */
  readonly wanted: readonly (readonly Twist[])[]
  /** Twists of policies that start from a plain one. */
  readonly others: readonly (readonly Twist[])[]
  readonly declared: {
    readonly users: readonly string[]
    readonly groups: readonly string[]
    readonly applications: readonly string[]
    readonly guestUserTypes: readonly string[]
  }
}

export function checkNamed(id: string): ReferenceCheck {
  const check = referenceChecks.find((one) => one.id === id)
  if (!check) throw new Error(`There is no reference for the check ${id}.`)
  return check
}

export function policiesOf({ check, wanted, others }: Case): readonly RawPolicy[] {
  const { recipe } = checkNamed(check)
  return [
    ...wanted.map((twists, index) => twists.reduce(twisted, recipe(plainPolicy(`w${index}`)))),
    ...others.map((twists, index) => twists.reduce(twisted, plainPolicy(`o${index}`))),
  ]
}

function twisted(policy: RawPolicy, { users, applications, conditions, grant, session, state }: Twist): RawPolicy {
  return {
    ...policy,
    state: state ?? policy.state,
    conditions: {
      ...policy.conditions,
      ...conditions,
      users: { ...policy.conditions.users, ...users },
      applications: { ...policy.conditions.applications, ...applications },
    },
    grantControls: grant ? grants[grant] : policy.grantControls,
    sessionControls: session ? sessions[session] : policy.sessionControls,
  }
}

const risks = ['none', 'low', 'medium', 'high']
const clients = ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other']
const platforms = ['windows', 'iOS', 'macOS', 'android', 'linux', 'windowsPhone']
const places = ['l1', 'l2', 'AllTrusted']
const applications = ['Office365', 'MicrosoftAdminPortals', ...Object.values(ids)]
const some = (all: readonly string[], minLength = 1) => fc.subarray([...all], { minLength })
const guests = fc.record({
  guestOrExternalUserTypes: some(guestKinds).map((kinds) => kinds.join(',')),
  externalTenants: fc.constantFrom(null, { membershipKind: 'all' }, { membershipKind: 'enumerated', members: ['t1'] }),
})
const filters = fc.record({ mode: fc.constantFrom('include', 'exclude'), rule: fc.constantFrom(...Object.keys(deviceRules)) })

const exclusion: fc.Arbitrary<Twist> = fc.oneof(
  some(['u1', 'u2']).map((excludeUsers) => ({ users: { excludeUsers } })),
  some(groups).map((excludeGroups) => ({ users: { excludeGroups } })),
  some(roles).map((excludeRoles) => ({ users: { excludeRoles } })),
  guests.map((excludeGuestsOrExternalUsers) => ({ users: { excludeGuestsOrExternalUsers } })),
  fc.constant({ users: { excludeUsers: ['GuestsOrExternalUsers'] } }),
  some(applications).map((excludeApplications) => ({ applications: { excludeApplications } })),
)
const inclusion: fc.Arbitrary<Twist> = fc.oneof(
  some(['u1', 'u2', 'GuestsOrExternalUsers']).map((includeUsers) => ({ users: { includeUsers } })),
  some(groups).map((includeGroups) => ({ users: { includeUsers: [], includeGroups } })),
  some(roles).map((includeRoles) => ({ users: { includeUsers: [], includeRoles } })),
  guests.map((includeGuestsOrExternalUsers) => ({ users: { includeUsers: [], includeGuestsOrExternalUsers } })),
  some(applications).map((includeApplications) => ({ applications: { includeApplications, includeUserActions: [] } })),
)
const condition: fc.Arbitrary<Twist> = fc.oneof(
  some(clients).map((clientAppTypes) => ({ conditions: { clientAppTypes } })),
  some(risks).map((signInRiskLevels) => ({ conditions: { signInRiskLevels } })),
  some(risks).map((userRiskLevels) => ({ conditions: { userRiskLevels } })),
  some(['minor', 'moderate', 'elevated']).map((levels) => ({ conditions: { insiderRiskLevels: levels.join(',') } })),
  fc.tuple(some(['all', ...platforms]), some(platforms, 0)).map(([includePlatforms, excludePlatforms]) => ({
    conditions: { platforms: { includePlatforms, excludePlatforms } },
  })),
  fc.tuple(some(['All', ...places]), some(places, 0)).map(([includeLocations, excludeLocations]) => ({
    conditions: { locations: { includeLocations, excludeLocations } },
  })),
  filters.map((deviceFilter) => ({ conditions: { devices: { deviceFilter } } })),
  some(['deviceCodeFlow', 'authenticationTransfer']).map((flows) => ({
    conditions: { authenticationFlows: { transferMethods: flows.join(',') } },
  })),
)
const strange: fc.Arbitrary<Twist> = fc.oneof(
  fc.constant({ conditions: { clientApplications: { includeServicePrincipals: ['x'] } } }),
  fc.constant({ conditions: { servicePrincipalRiskLevels: ['high'] } }),
  fc.constant({ conditions: { agentIdRiskLevels: 'high' } }),
  fc.constantFrom('include', 'exclude').map((mode) => ({ applications: { applicationFilter: { mode, rule: 'marked' } } })),
  fc.constant({ applications: { includeApplications: [], includeUserActions: ['urn:user:registerdevice'] } }),
  fc.constant({ applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['c1'] } }),
)
const state: fc.Arbitrary<Twist> = fc.constantFrom('enabledForReportingButNotEnforced', 'disabled').map((name) => ({ state: name }))
const control: fc.Arbitrary<Twist> = fc.oneof(
  fc.constantFrom(...(Object.keys(grants) as (keyof typeof grants)[])).map((grant) => ({ grant })),
  fc.constantFrom(...(Object.keys(sessions) as (keyof typeof sessions)[])).map((session) => ({ session })),
)
/** What keeps the weaker promise of some checks. */
const weaker: Readonly<Record<string, Twist>> = {
  'high-user-risk-blocked': { grant: 'newPassword', session: 'everyTime' },
  'managed-device-required': { grant: 'compliant' },
  'managed-device-for-security-info': {
    grant: 'block',
    conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
  },
}

/** Two twists that part the sign-ins between two policies. */
const parting: fc.Arbitrary<readonly [Twist, Twist]> = fc.oneof(
  some(groups).map((list): [Twist, Twist] => [{ users: { excludeGroups: list } }, { users: { includeUsers: [], includeGroups: list } }]),
  some(['u1', 'u2']).map((list): [Twist, Twist] => [{ users: { excludeUsers: list } }, { users: { includeUsers: list } }]),
  some(roles).map((list): [Twist, Twist] => [{ users: { excludeRoles: list } }, { users: { includeUsers: [], includeRoles: list } }]),
  fc.constant<[Twist, Twist]>([
    { users: { includeUsers: [], includeRoles: ['r1'] } },
    { users: { includeUsers: [], includeRoles: ['r2'] } },
  ]),
  some(guestKinds).map((list): [Twist, Twist] => {
    const of = { guestOrExternalUserTypes: list.join(','), externalTenants: null }
    return [{ users: { excludeGuestsOrExternalUsers: of } }, { users: { includeUsers: [], includeGuestsOrExternalUsers: of } }]
  }),
  some(applications).map((list): [Twist, Twist] => [
    { applications: { excludeApplications: list } },
    { applications: { includeApplications: list } },
  ]),
  some(platforms).map((list): [Twist, Twist] => [
    { conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: list } } },
    { conditions: { platforms: { includePlatforms: list, excludePlatforms: [] } } },
  ]),
  some(places).map((list): [Twist, Twist] => [
    { conditions: { locations: { includeLocations: ['All'], excludeLocations: list } } },
    { conditions: { locations: { includeLocations: list, excludeLocations: [] } } },
  ]),
  some(clients).map((list): [Twist, Twist] => [
    { conditions: { clientAppTypes: list } },
    { conditions: { clientAppTypes: clients.filter((client) => !list.includes(client)) } },
  ]),
  some(risks).map((list): [Twist, Twist] => [
    { conditions: { signInRiskLevels: list } },
    { conditions: { signInRiskLevels: risks.filter((risk) => !list.includes(risk)) } },
  ]),
  filters.map((deviceFilter): [Twist, Twist] => [
    { conditions: { devices: { deviceFilter } } },
    { conditions: { devices: { deviceFilter: { ...deviceFilter, mode: deviceFilter.mode === 'include' ? 'exclude' : 'include' } } } },
  ]),
)

const twist = fc.oneof(
  { arbitrary: exclusion, weight: 4 },
  { arbitrary: condition, weight: 4 },
  { arbitrary: inclusion, weight: 1 },
  { arbitrary: strange, weight: 1 },
  { arbitrary: state, weight: 1 },
  { arbitrary: control, weight: 1 },
)
/** One policy as it should be, or less than that; or two that part the sign-ins, with perhaps a block in place of one. */
const wantedOf = (id: string): fc.Arbitrary<readonly (readonly Twist[])[]> =>
  fc.oneof(
    fc.array(twist, { maxLength: 2 }).map((list) => [list]),
    fc.array(exclusion, { minLength: 1, maxLength: 2 }).map((list) => [list]),
    fc
      .tuple(parting, fc.array(twist, { maxLength: 1 }), fc.constantFrom<readonly Twist[]>([], [], [{ grant: 'block' }]))
      .map(([[left, right], more, last]) => [[left], [right, ...more, ...last]]),
    fc.array(fc.array(twist, { maxLength: 2 }), { maxLength: 3 }),
    fc.array(twist, { maxLength: 1 }).map((list) => [[...(weaker[id] ? [weaker[id]] : []), ...list]]),
  )

export function randomCase(check: ReferenceCheck): fc.Arbitrary<Case> {
  // A user action stands in place of applications: what says otherwise is another policy.
  const fits = check.action === undefined ? () => true : ({ applications: change }: Twist) => change === undefined
  return fc.record({
    check: fc.constant(check.id),
    baseline: fc.constantFrom('default', 'default', 'cis', 'scuba'),
    wanted: wantedOf(check.id).map((policies) => policies.map((twists) => twists.filter(fits))),
    others: fc.array(fc.array(fc.oneof(control, twist), { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
    declared: fc.record({
      users: fc.subarray(['u1', 'u2']),
      groups: fc.subarray([...groups]),
      applications: fc.subarray(['Office365', ids.shop, ids.portal]),
      guestUserTypes: fc.subarray([...guestKinds]),
    }),
  })
}
