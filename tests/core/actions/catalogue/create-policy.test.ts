import { describe, expect, it } from '@jest/globals'
import { createPolicy } from '@countersign/core/actions/catalogue/create-policy.ts'
import { policyTemplates } from '@countersign/core/actions/policy-templates.ts'
import { conditionalAccessPolicies } from '@countersign/core/posture/facts/conditional-access-policies.ts'
import { baselineOf } from '@countersign/core/posture/baselines.ts'
import { settingsSchema } from '@countersign/core/posture/settings.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'
import { outcome } from '../../../build/judged.ts'

const emergencyId = '11111111-2222-4333-8444-555555555555'
const name = 'Countersign: block legacy authentication'
const read = { path: `/identity/conditionalAccess/policies?$filter=${encodeURIComponent(`displayName eq '${name}'`)}` }
const emergency = {
  id: emergencyId,
  displayName: 'Emergency 1',
  userPrincipalName: 'emergency1@contoso.example',
  accountEnabled: true,
  userType: 'Member',
}
const none = { value: [] }
const input = { template: 'legacy-authentication-blocked', excludedUserIds: [emergencyId] }
const about = { type: 'policy', id: 'legacy-authentication-blocked', name, qualifier: 'MS.AAD.1.1v1' } as const
const add = ['Add conditional access policy', 'Add Conditional Access policy']
const remove = ['Delete conditional access policy', 'Delete Conditional Access policy']

describeAction({
  action: createPolicy,
  input,
  reads: [read.path, `/users/${emergencyId}?$select=id,displayName,userPrincipalName,accountEnabled,userType`],
  answers: [none, emergency],
  plan: {
    subject: about,
    changes: [
      { field: 'policyState', before: 'not there', after: 'only reporting' },
      { field: 'policyPeople', before: '', after: 'everybody' },
      { field: 'policyLeavesOut', before: '', after: 'Emergency 1 (emergency1@contoso.example)' },
      { field: 'policyAsks', before: '', after: 'no sign-in by old protocols, which know no second factor' },
    ],
    steps: [
      {
        class: 'create',
        about,
        write: {
          method: 'POST',
          path: '/identity/conditionalAccess/policies',
          body: {
            displayName: name,
            state: 'enabledForReportingButNotEnforced',
            conditions: {
              clientAppTypes: ['exchangeActiveSync', 'other'],
              users: { includeUsers: ['All'], excludeUsers: [emergencyId] },
              applications: { includeApplications: ['All'] },
            },
            grantControls: { operator: 'OR', builtInControls: ['block'] },
          },
        },
        readBack: { read, expect: { kind: 'has', list: 'value', field: 'displayName', value: name } },
        undo: {
          write: { method: 'DELETE', path: '/identity/conditionalAccess/policies/{created}', body: null },
          readBack: { read, expect: { kind: 'lacks', list: 'value', field: 'displayName', value: name } },
          echo: { activities: remove, targetId: '{created}' },
        },
        echo: { activities: add, targetId: '{created}', modified: { name: 'ConditionalAccessPolicy', newValueContains: name } },
      },
    ],
    preState: { displayName: null },
    warnings: [{ reason: 'reachesAid', values: {} }],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined, emergency] },
    { reason: 'notFound', answers: [none, undefined], values: { id: emergencyId } },
    { reason: 'unreadable', answers: [{}, emergency] },
    { reason: 'unreadable', answers: [none, { id: emergencyId }] },
    { reason: 'exists', answers: [{ value: [{ id: 'p', displayName: name }] }, emergency], values: { name } },
    { reason: 'noEmergencyAccount', input: { ...input, excludedUserIds: [] }, answers: [none] },
    { reason: 'noEmergencyAccount', context: { aidId: emergencyId }, values: { people: 'everybody' } },
    { reason: 'blocked', answers: [none, { ...emergency, accountEnabled: false }] },
    { reason: 'notMember', answers: [none, { ...emergency, userType: 'Guest' }] },
  ],
  warnings: [{ reason: 'reachesAid' }, { reason: 'needsP2', input: { ...input, template: 'high-user-risk-blocked' } }],
  badInputs: [
    {},
    { template: 'nothing', excludedUserIds: [emergencyId] },
    { ...input, excludedUserIds: [emergencyId, emergencyId] },
    { ...input, excludedUserIds: ['emergency1'] },
  ],
  named: (displayName) => [none, { ...emergency, displayName }],
})

const strength = {
  id: '00000000-0000-0000-0000-000000000004',
  allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
}

/** What Graph shows of a created policy: lists that were not sent are empty, other conditions null, a strength comes whole. */
function asGraphShows(body: { readonly [name: string]: unknown }, state: string) {
  const { conditions, grantControls, ...rest } = body as {
    conditions: { users: object; applications: object }
    grantControls: { authenticationStrength?: object }
  }
  const lists = (...names: string[]) => Object.fromEntries(names.map((each) => [each, []]))
  return conditionalAccessPolicies.row.parse({
    ...rest,
    id: 'p',
    state,
    conditions: {
      ...lists('signInRiskLevels', 'userRiskLevels'),
      platforms: null,
      locations: null,
      ...conditions,
      users: {
        ...lists('includeUsers', 'includeGroups', 'includeRoles', 'excludeUsers', 'excludeGroups', 'excludeRoles'),
        ...conditions.users,
      },
      applications: { ...lists('includeApplications', 'excludeApplications', 'includeUserActions'), ...conditions.applications },
    },
    grantControls: { ...grantControls, ...(grantControls.authenticationStrength ? { authenticationStrength: strength } : {}) },
  })
}

describe('templates of policies', () => {
  const settings = settingsSchema.parse({ exclusions: { users: [emergencyId] } })

  function verdict(template: (typeof policyTemplates)[number], state: string, declared = settings) {
    const prepared = createPolicy.prepare({ template: template.id, excludedUserIds: [emergencyId] })
    const plan = prepared.kind === 'ready' ? prepared.prepared.plan([none, emergency], planContext) : undefined
    const body = plan?.kind === 'plan' ? plan.steps[0]?.write.body : undefined
    const policy = asGraphShows(JSON.parse(JSON.stringify(body ?? null)), state)
    return outcome(
      template.id,
      { conditionalAccessPolicies: [policy], roleAssignments: [], securityDefaults: [{ id: 'securityDefaults', isEnabled: false }] },
      { settings: declared, baseline: 'scuba', licences: { p1: 'present', p2: 'present' } },
    )
  }

  it.each(policyTemplates)('$id passes the check of its name once it is on, and not before', (template) => {
    expect(verdict(template, 'enabled')).toMatchObject({ verdict: 'pass' })
    expect(verdict(template, 'enabledForReportingButNotEnforced')).toMatchObject({ verdict: 'fail', reason: 'reportOnly' })
  })

  it.each(policyTemplates)('$id is found wanting where nobody declared whom it leaves out', (template) => {
    expect(verdict(template, 'enabled', settingsSchema.parse({}))).toMatchObject({ verdict: 'fail', reason: 'nearMiss' })
  })

  it.each(policyTemplates)('$id is what its rule of the baseline asks for, under a name that no filter breaks', (template) => {
    const rules = Object.entries(baselineOf('scuba')?.policies ?? {})
    expect(rules.find(([rule]) => rule === template.baseline)?.[1]).toContain(template.id)
    expect(template.displayName).toMatch(/^Countersign: [a-z -]+$/)
  })

  it('have names of their own', () => {
    expect(new Set(policyTemplates.map(({ displayName }) => displayName)).size).toBe(policyTemplates.length)
  })
})
