import { describe, expect, it } from '@jest/globals'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { coveringPolicy, globalAdministratorId, holding } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'second-factor-for-administrators'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) => coveringPolicy('p', { controls: ['mfa'], ...change })

describe(id, () => {
  describePolicyCheck({ id, policy, given: { roleAssignments: [] } })

  it.each([
    ['a choice between a second factor and a device', { builtInControls: ['mfa', 'compliantDevice'], operator: 'OR' }],
    ['a choice under an operator that we do not know', { builtInControls: ['mfa', 'compliantDevice'], operator: null }],
    ['a strength that accepts one factor', { builtInControls: [], authenticationStrength: { id: 's', allowedCombinations: ['password'] } }],
    ['nothing', { builtInControls: [] }],
  ])('fails when the policy asks for %s', (_what, grant) => {
    expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: [policy({ grant })] })).toMatchObject({
      verdict: 'fail',
      reason: 'none',
    })
  })

  it('passes with both demands at once, and with a strength of two factors', () => {
    for (const grant of [
      { builtInControls: ['mfa', 'compliantDevice'], operator: 'AND' },
      {
        builtInControls: [],
        authenticationStrength: { id: 's', allowedCombinations: ['password,sms', 'fido2', 'hardwareOath,federatedSingleFactor'] },
      },
    ])
      expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: [policy({ grant })] }).verdict).toBe('pass')
  })

  it('passes with a policy for exactly the privileged roles, and names those that are missing', () => {
    const settings = settingsSchema.parse({ privilegedRoleTemplateIds: [globalAdministratorId, 'E8611AB8-C189-46E8-94E1-60213AB1F814'] })
    const forRoles = (...includeRoles: readonly string[]) =>
      outcome(
        id,
        { roleAssignments: [], conditionalAccessPolicies: [policy({ users: { includeUsers: [], includeRoles: [...includeRoles] } })] },
        { settings },
      )
    expect(forRoles(globalAdministratorId.toUpperCase(), 'e8611ab8-c189-46e8-94e1-60213ab1f814').verdict).toBe('pass')
    const verdict = forRoles(globalAdministratorId)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(sentence(id, verdict)).toContain('Privileged Role Administrator')
  })

  it("takes Microsoft's list where the tenant has none of its own", () => {
    const verdict = outcome(id, {
      roleAssignments: [],
      conditionalAccessPolicies: [policy({ users: { includeUsers: [], includeRoles: [globalAdministratorId] } })],
    })
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(sentence(id, verdict)).toContain('Privileged Authentication Administrator')
  })

  it('passes where security defaults do it, and only while they are on', () => {
    const beside = (isEnabled: boolean) =>
      outcome(id, { roleAssignments: [], conditionalAccessPolicies: [], securityDefaults: [{ id: 'd', isEnabled }] })
    expect(beside(true)).toMatchObject({ verdict: 'pass', reason: 'securityDefaults', basis: ['securityDefaults/'] })
    expect(beside(false)).toMatchObject({ verdict: 'fail', reason: 'none' })
    expect(outcome(id, { roleAssignments: [], conditionalAccessPolicies: [], securityDefaults: 'scope' }).verdict).toBe('fail')
  })

  it('does not take a policy for roles for one of who holds such a role for a part of the tenant', () => {
    const privilegedRoleTemplateIds = [globalAdministratorId, 'fe930be7-5e62-47db-91af-98c3a49a38b1']
    const settings = settingsSchema.parse({ privilegedRoleTemplateIds })
    const verdict = (users: object, ...roleAssignments: readonly object[]) =>
      outcome(id, { conditionalAccessPolicies: [policy({ users })], roleAssignments }, { settings })
    const roles = { includeUsers: [], includeRoles: privilegedRoleTemplateIds }
    const ofUnit = (who: string, type: 'user' | 'group' | 'servicePrincipal' | null = 'user') => {
      return { ...holding(who, type, privilegedRoleTemplateIds[1]), id: `unit-${who}`, directoryScopeId: '/administrativeUnits/lisbon' }
    }
    expect(verdict(roles, holding('u1', 'user', privilegedRoleTemplateIds[1])).verdict).toBe('pass')
    const found = verdict(roles, ofUnit('u1'))
    expect(found).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(sentence(id, found)).toContain('User Administrator for a part of the tenant')
    expect(verdict(roles, ofUnit('g1', 'group')).verdict).toBe('fail')
    expect(verdict(roles, ofUnit('x', null)).verdict).toBe('fail')
    // Reached by name, by a group, with everybody, or by a role for the whole tenant; and no person at all.
    expect(verdict({ ...roles, includeUsers: ['U1'] }, ofUnit('u1')).verdict).toBe('pass')
    expect(verdict({ ...roles, includeGroups: ['g1'] }, ofUnit('g1', 'group')).verdict).toBe('pass')
    expect(verdict({}, ofUnit('u1')).verdict).toBe('pass')
    expect(verdict(roles, ofUnit('u1'), holding('u1')).verdict).toBe('pass')
    expect(verdict(roles, ofUnit('s1', 'servicePrincipal')).verdict).toBe('pass')
  })
})
