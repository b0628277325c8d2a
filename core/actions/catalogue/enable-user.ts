import { z } from 'zod'
import { defineAction } from '../action.ts'
import {
  account,
  accountReasons,
  accountSubject,
  identityResponder,
  isRequester,
  readAccount,
  refuseOwn,
  setEnabled,
  synced,
} from '../plans/account.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'

const answerSchema = account.extend({ accountEnabled: z.boolean(), onPremisesSyncEnabled: z.boolean().nullish() })

export const enableUser = defineAction({
  id: 'enable-user',
  title: 'Let a blocked person sign in again',
  proposalTitle: 'Let {name} sign in again',
  why: 'Whoever was blocked by mistake, or is back, gets in again with everything as it was.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'on',
  licence: 'free',
  inputs: [{ name: 'userId', title: 'Person', is: 'user' }],
  touches: [],
  writeScopes: ['User.EnableDisableAccount.All', 'User.Read.All'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    ...identityResponder,
    actions: ['microsoft.directory/users/disable', 'microsoft.directory/users/enable'],
    because: 'The smallest built-in role that may unblock sign-in, and block it again to undo; custom roles cannot.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: { ...accountReasons, isRequester, synced, alreadyAllowed: '{name} is not blocked from signing in.' },
  preStateFields: ['accountEnabled'],
  auditActivities: ['Enable account', 'Disable account', 'Update user'],
  ifStolen:
    'Let accounts in again that were blocked because they are in the wrong hands, and block those of everybody without a privileged role.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ userId }) => [readAccount(userId, 'accountEnabled', 'onPremisesSyncEnabled')],
  plan({ userId }, [answer], context) {
    const read = parseAnswer(answerSchema, answer, userId)
    if (read.kind === 'refused') return read
    const { accountEnabled, onPremisesSyncEnabled, ...user } = read.row
    const subject = accountSubject(user)
    const own = refuseOwn(user, context)
    if (own) return own
    if (accountEnabled) return refuse('alreadyAllowed', { name: subject.name })
    return planOne(
      subject,
      { field: 'signIn', before: 'blocked', after: 'allowed' },
      setEnabled(user.id, true),
      { accountEnabled },
      onPremisesSyncEnabled ? [{ reason: 'synced', values: {} }] : [],
    )
  },
})
