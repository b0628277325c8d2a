import { expect, it } from '@jest/globals'
import { personGraph } from '../../../bot/src/http/views/person-graph.ts'
import type { StoredHold } from '../../../bot/src/store/people-tables.ts'

const hold = (change: Partial<StoredHold>): StoredHold => ({
  ...{ roleId: 'r', roleName: 'Global Administrator', tier: 'control', isPrivileged: true, isActive: true, until: null, scope: '/' },
  ...{ via: [], basis: ['roleAssignments/1'] },
  ...change,
})
const graph = (...holds: readonly StoredHold[]) => personGraph({ id: 'u', name: 'Ada', kind: 'member', holds })

it('leads from the person to the role, and from a role of the control plane to the tenant', () => {
  expect(graph(hold({})).edges.map(({ from, to, sentence }) => [from, to, sentence])).toEqual([
    ['u', 'role r', 'Ada holds the role Global Administrator.'],
    ['role r', 'tenant', 'Global Administrator reaches the control of the tenant.'],
  ])
  expect(graph(hold({ tier: 'user' })).nodes.map(({ id }) => id)).toEqual(['u', 'role r'])
})

it('walks groups from the person to the role, each hop on the fact that it rests on', () => {
  const via = [
    { id: 'outer', name: 'Outer' },
    { id: 'inner', name: 'Inner' },
  ]
  const { edges } = graph(hold({ isActive: false, via, basis: ['roleAssignments/1', 'pimGroupEligibility/2', 'roleGroupMembers/3'] }))
  expect(edges.slice(0, 3).map(({ from, to, sentence, basis }) => [from, to, sentence, basis])).toEqual([
    ['u', 'inner', 'Ada is a member of Inner.', ['roleGroupMembers/3']],
    ['inner', 'outer', 'Inner may make itself a member of Outer.', ['pimGroupEligibility/2']],
    ['outer', 'role r', 'Outer holds the role Global Administrator.', ['roleAssignments/1']],
  ])
})

it('tells an eligibility and a narrower place, and draws the same hop once', () => {
  const eligible = hold({ isActive: false, basis: ['roleEligibility/1'], scope: '/administrativeUnits/x' })
  const { edges } = graph(eligible, eligible)
  expect(edges[0]?.sentence).toBe('Ada can activate the role Global Administrator in one administrative unit.')
  expect(edges).toHaveLength(2)
})
