import { z } from 'zod'
import { defineAction } from '../action.ts'
import { planRisk, readRisk, riskReasons, securityOperator } from '../plans/risk.ts'

export const dismissRiskyUser = defineAction({
  id: 'dismiss-risky-user',
  title: 'Dismiss the risk of a person',
  proposalTitle: 'Dismiss the risk of {name}',
  why: 'A risk that was looked into and came to nothing keeps a person out, and hides the next one.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'p2',
  inputs: [{ name: 'userId', title: 'Person', is: 'user' }],
  touches: [],
  writeScopes: ['IdentityRiskyUser.ReadWrite.All'],
  proofScopes: ['IdentityRiskyUser.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    ...securityOperator,
    because:
      'The smallest built-in role that may decide about risks; it may also block sign-in and reset passwords, and custom roles cannot.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: riskReasons,
  preStateFields: ['riskState', 'riskLevel'],
  auditActivities: ['DismissUser'],
  ifStolen: 'Clear the risk of every account, and so let a thief past rules that ask for more where there is risk.',
  unconfirmed: 'How long Graph goes on showing the old state after it has taken the request.',
  undo: { possible: false, because: 'Graph cannot bring back a risk that was dismissed; new signs of it raise it again.' },
  reads: ({ userId }) => [readRisk(userId)],
  plan: ({ userId }, [answer], context) =>
    planRisk(
      {
        call: 'dismiss',
        becomes: 'dismissed',
        activity: 'DismissUser',
        refusedFrom: { dismissed: 'alreadyDismissed' },
        allowedFrom: ['atRisk', 'confirmedCompromised'],
      },
      userId,
      answer,
      context,
    ),
})
