import { policyTemplateIds, policyTemplate } from '@countersign/core/actions/policy-templates.ts'
import { countOf, required, rowOf, somebody } from './trip-case.ts'
import type { TripCase } from './trip-case.ts'

const policies = 'identity/conditionalAccess/policies'

function switchPolicy(actionId: string, displayName: string, before: string, after: string): TripCase {
  return {
    actionId,
    about: displayName,
    async plant(tenant) {
      const policy = (await tenant.rows(policies)).find((row) => row['displayName'] === displayName)
      const { id } = required(policy, `policy “${displayName}”`)
      await tenant.amend(policies, id, { state: before })
      return { input: { policyId: id }, objects: [id], look: async () => (await rowOf(tenant, policies, id))['state'] }
    },
    shows: [before, after],
    changes: [policies],
    undo: 'asBefore',
    renewed: ['modifiedDateTime'],
  }
}

function createPolicy(template: (typeof policyTemplateIds)[number]): TripCase {
  const { displayName } = policyTemplate(template)
  return {
    actionId: 'create-policy',
    about: template,
    async plant(tenant) {
      const { id } = await somebody(tenant, 50)
      return {
        input: { template, excludedUserIds: [id] },
        objects: [],
        look: () => countOf(tenant, policies, { displayName, state: 'enabledForReportingButNotEnforced' }),
      }
    },
    shows: [0, 1],
    changes: [policies],
    undo: 'asBefore',
  }
}

const consentWorkflow: TripCase = {
  actionId: 'enable-admin-consent-workflow',
  about: 'switched off before',
  async plant(tenant) {
    const [path, id] = ['policies/adminConsentRequestPolicy', 'adminConsentRequestPolicy']
    await tenant.amend(path, id, { isEnabled: false, requestDurationInDays: 0, reviewers: [] })
    const reviewer = await somebody(tenant, 51)
    const look = async () => (await rowOf(tenant, path, id))['isEnabled']
    return { input: { reviewerIds: [reviewer.id] }, objects: [], look }
  },
  shows: [false, true],
  changes: ['policies/adminConsentRequestPolicy'],
  undo: 'asBefore',
  renewed: ['version'],
}

const authorization = 'policies/authorizationPolicy'
const consents = (...names: readonly string[]) => names.map((name) => `ManagePermissionGrantsFor${name}`)

function restrictConsent(allow: 'none' | 'verifiedLowRisk', after: readonly string[]): TripCase {
  const before = consents('Self.microsoft-user-default-legacy', 'OwnedResource.microsoft-dynamically-managed-permissions-for-team')
  return {
    actionId: 'restrict-user-consent',
    about: allow,
    async plant(tenant) {
      const row = await rowOf(tenant, authorization, 'authorizationPolicy')
      const permissions = { ...Object(row['defaultUserRolePermissions']), permissionGrantPoliciesAssigned: before }
      await tenant.amend(authorization, row.id, { defaultUserRolePermissions: permissions })
      const look = async () =>
        Object((await rowOf(tenant, authorization, row.id))['defaultUserRolePermissions']).permissionGrantPoliciesAssigned
      return { input: { allow }, objects: [], look }
    },
    shows: [before, after],
    changes: [authorization],
    undo: 'asBefore',
  }
}

function restrictInvitations(allow: 'none' | 'adminsAndGuestInviters'): TripCase {
  return {
    actionId: 'restrict-guest-invitations',
    about: allow,
    async plant(tenant) {
      await tenant.amend(authorization, 'authorizationPolicy', { allowInvitesFrom: 'everyone' })
      return {
        input: { allow },
        objects: [],
        look: async () => (await rowOf(tenant, authorization, 'authorizationPolicy'))['allowInvitesFrom'],
      }
    },
    shows: ['everyone', allow],
    changes: [authorization],
    undo: 'asBefore',
  }
}

const ofOwners = consents('OwnedResource.microsoft-dynamically-managed-permissions-for-team')

export const casesOfPolicies: readonly TripCase[] = [
  switchPolicy('policy-to-report-only', 'Block the former partner', 'enabled', 'enabledForReportingButNotEnforced'),
  switchPolicy('enforce-policy', 'Block device code flow', 'enabledForReportingButNotEnforced', 'enabled'),
  ...policyTemplateIds.map(createPolicy),
  consentWorkflow,
  restrictConsent('none', ofOwners),
  restrictConsent('verifiedLowRisk', [...ofOwners, ...consents('Self.microsoft-user-default-low')]),
  restrictInvitations('none'),
  restrictInvitations('adminsAndGuestInviters'),
]
