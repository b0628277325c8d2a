import { describe, expect, it } from '@jest/globals'
import { readTokenScopes } from '../../../../core/trust/probes/read-token-scopes.ts'
import { delegatedScopes } from '../../../../core/data/graph-delegated-scopes.ts'
import { renderMessage } from '../../../../core/text/message.ts'
import type { Profile } from '../../../../core/profile.ts'

const profile: Profile = {
  act: 'off',
  assistant: 'none',
  isolation: 'dedicated',
  cloud: 'global',
  region: '',
  environment: 'tenant',
  retentionDays: 30,
}
const now = Date.parse('2026-11-22T12:00:00Z')

function judge(scopes: readonly string[] | null, hasApplicationPermissions = false) {
  const token = scopes === null ? null : { obtainedAt: '2026-11-22T11:00:00.000Z', scopes: [...scopes], hasApplicationPermissions }
  return readTokenScopes.stands(readTokenScopes.observation.parse({ token }), profile, now)
}

describe('read-token-scopes', () => {
  it('holds for a token that only reads, OpenID scopes aside', () => {
    expect(judge(['openid', 'profile', 'Application.Read.All', 'Policy.Read.All'])).toMatchObject({
      standing: 'proven',
      values: { count: 2, scopes: 'Application.Read.All, Policy.Read.All' },
    })
  })

  it.each([
    'User.ReadWrite.All',
    'User.EnableDisableAccount.All',
    'User.RevokeSessions.All',
    'Directory.AccessAsUser.All',
    'Mail.Send',
    'Application.ReadUpdate.All',
    'RoleAssignmentSchedule.Remove.Directory',
  ])('fails when %s is in it, and names it', (scope) => {
    expect(judge(['User.Read', scope])).toMatchObject({ standing: 'failing', reason: 'writes', values: { scopes: scope } })
  })

  it('fails for application permissions, whatever the scopes', () => {
    expect(judge(['User.Read'], true)).toMatchObject({ standing: 'failing', reason: 'applicationPermissions' })
  })

  it('claims nothing without a token, with an empty one, and with a permission that is in no table', () => {
    expect(judge(null)).toMatchObject({ standing: 'unknown', reason: 'noToken' })
    expect(judge(['openid'])).toMatchObject({ standing: 'unknown', reason: 'empty' })
    expect(judge(['User.Read', 'Nobody.Knows.All'])).toMatchObject({
      standing: 'unknown',
      reason: 'notInTable',
      values: { scopes: 'Nobody.Knows.All' },
    })
  })

  it('turns to failing by the one deciding scope', () => {
    expect(judge(['Application.Read.All']).standing).toBe('proven')
    expect(judge(['Application.ReadWrite.All']).standing).toBe('failing')
  })

  it('has a message for every reason that can be given', () => {
    for (const judgement of [
      judge(['User.Read']),
      judge(null),
      judge(['Mail.Send']),
      judge(['User.Read'], true),
      judge(['X.Y']),
      judge([]),
    ]) {
      expect(renderMessage(readTokenScopes.reasons[judgement.reason] ?? '', judgement.values)).not.toBe('')
    }
  })

  it('counts no scope as reading whose name says that it writes', () => {
    const reading = [...delegatedScopes.values()].filter(({ kind }) => kind === 'read')
    expect(reading.length).toBeGreaterThan(300)
    const verbs = ({ name }: { readonly name: string }): readonly string[] => name.split('.').slice(1)
    expect(
      reading.filter((scope) =>
        verbs(scope).some((verb) =>
          /Write|Update|^(Send|Manage|FullControl|AccessAsUser|Create|Delete|Remove|EnableDisable.*|Revoke.*)$/.test(verb),
        ),
      ),
    ).toEqual([])
  })
})
