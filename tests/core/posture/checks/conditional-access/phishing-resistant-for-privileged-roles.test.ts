import { describe, expect, it } from '@jest/globals'
import { settingsSchema } from '../../../../../core/posture/settings.ts'
import { coveringPolicy, globalAdministratorId } from '../../../../build/facts.ts'
import { outcome } from '../../../../build/judged.ts'
import { describePolicyCheck, sentence } from '../../../../build/policy-check.ts'

const id = 'phishing-resistant-for-privileged-roles'

const policy = (change: Parameters<typeof coveringPolicy>[1] = {}) =>
  coveringPolicy('p', {
    controls: [],
    grant: { authenticationStrength: { id: 's', allowedCombinations: ['fido2', 'windowsHelloForBusiness'] } },
    ...change,
  })

describe(id, () => {
  describePolicyCheck({ id, policy })

  it.each([
    ['a weaker combination beside the others', { authenticationStrength: { id: 's', allowedCombinations: ['fido2', 'password,sms'] } }],
    ['no combination', { authenticationStrength: { id: 's', allowedCombinations: [] } }],
    ['a combination that we do not know', { authenticationStrength: { id: 's', allowedCombinations: ['fido3'] } }],
    ['the built-in control only', { builtInControls: ['mfa'], authenticationStrength: null }],
    ['a choice between the strength and a device', { builtInControls: ['compliantDevice'], operator: 'OR' }],
  ])('fails with %s', (_what, grant) => {
    const strength = { id: 's', allowedCombinations: ['fido2'] }
    const row = coveringPolicy('p', { controls: [], grant: { authenticationStrength: strength, ...grant } })
    expect(outcome(id, { conditionalAccessPolicies: [row] })).toMatchObject({ verdict: 'fail', reason: 'none' })
  })

  it('passes where the strength is one of several demands', () => {
    const row = policy({
      controls: ['compliantDevice'],
      grant: { operator: 'AND', authenticationStrength: { id: 's', allowedCombinations: ['fido2'] } },
    })
    expect(outcome(id, { conditionalAccessPolicies: [row] }).verdict).toBe('pass')
  })

  it('passes with a policy for exactly the privileged roles, and names those that are missing', () => {
    const settings = settingsSchema.parse({ privilegedRoleTemplateIds: [globalAdministratorId, 'E8611AB8-C189-46E8-94E1-60213AB1F814'] })
    const forRoles = (...includeRoles: readonly string[]) =>
      outcome(id, { conditionalAccessPolicies: [policy({ users: { includeUsers: [], includeRoles: [...includeRoles] } })] }, { settings })
    expect(forRoles(globalAdministratorId.toUpperCase(), 'e8611ab8-c189-46e8-94e1-60213ab1f814').verdict).toBe('pass')
    const verdict = forRoles(globalAdministratorId)
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(sentence(id, verdict)).toContain('Privileged Role Administrator')
  })

  it("takes Microsoft's list where the tenant has none of its own", () => {
    const verdict = outcome(id, {
      conditionalAccessPolicies: [policy({ users: { includeUsers: [], includeRoles: [globalAdministratorId] } })],
    })
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'someUsers' })
    expect(sentence(id, verdict)).toContain('Privileged Authentication Administrator')
  })
})
