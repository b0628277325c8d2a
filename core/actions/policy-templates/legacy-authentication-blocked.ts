import { block, everybody, everyApplication, definePolicyTemplate } from './template.ts'

export const legacyAuthenticationBlockedTemplate = definePolicyTemplate({
  id: 'legacy-authentication-blocked',
  displayName: 'Countersign: block legacy authentication',
  asks: 'no sign-in by old protocols, which know no second factor',
  people: 'everybody',
  baseline: 'MS.AAD.1.1v1',
  licence: 'p1',
  users: everybody,
  applications: everyApplication,
  conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] },
  grantControls: block,
})
