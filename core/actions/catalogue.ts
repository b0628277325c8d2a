import { digest } from '../digest.ts'
import type { Action } from './action.ts'
import { addAppOwner } from './catalogue/add-app-owner.ts'
import { blockServicePrincipal } from './catalogue/block-service-principal.ts'
import { confirmRiskyUser } from './catalogue/confirm-risky-user.ts'
import { createPolicy } from './catalogue/create-policy.ts'
import { deleteApplication } from './catalogue/delete-application.ts'
import { deleteGuest } from './catalogue/delete-guest.ts'
import { disableStaleGuests } from './catalogue/disable-stale-guests.ts'
import { disableUser } from './catalogue/disable-user.ts'
import { dismissRiskyUser } from './catalogue/dismiss-risky-user.ts'
import { enableAdminConsentWorkflow } from './catalogue/enable-admin-consent-workflow.ts'
import { enableUser } from './catalogue/enable-user.ts'
import { endActiveRole } from './catalogue/end-active-role.ts'
import { endEligibleRole } from './catalogue/end-eligible-role.ts'
import { enforcePolicy } from './catalogue/enforce-policy.ts'
import { policyToReportOnly } from './catalogue/policy-to-report-only.ts'
import { removeAppCertificate } from './catalogue/remove-app-certificate.ts'
import { removeAppRole } from './catalogue/remove-app-role.ts'
import { removeAppSecret } from './catalogue/remove-app-secret.ts'
import { removeDelegatedGrant } from './catalogue/remove-delegated-grant.ts'
import { removeGroupMember } from './catalogue/remove-group-member.ts'
import { removeOldestSecret } from './catalogue/remove-oldest-secret.ts'
import { removeRoleAssignment } from './catalogue/remove-role-assignment.ts'
import { removeServicePrincipalSecret } from './catalogue/remove-service-principal-secret.ts'
import { removeSignInMethod } from './catalogue/remove-sign-in-method.ts'
import { requirePasswordChange } from './catalogue/require-password-change.ts'
import { restrictGuestInvitations } from './catalogue/restrict-guest-invitations.ts'
import { restrictUserConsent } from './catalogue/restrict-user-consent.ts'
import { revokeSessions } from './catalogue/revoke-sessions.ts'
import { unblockServicePrincipal } from './catalogue/unblock-service-principal.ts'
import * as account from './plans/account.ts'
import * as appRoles from './plans/app-roles.ts'
import * as authorizationPolicy from './plans/authorization-policy.ts'
import * as certificates from './plans/certificates.ts'
import * as conditionalAccess from './plans/conditional-access.ts'
import * as consentWorkflow from './plans/consent-workflow.ts'
import * as credentials from './plans/credentials.ts'
import * as deletedApplication from './plans/deleted-application.ts'
import * as directoryRole from './plans/directory-role.ts'
import * as grants from './plans/grants.ts'
import * as groupMember from './plans/group-member.ts'
import * as newPolicy from './plans/new-policy.ts'
import * as owners from './plans/owners.ts'
import * as people from './plans/people.ts'
import * as planning from './plans/planning.ts'
import * as risk from './plans/risk.ts'
import * as scheduledRole from './plans/scheduled-role.ts'
import * as servicePrincipalState from './plans/service-principal-state.ts'
import * as signInMethod from './plans/sign-in-method.ts'
import * as staleGuests from './plans/stale-guests.ts'
import { policyTemplates } from './policy-templates.ts'

/** Every action that exists. What is not here cannot happen. */
export const actions: readonly Action[] = [
  addAppOwner,
  blockServicePrincipal,
  confirmRiskyUser,
  createPolicy,
  deleteApplication,
  deleteGuest,
  disableStaleGuests,
  disableUser,
  dismissRiskyUser,
  enableAdminConsentWorkflow,
  enableUser,
  endActiveRole,
  endEligibleRole,
  enforcePolicy,
  policyToReportOnly,
  removeAppCertificate,
  removeAppRole,
  removeAppSecret,
  removeDelegatedGrant,
  removeGroupMember,
  removeOldestSecret,
  removeRoleAssignment,
  removeServicePrincipalSecret,
  removeSignInMethod,
  requirePasswordChange,
  restrictGuestInvitations,
  restrictUserConsent,
  revokeSessions,
  unblockServicePrincipal,
]

export function findAction(id: string): Action | undefined {
  return actions.find((action) => action.id === id)
}

/** The pieces that plans share: they decide what is sent as much as the plans themselves. */
const pieces = [
  account,
  appRoles,
  authorizationPolicy,
  certificates,
  conditionalAccess,
  consentWorkflow,
  credentials,
  deletedApplication,
  directoryRole,
  grants,
  groupMember,
  newPolicy,
  owners,
  people,
  planning,
  risk,
  scheduledRole,
  servicePrincipalState,
  signInMethod,
  staleGuests,
]
  .flatMap((module) => Object.values<unknown>(module))
  .filter((piece) => typeof piece === 'function')
  .map(String)

/** Digest of everything in the catalogue that decides what is sent: a proposal made under another one is superseded. */
export const catalogueVersion = digest([
  ...actions.map(({ id, impact, writeScopes, source }) => ({ id, impact, writeScopes, source })),
  ...pieces,
  ...policyTemplates.map((template) => JSON.stringify(template)),
]).slice(0, 16)
