import { consentPolicyTooWide } from '../../../../../core/posture/checks/applications/consent-policy-too-wide.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { authorization } from '../../../../build/applications.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

type ConditionSet = FactRow<'permissionGrantPolicies'>['includes'][number]

function policy(id: string, change: Partial<ConditionSet> = {}): FactRow<'permissionGrantPolicies'> {
  const everything: ConditionSet = {
    id: 'set',
    permissionClassification: 'all',
    permissionType: 'delegated',
    resourceApplication: 'any',
    permissions: ['all'],
    clientApplicationIds: ['all'],
    clientApplicationTenantIds: ['all'],
    clientApplicationPublisherIds: ['all'],
    clientApplicationsFromVerifiedPublisherOnly: false,
  }
  return { id, displayName: id, includes: [{ ...everything, ...change }], excludes: [] }
}

describeCheck(
  consentPolicyTooWide,
  {
    permissionGrantPolicies: [policy('our-policy', { clientApplicationsFromVerifiedPublisherOnly: true }), policy('unused')],
    authorizationPolicy: [authorization('ManagePermissionGrantsForSelf.our-policy')],
  },
  [
    {
      name: 'fails when everything is let in',
      given: { permissionGrantPolicies: [policy('our-policy')] },
      verdict: 'fail',
      objects: ['our-policy'],
    },
    {
      name: 'leaves it to a person where Graph does not say which policies hold',
      given: { authorizationPolicy: [] },
      verdict: 'manual',
      reason: 'notSaid',
    },
    {
      name: 'leaves it to a person where a policy that holds is not among the answers',
      given: { permissionGrantPolicies: [policy('unused')] },
      verdict: 'manual',
      reason: 'notSaid',
    },
    {
      name: 'fails all the same when another one that holds is, and lets everything in',
      given: {
        permissionGrantPolicies: [policy('our-policy')],
        authorizationPolicy: [authorization('ManagePermissionGrantsForSelf.our-policy', 'ManagePermissionGrantsForSelf.not-read')],
      },
      verdict: 'fail',
      objects: ['our-policy'],
    },
    {
      name: 'fails when what it is limited to is a word that we do not know',
      given: { permissionGrantPolicies: [policy('our-policy', { permissionClassification: 'unknownFutureValue' })] },
      verdict: 'fail',
      objects: ['our-policy'],
    },
    {
      name: 'passes when only some permissions are',
      given: { permissionGrantPolicies: [policy('our-policy', { permissions: ['p'] })] },
      verdict: 'pass',
    },
    {
      name: 'passes when only low impact is',
      given: { permissionGrantPolicies: [policy('our-policy', { permissionClassification: 'low' })] },
      verdict: 'pass',
    },
    {
      name: "leaves Microsoft's own to another check",
      given: {
        permissionGrantPolicies: [policy('microsoft-user-default-legacy')],
        authorizationPolicy: [authorization('ManagePermissionGrantsForSelf.microsoft-user-default-legacy')],
      },
      verdict: 'pass',
    },
  ],
)
