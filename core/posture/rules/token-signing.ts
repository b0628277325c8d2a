import { sameId } from '../rows/graph-values.ts'
import type { KeyCredential } from '../rows/key-credential.ts'

/**
 * Graph tells of one certificate that signs SAML tokens three times: the key that signs, its half that verifies, and, among the secrets and under
 * the id of the key that signs, the password of that key. https://learn.microsoft.com/graph/application-saml-sso-configure-api
 */
export function ownSecrets<Secret extends { readonly keyId: string }>(row: {
  readonly passwordCredentials: readonly Secret[]
  readonly keyCredentials?: readonly KeyCredential[] | undefined
}): readonly Secret[] {
  const signing = (row.keyCredentials ?? []).filter(signs)
  return row.passwordCredentials.filter(({ keyId }) => !signing.some((key) => sameId(key.keyId, keyId)))
}

/** Each certificate once: a key that signs is left out beside its half that verifies. */
export function distinctCertificates(keys: readonly KeyCredential[]): readonly KeyCredential[] {
  const verifying = keys.filter((key) => !signs(key))
  const isPaired = (key: KeyCredential): boolean =>
    verifying.some((other) => Date.parse(other.endDateTime) === Date.parse(key.endDateTime) && startOf(other) === startOf(key))
  const lone = keys.filter((key) => signs(key) && !isPaired(key))
  return [...new Map([...verifying, ...lone].map((key) => [key.keyId.toLowerCase(), key])).values()]
}

function signs({ usage }: KeyCredential): boolean {
  return sameId(usage ?? '', 'Sign')
}

function startOf({ startDateTime }: KeyCredential): number {
  return Date.parse(startDateTime)
}
