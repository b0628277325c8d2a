import { everybody, everyApplication, everyClient, phishingResistant, definePolicyTemplate } from './template.ts'

export const phishingResistantForEverybodyTemplate = definePolicyTemplate({
  id: 'phishing-resistant-for-everybody',
  displayName: 'Countersign: phishing-resistant sign-in for everybody',
  asks: 'a security key, passkey, Windows Hello or certificate',
  people: 'everybody',
  baseline: 'MS.AAD.3.1v1',
  licence: 'p1',
  users: everybody,
  applications: everyApplication,
  conditions: everyClient,
  grantControls: phishingResistant,
})
