import { expect, it } from '@jest/globals'
import { parentsOf } from '../../../../core/posture/fact.ts'
import { policyGroupMembers } from '../../../../core/posture/facts/policy-group-members.ts'
import { blockingPolicy } from '../../../build/facts.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  '@odata.type': '#microsoft.graph.user',
  id: 'u',
  parentId: 'g',
  displayName: 'Name',
  userPrincipalName: 'n@contoso.com',
  userType: 'Member',
}

describeFact('policy-group-members', policyGroupMembers, {
  answer: { ...row, mail: null },
  row,
  needed: ['@odata.type', 'id', 'parentId'],
  optional: ['displayName', 'userPrincipalName', 'userType'],
})

it('is asked for every group that a policy leaves out, and for none that it covers', () => {
  const { each } = policyGroupMembers.source
  const parents = (change: Parameters<typeof blockingPolicy>[1]) => (each ? parentsOf(each, blockingPolicy('p', change)) : [])
  expect(parents({ users: { excludeGroups: ['G1', 'g2'], includeGroups: ['g3'] } })).toEqual(['g1', 'g2'])
  expect(parents({})).toEqual([])
})
