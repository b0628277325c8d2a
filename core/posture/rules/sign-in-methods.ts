/**
 * Names of registered methods as the report writes them; a name that we do not know resists nothing.
 * https://learn.microsoft.com/graph/api/resources/userregistrationdetails
 */
const securityKeys = [
  'fido2SecurityKey',
  'fido2',
  'passKeyDeviceBound',
  'passKeyDeviceBoundAuthenticator',
  'passKeyDeviceBoundWindowsHello',
  'passKeySynced',
]
const others = ['windowsHelloForBusiness', 'x509Certificate', 'x509CertificateMultiFactor', 'platformCredential', 'macOsSecureEnclaveKey']

/** A key or a passkey, which works without any other device. */
export function isSecurityKey(method: string): boolean {
  return securityKeys.includes(method)
}

export function resistsPhishing(method: string): boolean {
  return isSecurityKey(method) || others.includes(method)
}
