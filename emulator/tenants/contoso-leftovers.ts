import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

/** Risk that Entra has seen, most of it unanswered. */
export function plantRisk(planter: Planter, staff: readonly Row[]): void {
  const risky = (index: number, riskLevel: string, riskState: string, riskDetail: string, daysAgo: number): void => {
    for (const user of staff.slice(index, index + 1)) {
      planter.put('identityProtection/riskyUsers', {
        id: user.id,
        isDeleted: false,
        isProcessing: false,
        riskDetail,
        riskLastUpdatedDateTime: planter.inDays(-daysAgo),
        riskLevel,
        riskState,
        userDisplayName: text(user, 'displayName') ?? null,
        userPrincipalName: text(user, 'userPrincipalName') ?? null,
      })
    }
  }
  // Leaked credentials, seen twelve days ago, and nobody has done anything.
  risky(61, 'high', 'atRisk', 'none', 12)
  risky(74, 'medium', 'atRisk', 'none', 3)
  // Good: settled by a password change.
  risky(88, 'none', 'remediated', 'userPerformedSecuredPasswordChange', 30)
  const robot = [...collection(planter.tenant, 'servicePrincipals').values()].find((row) => row['displayName'] === 'Mail merge')
  if (!robot) return
  // Its secret was used from an address that is known for it.
  planter.put('identityProtection/riskyServicePrincipals', {
    id: robot.id,
    appId: text(robot, 'appId') ?? null,
    displayName: 'Mail merge',
    isEnabled: true,
    isProcessing: false,
    riskDetail: 'none',
    riskLastUpdatedDateTime: planter.inDays(-6),
    riskLevel: 'high',
    riskState: 'atRisk',
    servicePrincipalType: 'Application',
  })
}

/** What was deleted lately and can still be restored. */
export function plantDeleted(planter: Planter): void {
  const remove = (path: 'users' | 'applications', type: 'user' | 'application', row: Row, daysAgo: number): void => {
    collection(planter.tenant, path).delete(row.id)
    planter.put('directory/deletedItems', { '@odata.type': `#microsoft.graph.${type}`, ...row, deletedDateTime: planter.inDays(-daysAgo) })
  }
  remove('users', 'user', planter.user('former.colleague', { displayName: 'Former Colleague', accountEnabled: false }), 10)
  const { application, servicePrincipal } = planter.application('old-intranet', { displayName: 'Old intranet' })
  collection(planter.tenant, 'servicePrincipals').delete(servicePrincipal.id)
  remove('applications', 'application', application, 21)
}

/** What partners may do as administrators of this tenant. */
export function plantPartners(planter: Planter): void {
  const relationship = (key: string, displayName: string, status: string, roles: readonly string[]): Row =>
    planter.put('tenantRelationships/delegatedAdminRelationships', {
      id: `${planter.id(`gdap/${key}`)}-${planter.id(`gdap/${key}/2`)}`,
      displayName,
      accessDetails: { unifiedRoles: roles.map((role) => ({ roleDefinitionId: roleIdByName(role) })) },
      activatedDateTime: planter.inDays(-400),
      autoExtendDuration: 'PT0S',
      createdDateTime: planter.inDays(-401),
      customer: { tenantId: planter.tenant.id, displayName: planter.tenant.displayName },
      duration: 'P730D',
      endDateTime: planter.inDays(330),
      lastModifiedDateTime: planter.inDays(-400),
      status,
    })
  // The reseller may do everything, although it only renews licences.
  relationship('reseller', 'Northwind licences', 'active', ['Global Administrator', 'License Administrator'])
  relationship('desk', 'Evening help desk', 'active', ['Helpdesk Administrator', 'Directory Readers'])
  relationship('old-reseller', 'Former reseller', 'terminated', ['Global Administrator'])
}
