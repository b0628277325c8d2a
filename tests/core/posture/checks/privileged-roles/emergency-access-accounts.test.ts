import { describe, expect, it } from '@jest/globals'
import { unknownWithout } from '../../../../build/check-test.ts'
import { holding } from '../../../../build/facts.ts'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { eligible, roleFacts, roleIds, rolesGiven, user } from '../../../../build/people.ts'
import { settingsSchema } from '../../../../../core/posture/settings.ts'

const id = 'emergency-access-accounts'
const settings = settingsSchema.parse({ permanentRoleAssignmentAllowed: { users: ['u1', 'u2'] } })

function account(accountId: string, domain = 'contoso.onmicrosoft.com') {
  const row = holding(accountId)
  return { ...row, principal: { ...row.principal, userPrincipalName: `${accountId}@${domain}` } }
}

const users = [user('u1'), user('u2')]
const fine = { ...rolesGiven([account('u1'), account('u2'), holding('u3')]), users }

describe(id, () => {
  it('passes for two declared Global Administrators of the initial domain', () => {
    expect(outcome(id, fine, { settings })).toMatchObject({ verdict: 'pass', reason: 'ready' })
  })

  it('warns where none is declared', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'warn', reason: 'notDeclared' })
  })

  it('warns where not two hold the role at all times', () => {
    expect(outcome(id, { ...rolesGiven([account('u1')]), users }, { settings })).toMatchObject({
      verdict: 'warn',
      reason: 'number',
      values: { count: 1 },
    })
    expect(outcome(id, { ...rolesGiven([account('u1')], { roleEligibility: [eligible('u2')] }), users }, { settings }).verdict).toBe('warn')
  })

  it('warns of a third one, and of no account that is declared and holds another role', () => {
    const three = settingsSchema.parse({ permanentRoleAssignmentAllowed: { users: ['u1', 'u2', 'u3'] } })
    expect(outcome(id, fine, { settings: three })).toMatchObject({ verdict: 'warn', reason: 'tooMany', values: { count: 3 } })
    const other = { ...rolesGiven([account('u1'), account('u2'), holding('u3', 'user', roleIds.userAdministrator)]), users }
    expect(outcome(id, other, { settings: three }).verdict).toBe('pass')
  })

  it('warns where one of them depends on a domain of the tenant', () => {
    const verdict = outcome(id, { ...rolesGiven([account('u1'), account('u2', 'contoso.com')]), users }, { settings })
    expect(verdict).toMatchObject({ verdict: 'warn', reason: 'domain' })
    expect(objectsOf(verdict)).toEqual(['u1', 'u2'])
  })

  it('warns where one of them is disabled, synchronised, or no longer there', () => {
    const verdictOf = (...accounts: readonly unknown[]) => outcome(id, { ...fine, users: accounts }, { settings })
    expect(verdictOf(user('u1'), user('u2', { accountEnabled: false }))).toMatchObject({ verdict: 'warn', reason: 'disabled' })
    expect(verdictOf(user('u1'))).toMatchObject({ verdict: 'warn', reason: 'disabled' })
    expect(verdictOf(user('u1', { onPremisesSyncEnabled: true }), user('u2'))).toMatchObject({ verdict: 'warn', reason: 'synchronised' })
  })

  unknownWithout(id, fine, [...roleFacts, 'users'], { settings })
})
