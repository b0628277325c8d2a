import { riskyPermissionCalledLow } from '../../../../../core/posture/checks/applications/risky-permission-called-low.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { microsoftGraph } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

function called(permissionId: string, classification: string): FactRow<'delegatedPermissionClassifications'> {
  return { id: 'c', parentId: 'graph', permissionId, permissionName: 'Mail.ReadWrite', classification }
}

describeCheck(
  riskyPermissionCalledLow,
  { delegatedPermissionClassifications: [called('e1fe6dd8-ba31-4d61-89e7-88639da4683d', 'low')], servicePrincipals: [microsoftGraph()] },
  [
    {
      name: 'fails on a risky one',
      given: { delegatedPermissionClassifications: [called('024d486e-b451-40bb-833d-3e66d98c5c73', 'Low')] },
      verdict: 'fail',
      objects: ['graph/c'],
    },
    {
      name: 'knows a permission by its name where the id is new',
      given: { delegatedPermissionClassifications: [{ ...called('new', 'low'), permissionName: 'User.Read' }] },
      verdict: 'pass',
    },
    {
      name: 'fails on one that nobody has rated',
      given: { delegatedPermissionClassifications: [{ ...called('new', 'low'), permissionName: 'Everything.ReadWrite.New' }] },
      verdict: 'fail',
      says: 'nobody has rated it',
    },
    {
      name: 'passes when it is called high',
      given: { delegatedPermissionClassifications: [called('024d486e-b451-40bb-833d-3e66d98c5c73', 'high')] },
      verdict: 'pass',
    },
  ],
)
