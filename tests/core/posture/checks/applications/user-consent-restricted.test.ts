import { describe, expect, it } from '@jest/globals'
import { userConsentRestricted } from '../../../../../core/posture/checks/applications/user-consent-restricted.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { authorization, microsoftGraph } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'
import { outcome } from '../../../../build/judged.ts'

const low = authorization('ManagePermissionGrantsForSelf.microsoft-user-default-low')

function called(permissionId: string, permissionName: string): FactRow<'delegatedPermissionClassifications'> {
  return { id: 'c', parentId: 'graph', permissionId, permissionName, classification: 'low' }
}

describeCheck(
  userConsentRestricted,
  {
    authorizationPolicy: [authorization('ManagePermissionGrantsForOwnedResource.x')],
    delegatedPermissionClassifications: [],
    servicePrincipals: [microsoftGraph()],
  },
  [
    {
      name: 'passes on low impact where none of it is risky',
      given: {
        authorizationPolicy: [low],
        delegatedPermissionClassifications: [called('e1fe6dd8-ba31-4d61-89e7-88639da4683d', 'User.Read')],
      },
      verdict: 'pass',
      reason: 'lowOnly',
    },
    {
      name: 'fails when a risky permission is called low',
      given: {
        authorizationPolicy: [low],
        delegatedPermissionClassifications: [called('024d486e-b451-40bb-833d-3e66d98c5c73', 'Mail.ReadWrite')],
      },
      verdict: 'fail',
      reason: 'riskyLow',
    },
    {
      name: 'fails on the old policy',
      given: { authorizationPolicy: [authorization('ManagePermissionGrantsForSelf.microsoft-user-default-legacy')] },
      verdict: 'fail',
      reason: 'open',
      says: 'microsoft-user-default-legacy',
    },
    {
      name: 'fails on the recommended policy, which Microsoft changes',
      given: { authorizationPolicy: [authorization('ManagePermissionGrantsForSelf.microsoft-user-default-recommended')] },
      verdict: 'fail',
      reason: 'open',
    },
    {
      name: 'leaves it to a person where Graph gives no policy at all',
      given: { authorizationPolicy: [] },
      verdict: 'manual',
      reason: 'notSaid',
    },
    {
      name: 'warns on a policy made here',
      given: { authorizationPolicy: [authorization('managePermissionGrantsForSelf.our-policy')] },
      verdict: 'warn',
      reason: 'custom',
    },
  ],
)

describe('user-consent-restricted', () => {
  it('warns of low impact too where the baseline wants administrators to decide alone, and says so', () => {
    const given = { authorizationPolicy: [low], delegatedPermissionClassifications: [], servicePrincipals: [microsoftGraph()] }
    const verdictUnder = (baseline: string): object => outcome(userConsentRestricted.id, given, { baseline })
    expect(verdictUnder('scuba')).toMatchObject({ verdict: 'pass', reason: 'lowOnly' })
    expect(verdictUnder('cis')).toMatchObject({ verdict: 'warn', reason: 'lowNotAllowed' })
  })

  it('offers to switch consent off for the tenant', () => {
    const tenant = { type: 'tenant' as const, id: '', name: '', basis: [] }
    expect(userConsentRestricted.fix?.input(tenant)).toEqual({ allow: 'none' })
    expect(userConsentRestricted.fix?.input({ ...tenant, type: 'user', id: 'u' })).toBeUndefined()
  })
})
