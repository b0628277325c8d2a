import { removeGroupMember } from '@countersign/core/actions/catalogue/remove-group-member.ts'
import { describeAction } from '../../../build/action-cases.ts'

const groupId = '22222222-2222-4333-8444-555555555555'
const memberId = '11111111-2222-4333-8444-555555555555'
const group = {
  id: groupId,
  displayName: 'Payroll',
  groupTypes: ['Unified'],
  mailEnabled: true,
  onPremisesSyncEnabled: null,
  isAssignableToRole: null,
}
const erik = { id: memberId, displayName: 'Erik Holm', userPrincipalName: 'erik@contoso.example' }
const members = { value: [{ '@odata.type': '#microsoft.graph.user', id: memberId }] }
const about = { type: 'user', id: memberId, name: 'Erik Holm', qualifier: 'erik@contoso.example' } as const
const read = {
  path: `/groups/${groupId}/members?$filter=${encodeURIComponent(`id eq '${memberId}'`)}&$count=true&$select=id`,
  advanced: true,
} as const
const names = { name: 'Erik Holm', group: 'Payroll' }

describeAction({
  action: removeGroupMember,
  input: { groupId, memberId },
  reads: [
    `/groups/${groupId}?$select=id,displayName,groupTypes,mailEnabled,onPremisesSyncEnabled,isAssignableToRole`,
    `/users/${memberId}?$select=id,displayName,userPrincipalName`,
    read.path,
  ],
  advanced: [read.path],
  answers: [group, erik, members],
  plan: {
    subject: about,
    changes: [{ field: 'group', before: 'Payroll', after: 'removed' }],
    steps: [
      {
        class: 'delete',
        about,
        write: { method: 'DELETE', path: `/groups/${groupId}/members/${memberId}/$ref`, body: null },
        readBack: { read, expect: { kind: 'lacks', list: 'value', field: 'id', value: memberId } },
        undo: {
          write: {
            method: 'POST',
            path: `/groups/${groupId}/members/$ref`,
            body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${memberId}` },
          },
          readBack: { read, expect: { kind: 'has', list: 'value', field: 'id', value: memberId } },
          echo: {
            activities: ['Add member to group'],
            targetId: memberId,
            modified: { name: 'Group.ObjectID', newValueContains: groupId },
          },
        },
        echo: {
          activities: ['Remove member from group'],
          targetId: memberId,
          modified: { name: 'Group.ObjectID', newValueContains: '', oldValueContains: groupId },
        },
      },
    ],
    preState: { members: [{ id: memberId }] },
    warnings: [],
  },
  refusals: [
    { reason: 'notFound', answers: [undefined, erik, undefined], values: { id: groupId } },
    { reason: 'notFound', answers: [group, undefined, members], values: { id: memberId } },
    { reason: 'unreadable', answers: [group, erik, { value: null }] },
    { reason: 'isAid', context: { aidId: memberId } },
    { reason: 'dynamic', answers: [{ ...group, groupTypes: ['Unified', 'DynamicMembership'] }, erik, members], values: names },
    { reason: 'synced', answers: [{ ...group, onPremisesSyncEnabled: true }, erik, members] },
    { reason: 'roleAssignable', answers: [{ ...group, isAssignableToRole: true }, erik, members] },
    { reason: 'exchange', answers: [{ ...group, groupTypes: [] }, erik, members] },
    { reason: 'notMember', answers: [group, erik, { value: [] }], values: names },
    { reason: 'notMember', answers: [group, erik, { value: [{ id: groupId }] }] },
  ],
  badInputs: [{}, { groupId }, { groupId: 'Payroll', memberId }, { groupId, memberId: `${memberId}/$ref` }, null],
  named: (displayName) => [{ ...group, displayName }, { ...erik, displayName }, members],
})
