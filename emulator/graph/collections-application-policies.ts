import { text } from '../tenants/tenant.ts'
import { common, stored } from './collection-entry.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { linked, readRow } from './view.ts'
import type { View } from './view.ts'
import type { Row } from '../tenants/tenant.ts'

/** The condition sets that a permission grant policy holds under one of its two names. */
function conditionSets(view: View, policyId: string, name: 'includes' | 'excludes'): Row[] {
  const sets = readRow(view, 'policies/permissionGrantPolicies', policyId)?.[name]
  return Array.isArray(sets) ? sets.filter((set): set is Row => typeof set?.id === 'string') : []
}

/** What bounds applications and the consent that they are given. */
export const applicationPolicyCollections: readonly CollectionEntry[] = [
  {
    ...common,
    path: 'policies/defaultAppManagementPolicy',
    type: 'tenantAppManagementPolicy',
    rows: stored('policies/defaultAppManagementPolicy'),
    singleton: true,
    readAction: 'microsoft.directory/policies/standard/read',
  },
  {
    ...common,
    path: 'policies/appManagementPolicies',
    type: 'appManagementPolicy',
    rows: stored('policies/appManagementPolicies'),
    readAction: ['microsoft.directory/applicationPolicies/standard/read', 'microsoft.directory/policies/standard/read'],
    filter: { id: 'eq', displayName: 'eq', isEnabled: 'eq' },
    expand: { appliesTo: (view, row) => linked(view, 'appManagementPolicyTargets', 'policyId', row.id, 'objectId') },
  },
  {
    ...common,
    path: 'policies/appManagementPolicies/{id}/appliesTo',
    type: 'directoryObject',
    rows: (view, owner) => linked(view, 'appManagementPolicyTargets', 'policyId', owner, 'objectId'),
    ownedBy: 'policies/appManagementPolicies',
    readAction: ['microsoft.directory/applicationPolicies/policyAppliedTo/read', 'microsoft.directory/policies/policyAppliedTo/read'],
  },
  {
    ...common,
    path: 'policies/adminConsentRequestPolicy',
    type: 'adminConsentRequestPolicy',
    rows: stored('policies/adminConsentRequestPolicy'),
    singleton: true,
    readAction: 'microsoft.directory/adminConsentRequestPolicy/allProperties/read',
  },
  {
    ...common,
    path: 'policies/permissionGrantPolicies',
    type: 'permissionGrantPolicy',
    rows: stored('policies/permissionGrantPolicies'),
    page: 'whole',
    readAction: 'microsoft.directory/permissionGrantPolicies/standard/read',
    filter: { id: 'eq startswith', displayName: 'eq' },
    expand: {
      includes: (view, row) => conditionSets(view, row.id, 'includes'),
      excludes: (view, row) => conditionSets(view, row.id, 'excludes'),
    },
  },
  {
    ...common,
    path: 'policies/permissionGrantPolicies/{id}/includes',
    type: 'permissionGrantConditionSet',
    rows: (view, owner) => conditionSets(view, owner, 'includes'),
    ownedBy: 'policies/permissionGrantPolicies',
    page: 'whole',
    readAction: 'microsoft.directory/permissionGrantPolicies/standard/read',
  },
  {
    ...common,
    path: 'policies/permissionGrantPolicies/{id}/excludes',
    type: 'permissionGrantConditionSet',
    rows: (view, owner) => conditionSets(view, owner, 'excludes'),
    ownedBy: 'policies/permissionGrantPolicies',
    page: 'whole',
    readAction: 'microsoft.directory/permissionGrantPolicies/standard/read',
  },
  {
    ...common,
    path: 'identityGovernance/appConsent/appConsentRequests',
    type: 'appConsentRequest',
    rows: stored('identityGovernance/appConsent/appConsentRequests'),
    readAction: 'microsoft.directory/appConsent/appConsentRequests/allProperties/read',
    filter: { id: 'eq', appId: 'eq', 'userConsentRequests/any/status': 'eq ne' },
    orderBy: ['appDisplayName'],
    expand: { userConsentRequests: (view, row) => requestsOf(view, row.id) },
    defaultSelect: ['appDisplayName', 'appId', 'pendingScopes'],
  },
  {
    ...common,
    path: 'identityGovernance/appConsent/appConsentRequests/{id}/userConsentRequests',
    type: 'userConsentRequest',
    rows: requestsOf,
    ownedBy: 'identityGovernance/appConsent/appConsentRequests',
    readAction: 'microsoft.directory/appConsent/appConsentRequests/allProperties/read',
    filter: { id: 'eq', status: 'eq ne' },
  },
]

/** The people's requests that stand behind a pending application. */
function requestsOf(view: View, requestId: string): Row[] {
  const requests = readRow(view, 'identityGovernance/appConsent/appConsentRequests', requestId)?.['userConsentRequests']
  return Array.isArray(requests) ? requests.filter((request): request is Row => typeof text(request, 'id') === 'string') : []
}
