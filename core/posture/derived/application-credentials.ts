import { defineDerived, factKey } from '../fact.ts'
import type { Derived, FactKey } from '../fact.ts'
import { applications } from '../facts/applications.ts'
import { servicePrincipals } from '../facts/service-principals.ts'
import { nameOr } from '../rows/graph-values.ts'
import { complete } from '../rules/complete.ts'
import { distinctCertificates, ownSecrets } from '../rules/token-signing.ts'

/** One secret or certificate, and what holds it. */
export interface ApplicationCredential {
  readonly holder: 'application' | 'servicePrincipal'
  readonly id: string
  readonly appId: string
  readonly name: string
  readonly kind: 'secret' | 'certificate'
  readonly keyId: string
  readonly credentialName: string
  /** Milliseconds since 1970, UTC. A secret without a beginning is null: nobody knows how long it lives. */
  readonly startsAt: number | null
  readonly endsAt: number
  readonly basis: FactKey
}

/** A certificate that both signs and verifies stands here once, and its password is no secret. */
export const applicationCredentials = defineDerived({
  id: 'applicationCredentials',
  title: 'Secrets and certificates of applications',
  from: { applications, servicePrincipals },
  derive(from): Derived<ApplicationCredential> {
    const registrations = complete('/applications', from.applications, ['keyCredentials'])
    const principals = complete('/servicePrincipals', from.servicePrincipals, ['keyCredentials'])
    if ('undecided' in registrations) return registrations
    if ('undecided' in principals) return principals
    const all = [
      ...registrations.rows.map((row) => ({ holder: 'application', fact: 'applications', row }) as const),
      ...principals.rows.map((row) => ({ holder: 'servicePrincipal', fact: 'servicePrincipals', row }) as const),
    ]
    const rows: ApplicationCredential[] = []
    for (const { holder, fact, row } of all) {
      const of = { holder, id: row.id, appId: row.appId, name: nameOr(row.displayName, row.appId), basis: factKey(fact, row.id) }
      for (const secret of ownSecrets(row)) {
        if (secret.startDateTime === undefined)
          return { undecided: `/${fact}, id ${row.id}: passwordCredentials.startDateTime is missing. Ask for the whole credential.` }
        const startsAt = secret.startDateTime === null ? null : Date.parse(secret.startDateTime)
        rows.push({ ...of, ...credential('secret', secret), startsAt })
      }
      for (const certificate of distinctCertificates(row.keyCredentials))
        rows.push({ ...of, ...credential('certificate', certificate), startsAt: Date.parse(certificate.startDateTime) })
    }
    return { rows }
  },
})

function credential(
  kind: 'secret' | 'certificate',
  { keyId, displayName, endDateTime }: { readonly keyId: string; readonly displayName: string | null; readonly endDateTime: string },
): Pick<ApplicationCredential, 'kind' | 'keyId' | 'credentialName' | 'endsAt'> {
  return { kind, keyId, credentialName: nameOr(displayName, ''), endsAt: Date.parse(endDateTime) }
}
