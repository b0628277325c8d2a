import { expect, it } from '@jest/globals'
import { removeRoleAssignment } from '@countersign/core/actions/catalogue/remove-role-assignment.ts'
import { describeAction, planContext } from '../../../build/action-cases.ts'

const assignmentId = 'lAPpYvVpN0KRkAEhdxReEMmO4KwRqtpKkUWt3wOYIz4-1'
const principalId = '11111111-2222-4333-8444-555555555555'
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const otherId = '33333333-2222-4333-8444-555555555555'
const erik = {
  '@odata.type': '#microsoft.graph.user',
  id: principalId,
  displayName: 'Erik Holm',
  userPrincipalName: 'erik@contoso.example',
  accountEnabled: true,
}
const held = { principalId, roleDefinitionId: globalAdministrator, directoryScopeId: '/' }
const assignment = { id: assignmentId, ...held, principal: erik }
const role = { id: globalAdministrator, displayName: 'Global Administrator' }
const holder = (id: string, more: object = {}, directoryScopeId = '/') => ({
  principalId: id,
  directoryScopeId,
  principal: { '@odata.type': '#microsoft.graph.user', accountEnabled: true, ...more },
})
const holders = (...value: readonly object[]) => JSON.parse(JSON.stringify({ value }))
const about = { type: 'user', id: principalId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const
const list = '/roleManagement/directory/roleAssignments'
const read = {
  path: `${list}?$filter=${encodeURIComponent(`principalId eq '${principalId}' and roleDefinitionId eq '${globalAdministrator}'`)}`,
}
const last = (...others: readonly object[]) => ({
  reason: 'lastGlobalAdministrator',
  answers: [assignment, role, holders(holder(principalId), ...others)],
  values: { name: 'Erik Holm' },
})

describeAction({
  action: removeRoleAssignment,
  input: { assignmentId },
  reads: [
    `${list}/${assignmentId}?$expand=principal`,
    `/roleManagement/directory/roleDefinitions/${globalAdministrator}?$select=id,displayName`,
    `${list}?$filter=${encodeURIComponent(`roleDefinitionId eq '${globalAdministrator}'`)}&$expand=principal`,
  ],
  answers: [assignment, role, holders(holder(principalId), holder(otherId))],
  plan: {
    subject: about,
    changes: [
      { field: 'role', before: 'Global Administrator', after: 'removed' },
      { field: 'roleScope', before: 'the whole tenant', after: 'nowhere' },
    ],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `${list}/${assignmentId}`, body: null },
        readBack: { read, expect: { kind: 'lacks', list: 'value', field: 'directoryScopeId', value: '/' } },
        undo: {
          write: { method: 'POST', path: list, body: held },
          readBack: { read, expect: { kind: 'has', list: 'value', field: 'directoryScopeId', value: '/' } },
          echo: {
            activities: ['Add member to role', 'Add scoped member to role'],
            targetId: principalId,
            modified: { name: 'Role.TemplateId', newValueContains: globalAdministrator },
          },
        },
        echo: {
          activities: ['Remove member from role', 'Remove scoped member from role'],
          targetId: principalId,
          modified: { name: 'Role.TemplateId', newValueContains: '', oldValueContains: globalAdministrator },
        },
      },
    ],
    preState: held,
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined], values: { id: assignmentId } },
    { reason: 'unreadable', answers: [{ ...assignment, principal: null }] },
    { reason: 'unreadable', answers: [{ ...assignment, principal: { ...erik, '@odata.type': '#microsoft.graph.device' } }, role] },
    { reason: 'unreadable', answers: [assignment, role, undefined] },
    { reason: 'isAid', context: { aidId: principalId } },
    { reason: 'isRequester', context: { requestedBy: principalId } },
    last(),
    last(holder(otherId, { accountEnabled: false })),
    last(holder(otherId, { '@odata.type': '#microsoft.graph.servicePrincipal' })),
    last(holder(otherId, { '@odata.type': '#microsoft.graph.group' })),
    last(holder(otherId, {}, '/administrativeUnits/44444444-2222-4333-8444-555555555555')),
    last(holder(planContext.aidId)),
  ],
  badInputs: [{}, { assignmentId: '' }, { assignmentId: 'a/b' }, { assignmentId: 'a?$expand=x' }, null],
  named: (displayName) => [
    { ...assignment, principal: { ...erik, displayName } },
    { ...role, displayName },
    holders(holder(principalId), holder(otherId)),
  ],
})

it('remove-role-assignment asks who else is Global Administrator only where that role is taken', () => {
  const roleDefinitionId = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'
  const scope = '/administrativeUnits/44444444-2222-4333-8444-555555555555'
  const answers = [{ ...assignment, roleDefinitionId, directoryScopeId: scope }, { displayName: null }]
  const prepared = removeRoleAssignment.prepare({ assignmentId })
  if (prepared.kind !== 'ready') throw new Error('The input fits.')
  expect(prepared.prepared.readsAfter(answers.slice(0, 1))).toHaveLength(1)
  expect(prepared.prepared.readsAfter([undefined])).toEqual([])
  expect(prepared.prepared.plan(answers, planContext)).toMatchObject({
    kind: 'plan',
    changes: [{ before: roleDefinitionId }, { before: scope }],
    steps: [{ readBack: { expect: { value: scope } }, undo: { write: { body: { directoryScopeId: scope } } } }],
  })
})
