import { block, everybody, everyApplication, everyClient, definePolicyTemplate } from './template.ts'

export const highSignInRiskBlockedTemplate = definePolicyTemplate({
  id: 'high-sign-in-risk-blocked',
  displayName: 'Countersign: block sign-ins at high risk',
  asks: 'no sign-in that Microsoft rates as high risk',
  people: 'everybody',
  baseline: 'MS.AAD.2.3v1',
  licence: 'p2',
  users: everybody,
  applications: everyApplication,
  conditions: { ...everyClient, signInRiskLevels: ['high'] },
  grantControls: block,
})
