import { describe, expect, it } from '@jest/globals'
import { restrictUserConsent } from '@countersign/core/actions/catalogue/restrict-user-consent.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const path = '/policies/authorizationPolicy'
const member = 'defaultUserRolePermissions/permissionGrantPoliciesAssigned'
const legacy = 'ManagePermissionGrantsForSelf.microsoft-user-default-legacy'
const low = 'ManagePermissionGrantsForSelf.microsoft-user-default-low'
const custom = 'ManagePermissionGrantsForSelf.contoso-marketing'
const owners = 'ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team'
const policy = (...permissionGrantPoliciesAssigned: string[]) => ({ defaultUserRolePermissions: { permissionGrantPoliciesAssigned } })
const about = {
  type: 'tenant',
  id: 'authorizationPolicy',
  name: 'the tenant’s authorization policy',
  qualifier: 'authorizationPolicy',
} as const
const set = (value: string[], newValueContains: string) => ({
  write: { method: 'PATCH' as const, path, body: policy(...value) },
  readBack: { read: { path }, expect: { kind: 'equals' as const, field: member, value } },
  echo: {
    activities: ['Update authorization policy'],
    targetId: 'authorizationPolicy',
    modified: { name: 'PermissionGrantPolicyIdsAssignedToDefaultUserRole', newValueContains },
  },
})
const nothing = { allow: 'none' }

describeAction({
  action: restrictUserConsent,
  input: { allow: 'verifiedLowRisk' },
  reads: [path],
  answers: [policy(legacy, owners)],
  plan: {
    subject: about,
    changes: [{ field: 'userConsent', before: legacy, after: 'permissions of low impact, of verified publishers' }],
    steps: [{ class: 'set', about, ...set([owners, low], low), undo: set([legacy, owners], legacy) }],
    preState: { [member]: [legacy, owners] },
    warnings: [{ reason: 'newOnly', values: {} }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined] },
    { reason: 'unreadable', answers: [{ defaultUserRolePermissions: {} }] },
    { reason: 'asStrict', answers: [policy(low, owners)] },
    { reason: 'asStrict', answers: [policy(low.toLowerCase())] },
    { reason: 'asStrict', answers: [policy(owners)] },
    { reason: 'asStrict', input: nothing, answers: [policy()] },
    { reason: 'custom', answers: [policy(legacy, custom)], values: { policy: custom } },
  ],
  warnings: [
    { reason: 'newOnly', input: nothing },
    { reason: 'newOnly', input: nothing, answers: [policy(custom)] },
    { reason: 'newOnly', input: nothing, answers: [policy(low)] },
  ],
  badInputs: [{}, { allow: 'everything' }, { allow: ['none'] }],
  named: null,
})

describe('restrict-user-consent', () => {
  it('leaves what owners of groups may consent to, and takes all that people may by themselves', () => {
    const prepared = restrictUserConsent.prepare(nothing)
    const plan = prepared.kind === 'ready' ? prepared.prepared.plan([policy(legacy, owners, custom)], planContext) : undefined
    expect(plan).toMatchObject({ steps: [{ write: { body: policy(owners) }, undo: { write: { body: policy(legacy, owners, custom) } } }] })
  })
})
