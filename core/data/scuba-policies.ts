/**
 * CISA's policies for Microsoft Entra ID: id, how binding it is, and what it asks for, word for word (cisagov/ScubaGear, CC0; see NOTICE beside
 * this file). Version 2.6.10.
 */
export interface ScubaPolicy {
  readonly id: string
  readonly criticality: 'SHALL' | 'SHOULD'
  readonly text: string
}

const lines = `
MS.AAD.1.1v1 SHALL Legacy authentication SHALL be blocked.
MS.AAD.2.1v1 SHALL Users detected as high risk SHALL be blocked.
MS.AAD.2.2v1 SHOULD A notification SHOULD be sent to the administrator when high-risk users are detected.
MS.AAD.2.3v1 SHALL Sign-ins detected as high risk SHALL be blocked.
MS.AAD.3.1v1 SHALL Phishing-resistant MFA SHALL be enforced for all users.
MS.AAD.3.2v2 SHALL MFA SHALL be enforced for all users.
MS.AAD.3.3v2 SHALL If Microsoft Authenticator is enabled, it SHALL be configured to show login context information.
MS.AAD.3.4v1 SHALL The Authentication Methods Manage Migration feature SHALL be set to Migration Complete.
MS.AAD.3.5v2 SHALL The authentication methods SMS, Voice Call, and Email One-Time Passcode (OTP) SHALL be disabled.
MS.AAD.3.6v1 SHALL Phishing-resistant MFA SHALL be required for highly privileged roles.
MS.AAD.3.7v1 SHOULD Managed devices SHOULD be required for authentication.
MS.AAD.3.8v1 SHOULD Managed Devices SHOULD be required to register MFA.
MS.AAD.3.9v1 SHOULD Device code authentication SHOULD be blocked.
MS.AAD.4.1v1 SHALL Security logs SHALL be sent to the agency's security operations center for monitoring.
MS.AAD.5.1v1 SHALL Only administrators SHALL be allowed to register applications.
MS.AAD.5.2v1 SHALL User consent to applications SHALL be restricted.
MS.AAD.5.3v1 SHALL An admin consent workflow SHALL be configured for applications.
MS.AAD.5.5v1 SHOULD Application Password Addition SHOULD be blocked.
MS.AAD.5.6v1 SHOULD Application password lifetime SHOULD be restricted to 180 days or less.
MS.AAD.5.7v1 SHOULD Application certificate lifetime SHOULD be restricted to 365 days or less.
MS.AAD.6.1v1 SHALL User passwords SHALL NOT expire.
MS.AAD.7.1v1 SHALL A minimum of two users and a maximum of eight users SHALL be provisioned with the Global Administrator role.
MS.AAD.7.2v1 SHALL Privileged users SHALL be provisioned with finer-grained roles instead of Global Administrator.
MS.AAD.7.3v1 SHALL Privileged users SHALL be provisioned cloud-only accounts separate from an on-premises directory or other federated identity providers.
MS.AAD.7.4v1 SHALL Permanent active role assignments SHALL NOT be allowed for highly privileged roles.
MS.AAD.7.5v1 SHALL Provisioning users to highly privileged roles SHALL NOT occur outside of a PAM system.
MS.AAD.7.6v1 SHALL Activation of the Global Administrator role SHALL require approval.
MS.AAD.7.7v1 SHALL Eligible and active highly privileged role assignments SHALL trigger an alert.
MS.AAD.7.8v1 SHALL User activation of the Global Administrator role SHALL trigger an alert.
MS.AAD.7.9v1 SHOULD User activation of other highly privileged roles SHOULD trigger an alert.
MS.AAD.8.1v1 SHOULD Guest users SHOULD have limited or restricted access to Microsoft Entra ID directory objects.
MS.AAD.8.2v1 SHOULD Only users with the Guest Inviter role SHOULD be able to invite guest users.
MS.AAD.8.3v1 SHOULD Guest invites SHOULD only be allowed to specific external domains that have been authorized by the agency for legitimate business purposes.
MS.AAD.9.1v1 SHALL Risky AI agents SHALL be blocked.
`

export const scubaPolicies: readonly ScubaPolicy[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [id = '', criticality = '', ...words] = line.split(' ')
    return { id, criticality: criticality === 'SHALL' ? 'SHALL' : 'SHOULD', text: words.join(' ') }
  })
