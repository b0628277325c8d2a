import { type HoldView, type PeopleView, type PersonLine } from '@countersign/core/api/people.ts'

export const asOf = '2026-11-22T05:12:00.000Z'
const day = 24 * 60 * 60 * 1000
export const iso = (days: number): string => new Date(Date.parse(asOf) + days * day).toISOString()
export const guid = (kind: number, index: number): string => `${String(kind).repeat(8)}-5b6c-4d7e-8f90-${String(index).padStart(12, '0')}`

export const personId = '2a1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f'
export const adminGroup = { id: guid(5, 1), name: 'Tier 0 administrators' } as const
export const rolloutGroup = { id: guid(5, 2), name: 'Rollout team, may activate for migrations only' } as const

export const roles = [
  { roleId: '62e90394-69f5-4237-9190-012177145e10', roleName: 'Global Administrator', tier: 'control' },
  { roleId: 'e8611ab8-c189-46e8-94e1-60213ab1f814', roleName: 'Privileged Role Administrator', tier: 'control' },
  { roleId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', roleName: 'Application Administrator', tier: 'control' },
  { roleId: 'fe930be7-5e62-47db-91af-98c3a49a38b1', roleName: 'User Administrator', tier: 'control' },
  { roleId: '29232cdf-9323-42fd-ade2-1d097af3e4de', roleName: 'Exchange Administrator', tier: 'management' },
  { roleId: 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', roleName: 'SharePoint Administrator', tier: 'management' },
  { roleId: '729827e3-9c14-49f7-bb1b-9608f156bbb8', roleName: 'Helpdesk Administrator', tier: 'control' },
  { roleId: '4a5d8f65-41da-4de4-8968-e035b65339cf', roleName: 'Reports Reader', tier: 'user' },
] as const

type Hold = Omit<HoldView, 'place'>
export function hold(role: number, change: Partial<Hold> = {}): Hold {
  const { roleId, roleName, tier } = roles[role] ?? roles[0]
  return {
    roleId,
    roleName,
    tier,
    isPrivileged: tier === 'control',
    isActive: true,
    until: null,
    scope: '/',
    via: [],
    basis: [`roleAssignments/a${role}`],
    ...change,
  }
}
const eligible = (role: number, change: Partial<Hold> = {}): Hold =>
  hold(role, { isActive: false, basis: [`roleEligibility/e${role}`], until: iso(180), ...change })
const through = (role: number): Hold => hold(role, { via: [adminGroup], basis: [`roleAssignments/a${role}`, 'roleGroupMembers/m1'] })

type Person = Omit<PersonLine, 'roles' | 'holds'> & { readonly holds: readonly Hold[] }
function person(index: number, name: string, holds: readonly Hold[], change: Partial<Person> = {}): Person {
  return {
    id: guid(3, index),
    name,
    userPrincipalName: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@fabrikamnordic.example`,
    kind: 'member',
    isSynced: false,
    isEnabled: true,
    methods: { strength: 'phishingResistant', names: ['fido2SecurityKey', 'microsoftAuthenticatorPush'] },
    lastSignIn: iso(-(index % 40) - 0.2),
    findings: { open: 0, worst: null },
    holds,
    ...change,
  }
}
const mfa: PersonLine['methods'] = { strength: 'mfa', names: ['microsoftAuthenticatorPush', 'mobilePhone'] }
const noMfa: PersonLine['methods'] = { strength: 'none', names: [] }
const none: PersonLine['methods'] = { strength: 'notApplicable', names: [] }

export const tomas = person(
  1,
  'Tomás Ruiz',
  [
    hold(2),
    through(0),
    eligible(1),
    eligible(3, { via: [adminGroup, rolloutGroup], basis: ['roleAssignments/a3', 'pimGroupEligibility/p1', 'roleGroupMembers/m2'] }),
    hold(4, { until: iso(2) }),
  ],
  {
    id: personId,
    userPrincipalName: 'tomas.ruiz_partner.example#EXT#@fabrikamnordic.example',
    kind: 'guest',
    methods: { strength: 'none', names: ['mobilePhone'] },
    lastSignIn: iso(-96),
    findings: { open: 3, worst: 'critical' },
  },
)
const named: readonly Person[] = [
  tomas,
  person(2, 'Ida Holm', [through(0), eligible(5)], { findings: { open: 1, worst: 'medium' } }),
  person(3, 'Maja Lindqvist', [eligible(0, { until: null }), hold(7)], {}),
  person(4, 'Break Glass One', [hold(0)], { userPrincipalName: 'breakglass@fabrikamnordic.example', lastSignIn: null }),
  person(
    5,
    'Wilhelmina van der Meer-Oosterhuis',
    [hold(3), hold(6, { scope: '/administrativeUnits/6f1d2c3b-0000-4000-8000-000000000001' })],
    { isSynced: true, methods: mfa },
  ),
  person(6, 'Piotr Zieliński', [hold(4), eligible(0)], {
    isEnabled: false,
    methods: noMfa,
    lastSignIn: iso(-210),
    findings: { open: 2, worst: 'high' },
  }),
  person(7, 'Provisioning Automation for the Nordic Region (production)', [hold(2), hold(3)], {
    kind: 'servicePrincipal',
    userPrincipalName: '',
    isEnabled: null,
    methods: none,
    lastSignIn: null,
    findings: { open: 1, worst: 'high' },
  }),
  person(8, adminGroup.name, [hold(0)], {
    id: adminGroup.id,
    kind: 'group',
    userPrincipalName: '',
    isEnabled: null,
    methods: none,
    lastSignIn: null,
  }),
]
export const people: readonly Person[] = [...named, ...Array.from({ length: 28 }, (_, index) => many(index))]

function many(index: number): Person {
  const change: Partial<Person> =
    index % 3 === 0 ? { methods: mfa } : index % 7 === 1 ? { methods: noMfa, findings: { open: 1, worst: 'medium' } } : {}
  return person(20 + index, `Administrator ${index + 1}`, [index % 2 === 0 ? eligible(2 + (index % 6)) : hold(2 + (index % 6))], change)
}

/** Holders in great number, for lists that are drawn in part. */
export function manyPeople(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => many(index))
}

export const sourcesRead: PeopleView['sources'] = [
  { source: 'accounts', notKnown: null },
  { source: 'methods', notKnown: null },
  { source: 'signIns', notKnown: null },
]
export const methodsUnread: PeopleView['sources'] = [
  { source: 'accounts', notKnown: null },
  { source: 'methods', notKnown: { reason: 'licence', detail: 'Microsoft Entra ID P1' } },
  { source: 'signIns', notKnown: { reason: 'scope', detail: 'AuditLog.Read.All' } },
]
/** The same people where the reports could not be read. */
export function withoutReports(list: readonly Person[]): Person[] {
  return list.map((one) =>
    one.methods.strength === 'notApplicable' ? one : { ...one, methods: { strength: 'notRead', names: [] }, lastSignIn: null },
  )
}

export function rolesOf(list: readonly Person[]): PeopleView['roles'] {
  return roles.flatMap(({ roleId: id, roleName: name, tier }) => {
    const holders = list.filter(({ holds }) => holds.some(({ roleId }) => roleId === id))
    const others = holders.filter(({ kind }) => kind !== 'group')
    const active = others.filter(({ holds }) => holds.some(({ roleId, isActive }) => roleId === id && isActive)).length
    const count = (kind: Person['kind']): number => holders.filter((one) => one.kind === kind).length
    const counts = { guests: count('guest'), applications: count('servicePrincipal'), groups: count('group') }
    return holders.length === 0 ? [] : [{ id, name, tier, active, eligible: others.length - active, ...counts }]
  })
}

export type SamplePerson = Person
