import { z } from 'zod'
import { defineAction } from '../action.ts'
import { account, accountReasons, accountSubject, identityResponder, readAccount } from '../plans/account.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'

const answerSchema = account.extend({ signInSessionsValidFromDateTime: z.iso.datetime({ offset: true }).nullable() })

export const revokeSessions = defineAction({
  id: 'revoke-sessions',
  title: 'End all sessions of a person',
  proposalTitle: 'End all sessions of {name}',
  why: 'Whoever stole a session has to sign in again, and cannot; so must the person, who can.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'on',
  licence: 'free',
  inputs: [{ name: 'userId', title: 'Person', is: 'user' }],
  touches: [],
  writeScopes: ['User.RevokeSessions.All'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    ...identityResponder,
    actions: ['microsoft.directory/users/invalidateAllRefreshTokens'],
    because: 'The smallest built-in role that may end sessions; custom roles cannot.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: { ...accountReasons, justEnded: 'All sessions of {name} were ended a moment ago.' },
  preStateFields: ['signInSessionsValidFromDateTime'],
  auditActivities: ['Update StsRefreshTokenValidFrom Timestamp'],
  ifStolen: 'Sign out everybody who holds no privileged role, again and again. Nothing can be read or taken over with it.',
  unconfirmed: 'How many minutes an access token that is out already goes on working in applications that do not ask again at once.',
  undo: { possible: false, because: 'A session that was ended cannot be brought back; the person signs in again.' },
  reads: ({ userId }) => [readAccount(userId, 'signInSessionsValidFromDateTime')],
  plan({ userId }, [answer], { now, aidId }) {
    const read = parseAnswer(answerSchema, answer, userId)
    if (read.kind === 'refused') return read
    const { signInSessionsValidFromDateTime, ...user } = read.row
    const subject = accountSubject(user)
    if (user.id === aidId) return refuse('isAid')
    // Graph writes whole seconds: an end within this one would look like an end before it.
    const second = Math.floor(now / 1000) * 1000
    if (Date.parse(signInSessionsValidFromDateTime ?? '') >= second) return refuse('justEnded', { name: subject.name })
    return planOne(
      subject,
      { field: 'sessions', before: `those since ${signInSessionsValidFromDateTime ?? 'ever'} work`, after: 'none works' },
      {
        class: 'action',
        write: { method: 'POST', path: `/users/${user.id}/revokeSignInSessions`, body: {} },
        readBack: {
          read: { path: `/users/${user.id}?$select=signInSessionsValidFromDateTime` },
          expect: { kind: 'notBefore', field: 'signInSessionsValidFromDateTime', since: new Date(second).toISOString() },
        },
        undo: null,
        echo: { activities: ['Update StsRefreshTokenValidFrom Timestamp'], targetId: user.id },
      },
      { signInSessionsValidFromDateTime },
    )
  },
})
