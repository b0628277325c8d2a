import { describe, expect, it } from '@jest/globals'
import { appRole, enterprise, grant, microsoftGraph } from '../../../../build/applications.ts'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { objectsOf, outcome, type Given } from '../../../../build/judged.ts'
import { own, withOwn } from '../../../../build/own-identity.ts'

const id = 'aid-permissions-needed'
const fine: Given = {
  servicePrincipals: [microsoftGraph(), ...['read', 'chat', 'act', 'other'].map((name) => enterprise(name))],
  oauth2PermissionGrants: [
    grant('act', `${own.neededScopes.join(' ')} openid offline_access`),
    grant('read', 'User.Read Policy.Read.All'),
    grant('other', 'User.ReadWrite.All'),
  ],
  appRoleAssignments: [appRole('other', 'Mail.ReadWrite')],
}

describe(id, () => {
  it('passes while each registration has what it needs, whatever others have', () => {
    expect(outcome(id, fine, withOwn())).toMatchObject({ verdict: 'pass', reason: 'none' })
  })
  it('does not apply without an Aid', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'notApplicable', reason: 'notConnected' })
  })
  it.each([
    ['a scope that no switched-on action needs', 'act', 'Directory.ReadWrite.All', 'which no switched-on action needs'],
    ['a scope granted for the Aid alone', 'act', 'Mail.Send', 'which no switched-on action needs'],
    ['a writing scope of Countersign Read', 'read', 'User.ReadWrite.All', 'which can change something'],
    ['any scope of Countersign Chat', 'chat', 'User.Read', 'which the bot does not need'],
  ])('fails on %s', (_what, client, scope, says) => {
    const principal = scope === 'Mail.Send' ? 'aid' : null
    const given = { ...fine, oauth2PermissionGrants: [{ ...grant(client, scope, principal), id: 'extra' }] }
    expect(objectsOf(outcome(id, given, withOwn()))).toEqual([`${client}/delegated/${scope}`])
    expect(outcome(id, given, withOwn())).toMatchObject({ verdict: 'fail' })
    expect(sentences(id, given, withOwn())[2]).toContain(says)
  })
  it('fails on an application permission of any of the three', () => {
    const given = { ...fine, appRoleAssignments: [appRole('read', 'User.Read.All')] }
    expect(objectsOf(outcome(id, given, withOwn()))).toEqual(['read/application/User.Read.All'])
    expect(sentences(id, given, withOwn())[2]).toContain('works without a signed-in person')
  })
  unknownWithout(id, fine, ['servicePrincipals', 'oauth2PermissionGrants', 'appRoleAssignments'], withOwn())
})
