import { oauth2PermissionGrants } from '@countersign/core/posture/facts/oauth2-permission-grants.ts'
import { servicePrincipals } from '@countersign/core/posture/facts/service-principals.ts'
import { lastScanWith, rowsWith } from '../store/facts.ts'
import type { ReadTx } from '../store/transaction.ts'

/** The delegated permissions that the last scan saw granted to one of our registrations, for everybody or for this person; undefined where no scan has read them. */
export async function grantedScopes(tx: ReadTx, appId: string, personId: string | null): Promise<readonly string[] | undefined> {
  const scanId = await lastScanWith(tx, oauth2PermissionGrants.id)
  if (scanId === undefined) return undefined
  const [own] = await rowsWith(tx, scanId, servicePrincipals.id, 'appId', appId)
  if (!own) return undefined
  const grants = await rowsWith(tx, scanId, oauth2PermissionGrants.id, 'clientId', own.key)
  const scopes = grants.flatMap(({ row }) => {
    const grant = oauth2PermissionGrants.row.safeParse(row)
    if (!grant.success) return []
    const { consentType, principalId, scope } = grant.data
    const counts = consentType.toLowerCase() === 'allprincipals' || principalId?.toLowerCase() === personId?.toLowerCase()
    return counts ? scope.split(' ').filter((name) => name !== '') : []
  })
  return [...new Set(scopes)].sort()
}
