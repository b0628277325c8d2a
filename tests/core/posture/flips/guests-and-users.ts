import { inDays } from '../../../build/facts.ts'
import { user } from '../../../build/people.ts'
import { flip } from './flip.ts'
import type { Field, Flips } from './flip.ts'

const tenantRule = (path: string, to: unknown, verdict: Field['verdict'] = 'fail'): Field =>
  flip('authorizationPolicy', 'authorizationPolicy', path, to, verdict)
const person = (path: string, to: unknown): Field => tenantRule(`defaultUserRolePermissions.${path}`, to)
const success = 'signInActivity.lastSuccessfulSignInDateTime'
const groupRule = (index: number): Field => flip('groupSettings', 'settings-unifiedGroups', `values.${index}.value`, 'true')

/** Guests and users. */
export const guestAndUserFlips: Flips = {
  'GU-01': { fields: [tenantRule('guestUserRoleId', 'a0b1b346-4d3e-4e8b-98f8-753987be4970')] },
  'GU-02': { fields: [tenantRule('allowInvitesFrom', 'everyone')] },
  'GU-04': { fields: [flip('userSignInActivity', 'visitor', success, inDays(-100))] },
  'GU-05': {
    fields: [
      flip('users', 'visitor', 'externalUserState', 'PendingAcceptance', 'fail', {
        null: 'nobody was invited',
        empty: 'nobody was invited',
      }),
    ],
  },
  'GU-06': { fields: [flip('guestSponsors', 'visitor', 'sponsors', [], 'warn')] },
  'GU-07': {
    fields: [
      flip('groups', 'guests', 'membershipRule', '(user.userType -eq "Member")'),
      flip('groups', 'guests', 'membershipRuleProcessingState', 'Paused'),
      flip('groups', 'guests', 'groupTypes', []),
    ],
  },
  'GU-08': {
    fields: [
      flip('crossTenantDefault', 'default', 'b2bDirectConnectInbound', openForAll()),
      flip('crossTenantDefault', 'default', 'b2bDirectConnectOutbound', openForAll()),
      flip('crossTenantDefault', 'default', 'inboundTrust.isMfaAccepted', true, 'warn', { null: 'not accepted by default' }),
    ],
  },
  'GU-09': {
    fields: [
      flip('crossTenantPartners', 'partner', 'automaticUserConsentSettings.inboundAllowed', true, 'warn', {
        null: 'not allowed by default',
        absent: 'not allowed by default',
      }),
    ],
  },
  'GU-10': { fields: [flip('authenticationFlowsPolicy', 'flows', 'selfServiceSignUp.isEnabled', true)] },
  'US-01': { fields: [flip('userSignInActivity', 'carol', success, inDays(-100))] },
  'US-02': { fields: [flip('userSignInActivity', 'carol', 'signInActivity', null, 'warn')] },
  'US-03': {
    given: { users: [user('left', { accountEnabled: false })] },
    fields: [flip('users', 'left', 'assignedLicenses', [{ skuId: 'office', disabledPlans: [] }], 'warn')],
  },
  'US-04': { fields: [person('allowedToCreateTenants', true)] },
  'US-05': { fields: [person('allowedToCreateSecurityGroups', true)] },
  'US-06': { fields: [groupRule(0)] },
  'US-07': { fields: [person('allowedToReadBitlockerKeysForOwnedDevice', true)] },
  'US-08': {
    fields: [tenantRule('allowEmailVerifiedUsersToJoinOrganization', true), tenantRule('allowedToSignUpEmailBasedSubscriptions', true)],
  },
  'US-09': { fields: [tenantRule('blockMsolPowerShell', false)] },
  'US-10': { fields: [tenantRule('defaultUserRolePermissions.allowedToReadOtherUsers', false, 'warn')] },
  'US-11': { fields: [groupRule(1)] },
  'US-12': { fields: [flip('groups', 'team', 'visibility', 'Public', 'warn')] },
  'US-13': { fields: [flip('riskyUsers', 'carol', 'riskState', 'atRisk')] },
  'US-14': { fields: [flip('riskyServicePrincipals', 'robot', 'riskState', 'atRisk')] },
}

function openForAll(): object {
  const side = (target: string) => ({ accessType: 'allowed', targets: [{ target, targetType: null }] })
  return { usersAndGroups: side('AllUsers'), applications: side('AllApplications') }
}
