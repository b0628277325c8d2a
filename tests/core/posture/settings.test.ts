import { describe, expect, it } from '@jest/globals'
import { declareException } from '../../../core/api/exceptions.ts'
import { isEmergencyAccount } from '../../../core/posture/rules/people.ts'
import { emergencyIds } from '../../../core/posture/rules/emergency-exclusions.ts'
import {
  declaredKinds,
  defaultSettings,
  withDeclared,
  type Declared,
  type DeclaredKind,
  type Settings,
} from '../../../core/posture/settings.ts'
import { blockingPolicy, now } from '../../build/facts.ts'
import { outcome } from '../../build/judged.ts'

const id = '8f1c0d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f'

function declaring(kind: DeclaredKind, more: Partial<Declared> = {}): Settings {
  const entry: Declared = {
    id: '11111111-1111-4111-8111-111111111111',
    kind,
    objectId: kind === 'guestUserType' ? 'serviceProvider' : id,
    reason: 'Agreed with the board',
    by: id,
    byName: 'Ada',
    at: new Date(now).toISOString(),
    ...more,
  }
  return withDeclared({ ...defaultSettings, declared: [entry] }, now)
}

/** What each kind counts as. The checks of policies and of role holders are each tested with these lists. */
const countsAs: Readonly<Record<DeclaredKind, readonly string[]>> = {
  user: ['exclusions.users', 'emergency'],
  group: ['exclusions.groups'],
  application: ['exclusions.applications'],
  guestUserType: ['exclusions.guestUserTypes'],
  emergencyAccount: ['exclusions.users', 'holders.users', 'emergency'],
  serviceAccount: ['exclusions.users'],
  roleHolder: ['holders.users', 'emergency'],
  roleHolderGroup: ['holders.groups'],
}

function listsOf(settings: Settings, objectId: string): readonly string[] {
  const { exclusions, permanentRoleAssignmentAllowed: holders } = settings
  const lists = {
    'exclusions.users': exclusions.users,
    'exclusions.groups': exclusions.groups,
    'exclusions.applications': exclusions.applications,
    'exclusions.guestUserTypes': exclusions.guestUserTypes,
    'holders.users': holders.users,
    'holders.groups': holders.groups,
    emergency: isEmergencyAccount(objectId, settings) ? [objectId] : [],
  }
  return Object.entries(lists).flatMap(([name, ids]) => (ids.includes(objectId) ? [name] : []))
}

/** A policy against old protocols that leaves this out. */
const policies = {
  user: blockingPolicy('p', { users: { excludeUsers: [id] } }),
  emergencyAccount: blockingPolicy('p', { users: { excludeUsers: [id] } }),
  serviceAccount: blockingPolicy('p', { users: { excludeUsers: [id] } }),
  group: blockingPolicy('p', { users: { excludeGroups: [id] } }),
  application: blockingPolicy('p', { applications: { excludeApplications: [id] } }),
  guestUserType: blockingPolicy('p', {
    users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider', externalTenants: null } },
  }),
}

describe('what owners declare', () => {
  it.each(declaredKinds)('%s counts as what it says and as nothing else, until its time', (kind) => {
    const objectId = kind === 'guestUserType' ? 'serviceProvider' : id
    expect(listsOf(declaring(kind), objectId)).toEqual(countsAs[kind])
    expect(listsOf(declaring(kind, { until: new Date(now + 1).toISOString() }), objectId)).toEqual(countsAs[kind])
    expect(listsOf(declaring(kind, { until: new Date(now).toISOString() }), objectId)).toEqual([])
  })

  it('leaves an account of a program out of what emergency accounts must have, also where a list names it', () => {
    const settings = declaring('serviceAccount')
    expect([...emergencyIds(settings)]).toEqual([])
    expect([...emergencyIds(declaring('emergencyAccount'))]).toEqual([id])
  })

  it.each(['user', 'group', 'application', 'guestUserType', 'emergencyAccount', 'serviceAccount'] as const)(
    'a policy that leaves out a declared %s covers everybody; one that leaves it out undeclared does not',
    (kind) => {
      const given = { conditionalAccessPolicies: [policies[kind]] }
      expect(outcome('legacy-authentication-blocked', given).verdict).toBe('fail')
      expect(outcome('legacy-authentication-blocked', given, { settings: declaring(kind) }).verdict).toBe('pass')
      const expired = declaring(kind, { until: new Date(now - 1).toISOString() })
      expect(outcome('legacy-authentication-blocked', given, { settings: expired }).verdict).toBe('fail')
    },
  )
})

describe('what can be declared', () => {
  const wanted = { objectId: id, kind: 'user', reason: 'Agreed with the board' }
  it.each([
    [{ objectId: 'ada' }, 'must be the object id of a user or a group'],
    [{ kind: 'application', objectId: 'x' }, 'must be the client id of an application'],
    [{ kind: 'guestUserType' }, 'must be one of internalGuest'],
    [{ kind: 'robot' }, 'must be one of user, group'],
    [{ reason: ' x ' }, 'must say why'],
  ])('%j is refused with a sentence', (change, sentence) => {
    const parsed = declareException.body.safeParse({ ...wanted, ...change })
    expect(parsed.error?.issues[0]?.message).toContain(sentence)
  })

  it('takes an id, or a kind of guest', () => {
    expect(declareException.body.safeParse(wanted).success).toBe(true)
    expect(declareException.body.safeParse({ ...wanted, kind: 'guestUserType', objectId: 'serviceProvider' }).success).toBe(true)
  })
})
