import { expect, it } from '@jest/globals'
import { revokeSessions } from '@countersign/core/actions/catalogue/revoke-sessions.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const signInSessionsValidFromDateTime = '2026-10-01T08:00:00Z'
const erik = { id: userId, displayName: 'Erik Holm', userPrincipalName: 'erik@contoso.example', signInSessionsValidFromDateTime }
const about = { type: 'user', id: userId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const

describeAction({
  action: revokeSessions,
  input: { userId },
  reads: [`/users/${userId}?$select=id,displayName,userPrincipalName,signInSessionsValidFromDateTime`],
  answers: [erik],
  plan: {
    subject: about,
    changes: [{ field: 'sessions', before: 'those since 2026-10-01T08:00:00Z work', after: 'none works' }],
    steps: [
      {
        class: 'action',
        about,
        write: { method: 'POST', path: `/users/${userId}/revokeSignInSessions`, body: {} },
        readBack: {
          read: { path: `/users/${userId}?$select=signInSessionsValidFromDateTime` },
          expect: { kind: 'notBefore', field: 'signInSessionsValidFromDateTime', since: '2026-11-22T12:00:00.000Z' },
        },
        undo: null,
        echo: { activities: ['Update StsRefreshTokenValidFrom Timestamp'], targetId: userId },
      },
    ],
    preState: { signInSessionsValidFromDateTime },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [{ ...erik, signInSessionsValidFromDateTime: 'soon' }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'justEnded', answers: [{ ...erik, signInSessionsValidFromDateTime: '2026-11-22T12:00:00Z' }] },
  ],
  badInputs: [{}, { userId: 'erik' }, null],
  named: (displayName) => [{ ...erik, displayName }],
})

it('revoke-sessions counts from the whole second in which it was planned, because Graph writes whole seconds', () => {
  const prepared = revokeSessions.prepare({ userId })
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  expect(prepared.prepared.plan([erik], { ...planContext, now: planContext.now + 999 })).toMatchObject({
    steps: [{ readBack: { expect: { since: '2026-11-22T12:00:00.000Z' } } }],
  })
})

it('revoke-sessions may end one’s own sessions, and those of an account that never had any', () => {
  const prepared = revokeSessions.prepare({ userId })
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  const never = { ...erik, signInSessionsValidFromDateTime: null }
  expect(prepared.prepared.plan([never], { ...planContext, requestedBy: userId })).toMatchObject({
    kind: 'plan',
    changes: [{ before: 'those since ever work' }],
  })
})
