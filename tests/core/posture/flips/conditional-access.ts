import { soundPolicies, soundPolicy } from '../../../build/sound-policies.ts'
import { soundTenant } from '../../../build/sound-tenant.ts'
import { coveringPolicy, holding, inDays } from '../../../build/facts.ts'
import { flip, nothingThere, notIt } from './flip.ts'
import type { Field, Flips } from './flip.ts'

const reporting = 'enabledForReportingButNotEnforced'
/** A policy that counts while it is switched on, with one more field that decides. */
function policy(row: string, path: string, to: unknown, verdict: Field['verdict'] = 'fail', bears: Field['bears'] = {}): Field {
  return flip('conditionalAccessPolicies', row, path, to, verdict, bears)
}
const on = (row: string): Field => policy(row, 'state', reporting)
const strength = policy('strong', 'grantControls.authenticationStrength.allowedCombinations', ['password', 'fido2'])
const everybody = (row: string): Field => policy(row, 'conditions.users.includeUsers', ['None'])
const some = (row: string): Field =>
  policy(row, 'conditions.users.excludeUsers', ['bg1', 'bg2', 'alice'], 'fail', { empty: 'nobody is left out' })
const controls = 'grantControls.builtInControls'
const anyId = { unknownWord: 'any word may be the id of somebody or something' }
const noSession = { null: 'a session that says nothing keeps the resilience', absent: 'a session that says nothing keeps the resilience' }

const synchronisationRole = 'd29b2b05-8046-44ba-8758-1e26182fcf32'
const locked = coveringPolicy('lock', {
  users: { includeUsers: [], includeRoles: [synchronisationRole] },
  conditions: { locations: { includeLocations: ['All'], excludeLocations: ['office'] } },
})

/** Conditional Access. */
export const conditionalAccessFlips: Flips = {
  'CA-01': { fields: [policy('legacy', 'conditions.clientAppTypes', ['other']), on('legacy'), everybody('legacy'), some('legacy')] },
  'CA-02': { fields: [policy('user-risk', 'conditions.userRiskLevels', ['medium']), on('user-risk'), some('user-risk')] },
  'CA-03': { fields: [policy('sign-in-risk', 'conditions.signInRiskLevels', ['medium']), on('sign-in-risk'), some('sign-in-risk')] },
  'CA-04': { fields: [policy('user-risk', 'conditions.signInRiskLevels', ['high'])] },
  'CA-05': { fields: [strength, on('strong'), everybody('strong'), some('strong')] },
  'CA-06': {
    fields: [policy('strong', 'grantControls.authenticationStrength.allowedCombinations', ['password']), on('strong'), some('strong')],
  },
  'CA-07': { fields: [strength, on('strong'), everybody('strong')] },
  'CA-08': {
    fields: [policy('strong', 'grantControls.authenticationStrength.allowedCombinations', ['sms']), on('strong'), everybody('strong')],
  },
  'CA-09': {
    fields: [policy('strong', 'grantControls.authenticationStrength.allowedCombinations', ['sms']), on('strong'), everybody('strong')],
  },
  'CA-10': {
    fields: [policy('strong', 'grantControls.authenticationStrength.allowedCombinations', ['sms']), on('strong'), some('strong')],
  },
  'CA-11': { fields: [policy('devices', controls, ['compliantDevice'], 'warn'), on('devices'), some('devices')] },
  'CA-12': { fields: [policy('security-info', controls, ['mfa']), on('security-info'), some('security-info')] },
  'CA-13': {
    fields: [
      policy('device-code', 'conditions.authenticationFlows.transferMethods', 'authenticationTransfer'),
      policy('device-code', controls, ['mfa']),
      on('device-code'),
    ],
  },
  'CA-14': {
    fields: [
      policy('transfer', 'conditions.authenticationFlows.transferMethods', 'deviceCodeFlow'),
      policy('transfer', controls, ['mfa']),
      on('transfer'),
    ],
  },
  'CA-15': { fields: [policy('join', controls, ['compliantDevice']), on('join'), some('join')] },
  'CA-16': { fields: [policy('sessions', 'sessionControls.signInFrequency.value', 12), on('sessions')] },
  'CA-17': { fields: [policy('sessions', 'sessionControls.signInFrequency.isEnabled', false), on('sessions')] },
  'CA-18': { fields: [policy('enrolment', 'sessionControls.signInFrequency.frequencyInterval', 'timeBased'), on('enrolment')] },
  'CA-19': { fields: [policy('sessions', 'sessionControls.persistentBrowser.mode', 'always'), on('sessions')] },
  'CA-20': { fields: [policy('platforms', 'conditions.platforms.includePlatforms', ['android']), on('platforms')] },
  'CA-21': {
    fields: [
      flip('namedLocations', 'office', 'isTrusted', false),
      flip('namedLocations', 'office', 'ipRanges.0.cidrAddress', '0.0.0.0/0', 'warn'),
    ],
  },
  'CA-22': { fields: [policy('places', 'conditions.locations.includeLocations', ['office']), on('places')] },
  'CA-23': { fields: [policy('tokens', 'sessionControls.secureSignInSession.isEnabled', false), on('tokens')] },
  'CA-24': { fields: [policy('office', 'sessionControls.applicationEnforcedRestrictions.isEnabled', false), on('office')] },
  'CA-25': { fields: [policy('insider-risk', 'conditions.insiderRiskLevels', 'minor'), on('insider-risk')] },
  'CA-26': { fields: [policy('enrolment', controls, ['approvedApplication'], 'fail', { ...notIt, ...nothingThere })] },
  'CA-27': { fields: [policy('legacy', 'conditions.users.excludeUsers', [])] },
  'CA-28': {
    given: {
      conditionalAccessPolicies: [
        soundPolicy('some', { users: { excludeGroups: ['team'] } }),
        soundPolicy('others', { users: { includeUsers: [], includeGroups: ['team'] } }),
      ],
    },
    fields: [policy('others', 'conditions.users.includeGroups', []), on('others')],
  },
  'CA-29': { fields: [policy('places', 'conditions.locations.excludeLocations', ['left'], 'fail', nothingThere)] },
  'CA-30': {
    given: { conditionalAccessPolicies: [soundPolicy('some', { users: { excludeGroups: ['admins'] } })] },
    fields: [flip('groups', 'admins', 'isAssignableToRole', false)],
  },
  'CA-31': {
    fields: [
      policy('join', 'conditions.users.includeUsers', ['None'], 'fail', anyId),
      policy('enrolment', 'conditions.applications.includeApplications', ['None'], 'fail', anyId),
    ],
  },
  'CA-32': { fields: [policy('trial', 'modifiedDateTime', inDays(-100), 'warn')] },
  'CA-33': {
    given: { conditionalAccessPolicies: [], securityDefaults: [{ id: 'defaults', isEnabled: true }] },
    fields: [flip('securityDefaults', 'defaults', 'isEnabled', false)],
  },
  'CA-34': {
    fields: [
      policy('workloads', 'conditions.servicePrincipalRiskLevels', ['low']),
      policy('workloads', 'conditions.clientApplications.includeServicePrincipals', ['robot']),
      policy('workloads', 'conditions.clientApplications.excludeServicePrincipals', ['robot'], 'fail', { absent: 'nothing is left out' }),
      on('workloads'),
    ],
  },
  'CA-35': {
    given: {
      roleAssignments: [...listOf(soundTenant.roleAssignments), holding('sync', 'user', synchronisationRole)],
      conditionalAccessPolicies: [...soundPolicies, locked],
    },
    fields: [
      policy('lock', 'conditions.users.includeRoles', [], 'warn'),
      policy('lock', 'conditions.locations.includeLocations', ['office'], 'warn'),
      policy('lock', 'state', reporting, 'warn'),
    ],
  },
  'CA-36': { fields: [policy('portals', controls, ['mfa']), on('portals')] },
  'CA-37': { fields: [policy('office', 'sessionControls.disableResilienceDefaults', true, 'warn', noSession)] },
}

function listOf(rows: readonly unknown[] | string | undefined): readonly unknown[] {
  return Array.isArray(rows) ? rows : []
}
