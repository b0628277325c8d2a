import { block, everybody, everyApplication, everyClient, definePolicyTemplate } from './template.ts'

export const highUserRiskBlockedTemplate = definePolicyTemplate({
  id: 'high-user-risk-blocked',
  displayName: 'Countersign: block accounts at high risk',
  asks: 'no sign-in while Microsoft rates the account as high risk',
  people: 'everybody',
  baseline: 'MS.AAD.2.1v1',
  licence: 'p2',
  users: everybody,
  applications: everyApplication,
  conditions: { ...everyClient, userRiskLevels: ['high'] },
  grantControls: block,
})
