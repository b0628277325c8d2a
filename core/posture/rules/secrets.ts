import type { AffectedObject, Severity } from '../check.ts'
import { factKey } from '../fact.ts'
import type { FactRow } from '../facts.ts'
import { nameOr } from '../rows/graph-values.ts'
import type { PasswordCredential } from '../rows/password-credential.ts'
import { dayMs } from '../../day.ts'

export type SecretHolder =
  | { readonly fact: 'applications'; readonly row: FactRow<'applications'> }
  | { readonly fact: 'servicePrincipals'; readonly row: FactRow<'servicePrincipals'> }

/** Milliseconds until the secret ends; negative once it has ended. */
export function timeLeft(secret: PasswordCredential, now: number): number {
  return Date.parse(secret.endDateTime) - now
}

export function days(count: number): number {
  return count * dayMs
}

/** The object that holds a secret, with the secret's key id as its part. */
export function secretObject({ fact, row }: SecretHolder, secret: PasswordCredential, now: number, severity?: Severity): AffectedObject {
  return {
    type: fact === 'applications' ? 'application' : 'servicePrincipal',
    id: row.id,
    name: nameOr(row.displayName, row.appId),
    part: secret.keyId,
    values: {
      kind: fact === 'applications' ? 'application' : 'servicePrincipal',
      appId: row.appId,
      keyId: secret.keyId,
      named: secret.displayName === null || secret.displayName.trim() === '' ? 'no' : 'yes',
      secretName: nameOr(secret.displayName, ''),
      endsAt: secret.endDateTime,
      days: Math.floor(Math.abs(timeLeft(secret, now)) / dayMs),
    },
    ...(severity ? { severity } : {}),
    basis: [factKey(fact, row.id)],
  }
}
