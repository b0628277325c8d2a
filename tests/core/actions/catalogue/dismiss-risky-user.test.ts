import { dismissRiskyUser } from '@countersign/core/actions/catalogue/dismiss-risky-user.ts'
import { describeAction } from '../../../build/action-cases.ts'

const userId = '11111111-2222-4333-8444-555555555555'
const erik = {
  id: userId,
  userDisplayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
  riskState: 'atRisk',
  riskLevel: 'medium',
}
const about = { type: 'user', id: userId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const

describeAction({
  action: dismissRiskyUser,
  input: { userId },
  reads: [`/identityProtection/riskyUsers/${userId}?$select=id,userDisplayName,userPrincipalName,riskState,riskLevel`],
  answers: [erik],
  plan: {
    subject: about,
    changes: [{ field: 'risk', before: 'atRisk, medium', after: 'dismissed' }],
    steps: [
      {
        class: 'set',
        about,
        write: { method: 'POST', path: '/identityProtection/riskyUsers/dismiss', body: { userIds: [userId] } },
        readBack: {
          read: { path: `/identityProtection/riskyUsers/${userId}?$select=riskState` },
          expect: { kind: 'equals', field: 'riskState', value: 'dismissed' },
        },
        undo: null,
        echo: { activities: ['DismissUser'], targetId: userId },
      },
    ],
    preState: { riskState: 'atRisk', riskLevel: 'medium' },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: userId } },
    { reason: 'unreadable', answers: [{ ...erik, riskState: null }] },
    { reason: 'isAid', context: { aidId: userId } },
    { reason: 'isRequester', context: { requestedBy: userId } },
    { reason: 'alreadyDismissed', answers: [{ ...erik, riskState: 'dismissed' }] },
    ...['none', 'remediated', 'confirmedSafe', 'unknownFutureValue'].map((riskState) => ({
      reason: 'notRisky',
      answers: [{ ...erik, riskState }],
      values: { name: 'Erik Holm', state: riskState },
    })),
  ],
  badInputs: [{}, { userId: 'erik' }, { userIds: [userId] }, null],
  named: (userDisplayName) => [{ ...erik, userDisplayName }],
})
