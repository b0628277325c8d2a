import { block, everybody, everyApplication, everyClient, definePolicyTemplate } from './template.ts'

export const deviceCodeFlowBlockedTemplate = definePolicyTemplate({
  id: 'device-code-flow-blocked',
  displayName: 'Countersign: block device code flow',
  asks: 'no sign-in by a code typed on another device',
  people: 'everybody',
  baseline: 'MS.AAD.3.9v1',
  licence: 'p1',
  users: everybody,
  applications: everyApplication,
  conditions: { ...everyClient, authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
  grantControls: block,
})
