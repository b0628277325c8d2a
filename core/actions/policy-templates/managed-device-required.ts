import { everybody, everyApplication, everyClient, managedDevice, definePolicyTemplate } from './template.ts'

export const managedDeviceRequiredTemplate = definePolicyTemplate({
  id: 'managed-device-required',
  displayName: 'Countersign: managed device for everybody',
  asks: 'a device that is compliant or joined to the domain',
  people: 'everybody',
  baseline: 'MS.AAD.3.7v1',
  licence: 'p1',
  users: everybody,
  applications: everyApplication,
  conditions: everyClient,
  grantControls: managedDevice,
})
