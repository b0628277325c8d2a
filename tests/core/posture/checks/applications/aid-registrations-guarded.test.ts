import { describe, expect, it } from '@jest/globals'
import { enterprise, ownedBy, registered } from '../../../../build/applications.ts'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { inDays, secret } from '../../../../build/facts.ts'
import { objectsOf, outcome, type Given } from '../../../../build/judged.ts'
import { withOwn } from '../../../../build/own-identity.ts'
import { user } from '../../../../build/people.ts'

const id = 'aid-registrations-guarded'
const names = ['read', 'chat', 'act', 'other']
const fine: Given = {
  applications: names.map((name) =>
    registered(name, { passwordCredentials: [secret(`key-${name}`, inDays(60)), secret('old', inDays(-1))] }),
  ),
  servicePrincipals: names.map((name) => enterprise(`sp-${name}`, { appId: `client-of-${name}` })),
  applicationOwners: [ownedBy('other', 'u1')],
  servicePrincipalOwners: [ownedBy('sp-other', 'u1')],
  users: [user('u1'), user('u2')],
}
const act = (...secrets: readonly ReturnType<typeof secret>[]): Given => ({
  ...fine,
  applications: [registered('act', { passwordCredentials: [...secrets] })],
})

describe(id, () => {
  it('passes without owners and with one credential each, whatever others have', () => {
    expect(outcome(id, fine, withOwn())).toMatchObject({ verdict: 'pass', reason: 'none' })
    expect(sentences(id, fine, withOwn())[1]).toContain('397 days')
  })
  it('does not apply without an Aid', () => {
    expect(outcome(id, fine)).toMatchObject({ verdict: 'notApplicable', reason: 'notConnected' })
  })
  it.each([
    ['a registration', { applicationOwners: [ownedBy('act', 'u2')] }, 'act/u2'],
    ['an enterprise application', { servicePrincipalOwners: [ownedBy('sp-read', 'u2')] }, 'sp-read/u2'],
  ])('fails on an owner of %s, unless declared', (_what, changed, object) => {
    const given = { ...fine, ...changed }
    expect(outcome(id, given, withOwn())).toMatchObject({ verdict: 'fail', reason: 'some' })
    expect(objectsOf(outcome(id, given, withOwn()))).toEqual([object])
    const exclusions = { users: ['U2'], groups: [], applications: [], guestUserTypes: [] }
    expect(outcome(id, given, withOwn({ exclusions }))).toMatchObject({ verdict: 'pass' })
  })
  it('warns about a second credential that works, and about one that lives long', () => {
    const two = act(secret('a', inDays(30)), secret('b', inDays(60)))
    expect(outcome(id, two, withOwn())).toMatchObject({ verdict: 'warn' })
    expect(sentences(id, two, withOwn())[2]).toContain('2 credentials that work')
    const long = act({ ...secret('a', inDays(700)), startDateTime: inDays(-10) })
    expect(objectsOf(outcome(id, long, withOwn()))).toEqual(['act/a'])
    expect(sentences(id, long, withOwn())[2]).toContain('710 days')
    expect(outcome(id, act({ ...secret('a', inDays(60)), startDateTime: null }), withOwn())).toMatchObject({ verdict: 'warn' })
  })
  unknownWithout(id, fine, ['applications', 'servicePrincipals', 'applicationOwners', 'servicePrincipalOwners', 'users'], withOwn())
})
