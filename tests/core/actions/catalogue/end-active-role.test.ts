import { expect, it } from '@jest/globals'
import { endActiveRole } from '@countersign/core/actions/catalogue/end-active-role.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const principalId = '11111111-2222-4333-8444-555555555555'
const otherId = '33333333-2222-4333-8444-555555555555'
const roleDefinitionId = '62e90394-69f5-4237-9190-012177145e10'
const input = { principalId, roleDefinitionId, directoryScopeId: '/' }
const erik = {
  '@odata.type': '#microsoft.graph.user',
  id: principalId,
  displayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
}
const startDateTime = '2026-01-01T00:00:00Z'
const endDateTime = '2027-01-01T00:00:00Z'
const schedule = {
  ...input,
  principal: erik,
  memberType: 'Direct',
  assignmentType: 'Assigned',
  scheduleInfo: { startDateTime, recurrence: null, expiration: { type: 'afterDateTime', endDateTime, duration: null } },
}
const forEver = { ...schedule, scheduleInfo: { startDateTime, expiration: { type: 'noExpiration' } } }
const elsewhere = { ...schedule, directoryScopeId: '/administrativeUnits/44444444-2222-4333-8444-555555555555' }
const role = { id: roleDefinitionId, displayName: 'Global Administrator' }
const holders = (...ids: readonly string[]) => ({
  value: ids.map((id) => ({
    principalId: id,
    directoryScopeId: '/',
    principal: { '@odata.type': '#microsoft.graph.user', accountEnabled: true },
  })),
})
const both = holders(principalId, otherId)
const about = { type: 'user', id: principalId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const
const base = '/roleManagement/directory'
const read = {
  path: `${base}/roleAssignmentSchedules?$filter=${encodeURIComponent(`principalId eq '${principalId}' and roleDefinitionId eq '${roleDefinitionId}'`)}`,
}
const request = (action: string, more: object = {}) => ({
  method: 'POST' as const,
  path: `${base}/roleAssignmentScheduleRequests`,
  body: { action, ...input, justification: 'Countersigned in Countersign', ...more },
})
const scheduleInfo = { startDateTime, expiration: { type: 'afterDateTime', endDateTime } }
const entry = { list: 'value', field: 'directoryScopeId', value: '/' }

describeAction({
  action: endActiveRole,
  input,
  reads: [
    `${read.path}&$expand=principal`,
    `${base}/roleDefinitions/${roleDefinitionId}?$select=id,displayName`,
    `${base}/roleAssignments?$filter=${encodeURIComponent(`roleDefinitionId eq '${roleDefinitionId}'`)}&$expand=principal`,
  ],
  answers: [{ value: [elsewhere, schedule] }, role, both],
  plan: {
    subject: about,
    changes: [
      { field: 'role', before: 'Global Administrator', after: 'removed' },
      { field: 'roleScope', before: 'the whole tenant', after: 'nowhere' },
      { field: 'roleEnd', before: endDateTime, after: 'now' },
    ],
    steps: [
      {
        class: 'delete',
        about,
        write: request('adminRemove'),
        readBack: { read, expect: { kind: 'lacks', ...entry } },
        undo: {
          write: request('adminAssign', { scheduleInfo }),
          readBack: { read, expect: { kind: 'has', ...entry } },
          echo: {
            activities: ['Add member to role in PIM completed (permanent)', 'Add member to role in PIM completed (timebound)'],
            targetId: principalId,
          },
        },
        echo: {
          activities: ['Remove member from role in PIM completed (permanent)', 'Remove member from role in PIM completed (timebound)'],
          targetId: principalId,
        },
      },
    ],
    preState: { directoryScopeId: '/', assignmentType: 'Assigned', scheduleInfo },
    warnings: [],
  },
  refusals: [
    { reason: 'unreadable', answers: [undefined, role, both] },
    {
      reason: 'unreadable',
      answers: [{ value: [{ ...schedule, principal: { ...erik, '@odata.type': '#microsoft.graph.device' } }] }, role, both],
    },
    { reason: 'unreadable', answers: [{ value: [schedule] }, role, undefined] },
    { reason: 'notFound', answers: [{ value: [] }, role, both], values: { id: principalId } },
    { reason: 'notFound', answers: [{ value: [elsewhere] }, role, both] },
    { reason: 'throughGroup', answers: [{ value: [{ ...schedule, memberType: 'Group' }] }, role, both] },
    {
      reason: 'activated',
      answers: [{ value: [{ ...schedule, assignmentType: 'Activated' }] }, role, both],
      values: { name: 'Erik Holm' },
    },
    { reason: 'isAid', context: { aidId: principalId } },
    { reason: 'isRequester', context: { requestedBy: principalId } },
    { reason: 'lastGlobalAdministrator', answers: [{ value: [schedule] }, role, holders(principalId)] },
    { reason: 'lastGlobalAdministrator', answers: [{ value: [forEver] }, role, holders()] },
  ],
  badInputs: [
    {},
    { ...input, principalId: 'erik' },
    { ...input, directoryScopeId: '' },
    { ...input, directoryScopeId: '/administrativeUnits/' },
    { ...input, directoryScopeId: "/' or 1 eq 1" },
    null,
  ],
  named: (displayName) => [{ value: [elsewhere, { ...schedule, principal: { ...erik, displayName } }] }, { ...role, displayName }, both],
})

it('end-active-role gives back without an end what had none', () => {
  const prepared = endActiveRole.prepare(input)
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  const plan = (row: object) => prepared.prepared.plan([JSON.parse(JSON.stringify({ value: [row] })), role, both], planContext)
  expect(plan(forEver)).toMatchObject({
    changes: [{}, {}, { before: 'without end' }],
    steps: [{ undo: { write: { body: { scheduleInfo: { startDateTime, expiration: { type: 'noExpiration' } } } } } }],
  })
})

it('end-active-role ends a role without a start, which was given outside of Privileged Identity Management', () => {
  const prepared = endActiveRole.prepare(input)
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  const outside = { ...schedule, scheduleInfo: { startDateTime: null, expiration: { type: 'noExpiration' } } }
  expect(prepared.prepared.plan([{ value: [outside] }, role, both], planContext)).toMatchObject({
    steps: [{ undo: { write: { body: { scheduleInfo: { startDateTime: null, expiration: { type: 'noExpiration' } } } } } }],
  })
})
