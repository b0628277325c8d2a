import { appSecretsBlocked } from '../../../../../core/posture/checks/applications/app-secrets-blocked.ts'
import type { FactRow } from '../../../../../core/posture/facts.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

type Rule = FactRow<'appManagementPolicies'>['restrictions']['passwordCredentials'][number]

function rule(change: Partial<Rule> = {}): Rule {
  return {
    restrictionType: 'passwordAddition',
    state: 'enabled',
    maxLifetime: null,
    restrictForAppsCreatedAfterDateTime: '0001-01-01T00:00:00Z',
    ...change,
  }
}

function restrictions(one: Rule | null): FactRow<'appManagementPolicies'>['restrictions'] {
  return { passwordCredentials: one ? [one] : [], keyCredentials: [] }
}

function policy(applications: Rule | null, servicePrincipals: Rule | null): FactRow<'defaultAppManagementPolicy'> {
  return {
    id: 'default',
    isEnabled: true,
    applicationRestrictions: restrictions(applications),
    servicePrincipalRestrictions: restrictions(servicePrincipals),
  }
}

function custom(one: Rule, ...appliesTo: readonly string[]): FactRow<'appManagementPolicies'> {
  return {
    id: 'custom',
    displayName: 'Custom',
    isEnabled: true,
    restrictions: restrictions(one),
    appliesTo: appliesTo.map((id) => ({ id })),
  }
}

describeCheck(appSecretsBlocked, { defaultAppManagementPolicy: [policy(rule(), rule())], appManagementPolicies: [] }, [
  {
    name: 'fails when the policy is off',
    given: { defaultAppManagementPolicy: [{ ...policy(rule(), rule()), isEnabled: false }] },
    verdict: 'fail',
    reason: 'off',
  },
  {
    name: 'fails when app registrations are left out',
    given: { defaultAppManagementPolicy: [policy(null, rule())] },
    verdict: 'fail',
    reason: 'applications',
  },
  {
    name: 'fails when enterprise applications are left out',
    given: { defaultAppManagementPolicy: [policy(rule(), null)] },
    verdict: 'fail',
    reason: 'servicePrincipals',
  },
  {
    name: 'fails when those that already existed are left out',
    given: { defaultAppManagementPolicy: [policy(rule({ restrictForAppsCreatedAfterDateTime: '2025-01-01T00:00:00Z' }), rule())] },
    verdict: 'fail',
  },
  {
    name: 'fails when the time is not said',
    given: { defaultAppManagementPolicy: [policy(rule({ restrictForAppsCreatedAfterDateTime: null }), rule())] },
    verdict: 'fail',
  },
  {
    name: 'fails when the restriction is not said to be on',
    given: { defaultAppManagementPolicy: [policy(rule({ state: null }), rule())] },
    verdict: 'fail',
  },
  {
    name: 'fails on a policy that lifts it for some',
    given: { appManagementPolicies: [custom(rule({ state: 'disabled' }), 'a')] },
    verdict: 'fail',
    reason: 'exceptions',
    objects: ['custom'],
    says: 'for 1 application',
  },
  {
    name: 'fails on a policy that blocks them for newer applications only',
    given: { appManagementPolicies: [custom(rule({ restrictForAppsCreatedAfterDateTime: '2025-01-01T00:00:00Z' }), 'a')] },
    verdict: 'fail',
    reason: 'exceptions',
  },
  {
    name: 'passes over a policy that applies to nothing',
    given: { appManagementPolicies: [custom(rule({ state: 'disabled' }))] },
    verdict: 'pass',
  },
])
