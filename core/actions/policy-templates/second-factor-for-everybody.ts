import { everybody, everyApplication, everyClient, definePolicyTemplate } from './template.ts'

export const secondFactorForEverybodyTemplate = definePolicyTemplate({
  id: 'second-factor-for-everybody',
  displayName: 'Countersign: second factor for everybody',
  asks: 'a second factor',
  people: 'everybody',
  baseline: 'MS.AAD.3.2v2',
  licence: 'p1',
  users: everybody,
  applications: everyApplication,
  conditions: everyClient,
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
})
