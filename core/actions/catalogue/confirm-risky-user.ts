import { z } from 'zod'
import { defineAction } from '../action.ts'
import { planRisk, readRisk, riskReasons, securityOperator } from '../plans/risk.ts'

export const confirmRiskyUser = defineAction({
  id: 'confirm-risky-user',
  title: 'Confirm that an account is in the wrong hands',
  proposalTitle: 'Confirm that the account of {name} is in the wrong hands',
  why: 'The risk becomes high at once, and the rules for high risk keep the thief out.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'p2',
  inputs: [{ name: 'userId', title: 'Person', is: 'user' }],
  touches: ['signIn'],
  writeScopes: ['IdentityRiskyUser.ReadWrite.All'],
  proofScopes: ['IdentityRiskyUser.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    ...securityOperator,
    because: 'The smallest built-in role that may confirm a risk; it may also block sign-in and reset passwords, and custom roles cannot.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: { ...riskReasons, alreadyConfirmed: 'Somebody has confirmed already that the account of {name} is in the wrong hands.' },
  preStateFields: ['riskState', 'riskLevel'],
  auditActivities: ['ConfirmAccountCompromised'],
  ifStolen: 'Put any account at high risk, which locks it out where rules for high risk are in force, and clear the risk of others.',
  unconfirmed: 'How long Graph goes on showing the old state after it has taken the request.',
  undo: { possible: false, because: 'Graph has no way back but to dismiss the risk, which is an action of its own.' },
  reads: ({ userId }) => [readRisk(userId)],
  plan: ({ userId }, [answer], context) =>
    planRisk(
      {
        call: 'confirmCompromised',
        becomes: 'confirmedCompromised',
        activity: 'ConfirmAccountCompromised',
        refusedFrom: { dismissed: 'alreadyDismissed', confirmedCompromised: 'alreadyConfirmed' },
        allowedFrom: ['atRisk'],
      },
      userId,
      answer,
      context,
    ),
})
