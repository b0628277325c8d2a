import { enforcePolicy } from '@countersign/core/actions/catalogue/enforce-policy.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const policyId = '11111111-2222-4333-8444-555555555555'
const path = `/identity/conditionalAccess/policies/${policyId}`
const users = {
  includeUsers: ['u'],
  includeGroups: [],
  includeRoles: [],
  excludeUsers: [planContext.aidId],
  excludeGroups: [],
  excludeRoles: [],
}
const policy = {
  id: policyId,
  displayName: 'Second factor for everybody',
  state: 'enabledForReportingButNotEnforced',
  modifiedDateTime: '2026-11-01T00:00:00Z',
  conditions: { users },
}
const applying = (change: Readonly<Partial<Record<keyof typeof users, string[]>>>) => ({
  ...policy,
  conditions: { users: { ...users, includeUsers: [], excludeUsers: [], ...change } },
})
const about = { type: 'policy', id: policyId, name: 'Second factor for everybody', qualifier: policyId } as const
const set = (state: string) => ({
  write: { method: 'PATCH' as const, path, body: { state } },
  readBack: { read: { path: `${path}?$select=state` }, expect: { kind: 'equals' as const, field: 'state', value: state } },
  echo: {
    activities: ['Update conditional access policy', 'Update Conditional Access policy'],
    targetId: policyId,
    modified: { name: 'ConditionalAccessPolicy', newValueContains: `"state":"${state}"` },
  },
})

describeAction({
  action: enforcePolicy,
  input: { policyId },
  reads: [path],
  answers: [policy],
  plan: {
    subject: about,
    changes: [{ field: 'policyState', before: 'only reporting', after: 'on' }],
    steps: [{ class: 'set', about, ...set('enabled'), undo: set('enabledForReportingButNotEnforced') }],
    preState: { state: 'enabledForReportingButNotEnforced', modifiedDateTime: '2026-11-01T00:00:00Z' },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: policyId } },
    { reason: 'unreadable', answers: [{ ...policy, conditions: null }] },
    ...['enabled', 'disabled', 'other'].map((state) => ({
      reason: 'otherState',
      answers: [{ ...policy, state }],
      values: { name: policy.displayName, state },
    })),
    { reason: 'microsofts', answers: [{ ...policy, displayName: 'Microsoft-managed: Block legacy authentication' }] },
  ],
  warnings: [
    { reason: 'reachesAid', answers: [applying({ includeUsers: ['All'], excludeUsers: ['x'] })] },
    { reason: 'reachesAid', answers: [applying({ includeUsers: [planContext.aidId] })] },
    { reason: 'reachesAid', answers: [applying({ includeRoles: ['r'] })] },
    { reason: 'reachesAid', answers: [applying({ includeUsers: ['All'], excludeGroups: ['g'] })] },
    { reason: 'nobodyLeftOut', answers: [applying({ includeUsers: ['All'] })] },
  ],
  badInputs: [{}, { policyId: 'second-factor' }, { policyId: '' }],
  named: (displayName) => [{ ...policy, displayName }],
})
