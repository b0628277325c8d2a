import { describe, expect, it } from '@jest/globals'
import type { ApplicationEvidence } from '../../../../core/posture/derived/application-risk.ts'
import type { Reading } from '../../../../core/posture/fact.ts'
import { facts } from '../../../../core/posture/facts.ts'
import type { Fact } from '../../../../core/posture/fact.ts'
import { defaultBaseline } from '../../../../core/posture/baselines/default.ts'
import { startJudging } from '../../../../core/posture/judge.ts'
import { notKnownLicences } from '../../../../core/posture/licences.ts'
import { defaultSettings } from '../../../../core/posture/settings.ts'
import { appRole, enterprise, grant, microsoftGraph, organization, ownedBy, registered } from '../../../build/applications.ts'
import { holding, inDays, now, secret } from '../../../build/facts.ts'
import { readings, type Given } from '../../../build/judged.ts'
import { graphOf } from '../../../../core/posture/rules/application-graph.ts'
import { user } from '../../../build/people.ts'

const servicePrincipalOf = '#microsoft.graph.servicePrincipal'

/** No check is judged: what the fact needs is folded because it is asked for. */
function evidenceOf(given: Given): Reading<ApplicationEvidence> {
  const empty = Object.fromEntries(facts.map(({ id }) => [id, [] as readonly unknown[]]))
  const all: Given = { ...empty, organization: [organization()], ...given }
  const judging = startJudging({
    checks: [],
    readings: readings(all),
    now,
    settings: defaultSettings,
    baseline: defaultBaseline,
    licences: notKnownLicences,
    also: ['applicationRisk'],
  })
  const list: readonly Fact[] = facts
  for (const { id, held } of list) {
    const rows = (all as Readonly<Record<string, unknown>>)[id]
    if (held === 'streamed' && Array.isArray(rows)) for (const row of rows) judging.accept(id, row)
  }
  return judging.rowsOf('applicationRisk')
}

function rowOf(given: Given, id = 'a'): ApplicationEvidence {
  const reading = evidenceOf(given)
  if (reading.state !== 'read') throw new Error(`Not read: ${reading.detail}`)
  const row = reading.rows.find((candidate) => candidate.id === id)
  if (!row) throw new Error(`There is no application ${id}.`)
  return row
}

const plain: Given = {
  applications: [registered('a')],
  servicePrincipals: [microsoftGraph(), enterprise('a'), enterprise('other', { appOwnerOrganizationId: 'elsewhere' })],
}

describe('what the risk of an application rests on', () => {
  it('joins the enterprise application with its registration', () => {
    const row = rowOf({
      ...plain,
      applications: [registered('a', { passwordCredentials: [secret('k', inDays(20))] })],
      applicationOwners: [ownedBy('a', 'guest', 'gone')],
      servicePrincipalOwners: [ownedBy('a', 'boss')],
      users: [user('guest', { userType: 'Guest' }), user('boss')],
      roleAssignments: [holding('boss')],
      federatedIdentityCredentials: [
        { id: 'a', displayName: null, federatedIdentityCredentials: [{ id: 'f', name: 'ci', issuer: 'i', subject: 's', audiences: [] }] },
      ],
      oauth2PermissionGrants: [grant('a', 'User.Read', 'boss')],
      appRoleAssignments: [appRole('a', 'RoleManagement.ReadWrite.Directory')],
    })
    expect(row).toMatchObject({ registrationId: 'a', publisher: 'tenant', isEnabled: true })
    expect(row.credentials.map(({ kind, keyId, holder }) => [kind, keyId, holder])).toEqual([
      ['secret', 'k', 'application'],
      ['federated', 'f', 'application'],
    ])
    expect(row.owners.map(({ id, through, state, isPrivileged }) => [id, through, state, isPrivileged])).toEqual([
      ['guest', 'application', 'guest', false],
      ['gone', 'application', 'gone', false],
      ['boss', 'servicePrincipal', 'member', true],
    ])
    expect(row.permissions.map(({ kind, value, people }) => [kind, value, people])).toEqual([
      ['application', 'RoleManagement.ReadWrite.Directory', 0],
      ['delegated', 'User.Read', 1],
    ])
    expect(row.owners.map(({ basis }) => basis)).toEqual(['applicationOwners/a', 'applicationOwners/a', 'servicePrincipalOwners/a'])
  })

  it('counts roles of its own and those that it has through a group', () => {
    const group = { ...holding('g'), principal: { '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'G' } }
    const row = rowOf({
      ...plain,
      roleAssignments: [group],
      roleGroupMembers: [{ '@odata.type': servicePrincipalOf, id: 'a', parentId: 'g', displayName: 'A', userPrincipalName: null }],
    })
    expect(row.roles).toMatchObject([{ name: 'Global Administrator', tier: 'control', isActive: true, groups: 1 }])
  })

  it('knows whose an application is', () => {
    const others = {
      ...plain,
      servicePrincipals: [
        enterprise('a', { appOwnerOrganizationId: 'elsewhere', verifiedPublisher: { verifiedPublisherId: 'v' } }),
        enterprise('b', { appOwnerOrganizationId: 'elsewhere' }),
        enterprise('c', { appOwnerOrganizationId: null, servicePrincipalType: 'ManagedIdentity' }),
        microsoftGraph(),
      ],
      applications: [],
    }
    expect(['a', 'b', 'c', 'graph'].map((id) => rowOf(others, id).publisher)).toEqual(['verified', 'unverified', 'none', 'microsoft'])
  })

  it('is not known where a source was not read, and says which', () => {
    expect(evidenceOf({ ...plain, users: 'role' })).toMatchObject({ state: 'unread', reason: 'role' })
  })

  it('shows who has a role over it, each hop resting on a stored fact', () => {
    const role = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'
    const given: Given = {
      ...plain,
      appRoleAssignments: [appRole('a', 'RoleManagement.ReadWrite.Directory')],
      users: [user('p')],
      roleAssignments: [holding('p', 'user', role), holding('g', 'group', role)],
      roleGroupOwners: [{ '@odata.type': '#microsoft.graph.user', id: 'o', parentId: 'g', displayName: 'Olga', userPrincipalName: null }],
    }
    const row = rowOf(given)
    expect(row.takers?.map(({ id }) => id).sort()).toEqual(['o', 'p'])
    expect(rowOf(given, 'other').takers).toEqual([])
    const { paths } = graphOf(row)
    const way = paths.find(({ from }) => from === 'o')?.hops ?? []
    expect(way.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('Olga owns the group'),
      expect.stringContaining('Whoever has that role can add a credential to Enterprise application a and sign in as it.'),
      expect.stringContaining('has the permission RoleManagement.ReadWrite.Directory'),
      expect.stringContaining('reaches the control of the tenant'),
    ])
    for (const { basis } of way) for (const key of basis) expect(keysIn(given)).toContain(key)
  })
})

function keysIn(given: Given): readonly string[] {
  const list: readonly Fact[] = facts
  return list.flatMap((fact) => {
    const rows = (given as Readonly<Record<string, unknown>>)[fact.id]
    return Array.isArray(rows) ? rows.map((row) => `${fact.id}/${fact.key(fact.row.parse(row))}`) : []
  })
}
