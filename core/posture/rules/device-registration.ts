/** Whether a membership names some or nobody. Null for kinds that we do not know. https://learn.microsoft.com/graph/api/resources/deviceregistrationmembership */
export function isLimitedMembership(membership: { readonly '@odata.type': string } | undefined): boolean | null {
  switch (membership?.['@odata.type'].replace(/^#/, '')) {
    case 'microsoft.graph.noDeviceRegistrationMembership':
    case 'microsoft.graph.enumeratedDeviceRegistrationMembership':
      return true
    case 'microsoft.graph.allDeviceRegistrationMembership':
      return false
    default:
      return null
  }
}
