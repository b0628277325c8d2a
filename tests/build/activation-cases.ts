import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from './check-test.ts'
import { holding } from './facts.ts'
import { objectsOf, outcome } from './judged.ts'
import type { Given } from './judged.ts'
import { customRole, eligible, groupPolicy, mayJoin, noGroupActivations, roleIds, rolePolicy } from './people.ts'

const p2 = { licences: { p1: 'present', p2: 'present' } } as const

interface ActivationCase {
  readonly id: string
  /** A role that the check is about. */
  readonly role: string
  /** With them the check passes, for a role as for a group. */
  readonly rules: readonly object[]
  /** Other facts that the check needs. */
  readonly given?: Given
  /** A group that must itself activate the role counts, too. */
  readonly countsEligibleGroups?: true
}

/** What every check of the settings of roles has in common about groups that hold the role. */
export function describeGroupActivation({ id, role, rules, given = {}, countsEligibleGroups }: ActivationCase): void {
  describe(`${id}, where a group gives the role`, () => {
    const ofRole = { ...given, roleManagementPolicies: [rolePolicy(role, ...rules)], roleDefinitions: [] }
    const held: Given = {
      ...noGroupActivations,
      ...ofRole,
      roleAssignments: [holding('g1', 'group', role)],
      pimGroupEligibility: [mayJoin('G1', 'u2'), mayJoin('G1', 'u3')],
      roleGroupPolicies: [groupPolicy('g1', 'member', ...rules), groupPolicy('g1', 'owner', ...rules)],
    }
    const loose = { ...held, roleGroupPolicies: [groupPolicy('g1', 'member'), groupPolicy('g1', 'owner', ...rules)] }

    it('passes when the settings of the group ask for the same', () => {
      expect(outcome(id, held, p2)).toMatchObject({ verdict: 'pass', reason: 'all', values: { roles: 1 } })
    })

    it('fails by the settings of the group alone, and names it', () => {
      const verdict = outcome(id, loose, p2)
      expect(verdict).toMatchObject({ verdict: 'fail', reason: 'groups', values: { count: 1, roles: 1, groups: 1, names: 'Person g1' } })
      expect(objectsOf(verdict)).toEqual(['G1/member'])
      const told = sentences(id, loose, p2)
      expect(told).toHaveLength(3)
      expect(told[1]).toContain('Person g1')
      expect(told[2]).toContain('membership of Person g1 (')
      expect(outcome(id, { ...held, roleGroupPolicies: [] }, p2)).toMatchObject({ verdict: 'fail', reason: 'groups' })
    })

    it('looks at ownership where that is activated, for an owner lets people in', () => {
      const byOwner = { ...loose, pimGroupEligibility: [{ ...mayJoin('g1', 'u2'), accessId: 'owner' }] }
      expect(outcome(id, byOwner, p2).verdict).toBe('pass')
      expect(objectsOf(outcome(id, { ...byOwner, roleGroupPolicies: [groupPolicy('g1', 'member', ...rules)] }, p2))).toEqual(['g1/owner'])
      // A way in that we do not know has no settings that hold.
      const newWay = { ...held, pimGroupEligibility: [{ ...mayJoin('g1', 'u2'), accessId: 'unknownFutureValue' }] }
      expect(outcome(id, newWay, p2).verdict).toBe('fail')
    })

    it('counts a role once, however people get it', () => {
      const both = { ...loose, roleManagementPolicies: [rolePolicy(role)] }
      const verdict = outcome(id, both, p2)
      expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some', values: { count: 1, roles: 1 } })
      expect([...objectsOf(verdict)].sort()).toEqual(['G1/member', role].sort())
      expect(outcome(id, { ...held, roleManagementPolicies: [] }, p2)).toMatchObject({ verdict: 'fail', reason: 'none' })
    })

    it('leaves groups aside that hold another role, or that nobody activates', () => {
      expect(outcome(id, { ...loose, roleAssignments: [holding('g1', 'group', roleIds.reportsReader)] }, p2).verdict).toBe('pass')
      expect(outcome(id, { ...loose, pimGroupEligibility: [] }, p2).verdict).toBe('pass')
      const mustActivate = { ...loose, roleAssignments: [], roleEligibility: [eligible('g1', 'group', role)] }
      expect(outcome(id, mustActivate, p2).verdict).toBe(countsEligibleGroups ? 'fail' : 'pass')
    })

    it('is unknown where a holder is not known to be a group or none', () => {
      const bare = { ...held, roleAssignments: [{ ...holding('g1', 'group', role), principal: null }] }
      expect(outcome(id, bare, p2)).toMatchObject({ verdict: 'unknown', fact: 'groupActivations' })
    })

    unknownWithout(
      id,
      held,
      ['roleManagementPolicies', 'roleAssignments', 'roleEligibility', 'pimGroupEligibility', 'roleGroupPolicies'],
      p2,
    )
  })
}

/** What every check of the settings of privileged roles has in common about roles that Microsoft does not name. */
export function describePrivilegedRoles({ id, role, rules, given: others = {} }: ActivationCase): void {
  describe(`${id}, for roles beyond Microsoft's list`, () => {
    const change = 'microsoft.directory/applications/credentials/update'
    const given = (roleDefinitions: readonly object[], ...policies: readonly object[]): Given => ({
      ...others,
      ...noGroupActivations,
      roleDefinitions,
      roleManagementPolicies: [rolePolicy(role, ...rules), ...policies],
    })

    it('looks at custom roles that reach the control of the tenant, under their own name', () => {
      const loose = given([customRole('rotator', [change])], rolePolicy('Rotator'))
      const verdict = outcome(id, loose, p2)
      expect(verdict).toMatchObject({ verdict: 'fail', reason: 'some', values: { count: 1, roles: 2 } })
      expect(objectsOf(verdict)).toEqual(['Rotator'])
      expect(sentences(id, loose, p2)[2]).toContain('Role rotator')
      expect(outcome(id, given([customRole('rotator', [change])], rolePolicy('rotator', ...rules)), p2).verdict).toBe('pass')
    })

    it('leaves other custom roles aside', () => {
      const reader = customRole('reader', ['microsoft.directory/devices/standard/read'])
      expect(outcome(id, given([reader], rolePolicy('reader')), p2)).toMatchObject({ verdict: 'pass', values: { roles: 1 } })
    })

    it('takes a built-in role that is newer than our list for a privileged one', () => {
      const newer = { ...customRole('newer', []), isBuiltIn: true }
      expect(outcome(id, given([newer], rolePolicy('newer')), p2)).toMatchObject({ verdict: 'fail', values: { count: 1 } })
    })

    unknownWithout(id, given([]), ['roleDefinitions'], p2)
  })
}
