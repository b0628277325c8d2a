import { expect, it } from '@jest/globals'
import { parentsOf } from '../../../../core/posture/fact.ts'
import { policyGroups } from '../../../../core/posture/facts/policy-groups.ts'
import { blockingPolicy } from '../../../build/facts.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = { id: 'g', displayName: 'Name', groupTypes: [], isAssignableToRole: true, isManagementRestricted: false }

describeFact('policy-groups', policyGroups, {
  answer: { ...row, mail: null },
  row,
  needed: ['id', 'groupTypes'],
  nullable: ['isAssignableToRole'],
  optional: ['displayName', 'isManagementRestricted'],
})

it('is asked for every group that a policy leaves out', () => {
  const { each } = policyGroups.source
  expect(each ? parentsOf(each, blockingPolicy('p', { users: { excludeGroups: ['G1', 'g2'] } })) : []).toEqual(['g1', 'g2'])
})
