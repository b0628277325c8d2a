import type { FactRow } from '../../../../core/posture/facts.ts'

type Policy = FactRow<'conditionalAccessPolicies'>
type Conditions = Policy['conditions']

function withConditions(policy: Policy, change: Partial<Conditions>): Policy {
  return { ...policy, conditions: { ...policy.conditions, ...change } }
}

function withUsers(policy: Policy, change: Partial<NonNullable<Conditions['users']>>): Policy {
  const { users } = policy.conditions
  return users ? withConditions(policy, { users: { ...users, ...change } }) : withWorkloads(policy, { includeServicePrincipals: ['None'] })
}

function withWorkloads(policy: Policy, change: Partial<NonNullable<Conditions['clientApplications']>>): Policy {
  const { clientApplications } = policy.conditions
  return clientApplications ? withConditions(policy, { clientApplications: { ...clientApplications, ...change } }) : policy
}

function withApplications(policy: Policy, change: Partial<Conditions['applications']>): Policy {
  return withConditions(policy, { applications: { ...policy.conditions.applications, ...change } })
}

function withGrant(policy: Policy, change: Partial<NonNullable<Policy['grantControls']>>): Policy {
  return policy.grantControls ? { ...policy, grantControls: { ...policy.grantControls, ...change } } : policy
}

const nobody = { includeUsers: ['None'], includeGroups: [], includeRoles: [], includeGuestsOrExternalUsers: null }
const filter = { mode: 'include', rule: 'device.displayName -eq "x"' }

/** Ways to leave a policy standing in the list while it protects nobody, or not everybody; done to all policies at once. */
export const policyAttacks: Readonly<Record<string, (policy: Policy) => object>> = {
  'switched off': (policy) => ({ ...policy, state: 'disabled' }),
  'only reports': (policy) => ({ ...policy, state: 'enabledForReportingButNotEnforced' }),
  'in a state that we do not know': (policy) => ({ ...policy, state: 'unknownFutureValue' }),
  'for nobody': (policy) => withUsers(policy, nobody),
  'for one person': (policy) => withUsers(policy, { ...nobody, includeUsers: ['carol'] }),
  'for a group': (policy) => withUsers(policy, { ...nobody, includeGroups: ['team'] }),
  'leaves out a person': (policy) => withUsers(policy, { excludeUsers: ['bg1', 'bg2', 'carol'] }),
  'leaves out a group': (policy) => withUsers(policy, { excludeGroups: ['team'] }),
  'leaves out all guests': (policy) => withUsers(policy, { excludeUsers: ['bg1', 'bg2', 'GuestsOrExternalUsers'] }),
  'leaves out a role': (policy) => withUsers(policy, { excludeRoles: ['fe930be7-5e62-47db-91af-98c3a49a38b1'] }),
  'for no application': (policy) => withApplications(policy, { includeApplications: ['None'], includeUserActions: [] }),
  'for an application that is none': (policy) =>
    withApplications(policy, { includeApplications: ['unknownFutureValue'], includeUserActions: [] }),
  'for applications of a filter': (policy) => withApplications(policy, { applicationFilter: filter }),
  'for an action that we do not know': (policy) =>
    withApplications(policy, { includeApplications: [], includeUserActions: ['urn:user:unknownFutureValue'] }),
  'for a client that we do not know': (policy) => withConditions(policy, { clientAppTypes: ['unknownFutureValue'] }),
  'for devices of a filter': (policy) => withConditions(policy, { devices: { deviceFilter: filter } }),
  'on no platform': (policy) => withConditions(policy, { platforms: { includePlatforms: [], excludePlatforms: ['all'] } }),
  'from no place': (policy) => withConditions(policy, { locations: { includeLocations: ['All'], excludeLocations: ['All'] } }),
  'from one place': (policy) => withConditions(policy, { locations: { includeLocations: ['office'], excludeLocations: [] } }),
  'at a risk that we do not know': (policy) =>
    withConditions(policy, {
      userRiskLevels: ['unknownFutureValue'],
      signInRiskLevels: ['hidden'],
      servicePrincipalRiskLevels: ['hidden'],
    }),
  'under a condition that we do not know': (policy) => ({
    ...policy,
    conditions: { ...policy.conditions, somethingNew: { includes: ['x'] } },
  }),
  'asks for nothing': (policy) => ({ ...policy, grantControls: null, sessionControls: null }),
  'asks for something that we do not know, or else': (policy) =>
    policy.grantControls
      ? withGrant(policy, { operator: 'OR', builtInControls: [...policy.grantControls.builtInControls, 'unknownFutureValue'] })
      : { ...policy, sessionControls: null },
  'leaves out the workloads': (policy) =>
    policy.conditions.users ? { ...policy, state: 'disabled' } : withWorkloads(policy, { excludeServicePrincipals: ['robot'] }),
}

/** Attacks that leave a check with what it asks for, by the check's code. */
const session = { 'asks for something that we do not know, or else': 'controls of the session hold whatever is asked for at the sign-in' }
export const policyAttacksBorne: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'CA-16': session,
  'CA-17': session,
  'CA-19': session,
  'CA-23': session,
  'CA-24': session,
  'CA-36': { 'leaves out a role': 'to leave administrators out is what the rule is for' },
}
