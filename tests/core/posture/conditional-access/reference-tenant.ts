/** The tenant of the reference evaluator: small enough that every sign-in in it can be looked at. */

export interface Person {
  readonly id: string
  /** Kind of guest; null for a member. */
  readonly guest: string | null
  /** Home tenant of a guest; 'any' where it could be every one. */
  readonly home: string
  /** Groups, those around its groups among them. */
  readonly groups: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
}
export interface Application {
  readonly id: string
  /** Names under which Microsoft puts it together with others. */
  readonly names: ReadonlySet<string>
  /** Whether it carries the attribute that application filters ask for; 'any' where nobody knows. */
  readonly marked: boolean | 'any'
}
/** Named locations in which an address lies, and whether it is trusted. */
export interface Place {
  readonly named: ReadonlySet<string>
  readonly trusted: boolean
}
export interface Device {
  readonly registered: boolean
  readonly compliant: boolean
  readonly trust: 'AzureAD' | 'ServerAD' | 'Workplace' | null
  readonly kiosk: boolean
}
export interface Tenant {
  readonly people: readonly Person[]
  readonly applications: readonly Application[]
  readonly places: readonly Place[]
  readonly devices: readonly Device[]
}

export const ids = {
  azure: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  enrolment: 'd4ebce55-015a-49b5-a083-c84d1797ae8c',
  exchange: '00000002-0000-0ff1-ce00-000000000000',
  sharePoint: '00000003-0000-0ff1-ce00-000000000000',
  teams: 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
  shop: '11111111-2222-4333-8444-555555555555',
  portal: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
} as const
export const guestKinds = [
  'internalGuest',
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
]
/** r1 and r2 are the privileged roles of the tenant. */
export const roles = ['r1', 'r2', 'r3']
export const groups = ['g1', 'g2', 'g3']
/** Who and which groups are directly in a group. */
export const members: Readonly<Record<string, readonly string[]>> = { g1: ['u1', 'g2'], g2: ['u2', 'g3'], g3: ['p3', 'visitor'] }
export const roleHolders: Readonly<Record<string, readonly string[]>> = { r1: ['u1', 'p4'], r2: ['g3', 'p4'], r3: ['u2'] }

/** Groups around a person or a group, however deep. */
function around(id: string): readonly string[] {
  return groups.flatMap((group) => (members[group]?.includes(id) ? [group, ...around(group)] : []))
}

function person(id: string, guest: string | null = null, home = 'home'): Person {
  const mine = around(id)
  return {
    id,
    guest,
    home,
    groups: new Set(mine),
    roles: new Set(roles.filter((role) => [id, ...mine].some((one) => roleHolders[role]?.includes(one)))),
  }
}

const office = new Set(['Office365'])
const portals = new Set(['MicrosoftAdminPortals'])
const application = (id: string, names: ReadonlySet<string> = new Set(), marked = false): Application => ({ id, names, marked })
const states = [
  ...(['AzureAD', 'ServerAD', 'Workplace'] as const).flatMap((trust) =>
    [true, false].map((compliant) => ({ registered: true, compliant, trust })),
  ),
]
const devices: readonly Device[] = [
  { registered: false, compliant: false, trust: null, kiosk: false },
  ...states.flatMap((state) => [true, false].map((kiosk) => ({ ...state, kiosk }))),
]

/** What there is. */
export const tenant: Tenant = {
  people: [
    ...['u1', 'u2', 'p3', 'p4', 'p5'].map((id) => person(id)),
    person('visitor', 'b2bCollaborationGuest', 't1'),
    ...guestKinds.map((kind) => person(`guest-${kind}`, kind, 't2')),
  ],
  applications: [
    application(ids.azure),
    application(ids.enrolment),
    ...[ids.exchange, ids.sharePoint, ids.teams].map((id) => application(id, office)),
    application(ids.portal, portals),
    application(ids.shop, new Set(), true),
    // One that no policy names.
    application('99999999-2222-4333-8444-555555555555'),
  ],
  places: [
    { named: new Set(), trusted: false },
    { named: new Set(['l1']), trusted: false },
    { named: new Set(['l2']), trusted: true },
    { named: new Set(['l1', 'l2']), trusted: true },
  ],
  devices,
}

/**
 * What there could be with the same policies: anybody in any group and role, any place under any name, and any application among those that
 * Microsoft puts together. The checks promise to hold in it, because none of this is in a policy and all of it changes without one.
 */
export const possible: Tenant = {
  people: ['u1', 'u2', 'p3'].flatMap((id) =>
    subsets(groups).flatMap((around) =>
      subsets(roles).flatMap((held) => [null, ...guestKinds].map((guest) => ({ id, guest, home: 'any', groups: around, roles: held }))),
    ),
  ),
  applications: tenant.applications.flatMap(({ id, names }) =>
    subsets(['Office365', 'MicrosoftAdminPortals'].filter((name) => !office.has(name) || !names.has(name))).map((more) => ({
      id,
      names: new Set([...(names.has('Office365') ? office : []), ...more]),
      marked: 'any' as const,
    })),
  ),
  places: subsets(['l1', 'l2']).flatMap((named) => [true, false].map((trusted) => ({ named, trusted }))),
  devices,
}

export function subsets(all: readonly string[]): readonly ReadonlySet<string>[] {
  return all.reduce<readonly ReadonlySet<string>[]>(
    (found, one) => found.flatMap((set) => [set, new Set([...set, one])]),
    [new Set<string>()],
  )
}
