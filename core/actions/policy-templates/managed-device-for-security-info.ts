import { everybody, everyClient, managedDevice, definePolicyTemplate } from './template.ts'

export const managedDeviceForSecurityInfoTemplate = definePolicyTemplate({
  id: 'managed-device-for-security-info',
  displayName: 'Countersign: managed device to register sign-in methods',
  asks: 'a device that is compliant or joined to the domain, to register sign-in methods',
  people: 'everybody',
  baseline: 'MS.AAD.3.8v1',
  licence: 'p1',
  users: everybody,
  applications: { includeUserActions: ['urn:user:registersecurityinfo'] },
  conditions: everyClient,
  grantControls: managedDevice,
})
