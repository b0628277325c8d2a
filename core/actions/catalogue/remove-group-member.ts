import { z } from 'zod'
import { defineAction } from '../action.ts'
import { account, accountReasons, accountSubject, readAccount } from '../plans/account.ts'
import { groupReasons, groupSchema, membersSchema, readGroup, readMember, refuseGroup, removeMember } from '../plans/group-member.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'

export const removeGroupMember = defineAction({
  id: 'remove-group-member',
  title: 'Take a person out of a group',
  proposalTitle: 'Take {name} out of a group',
  why: 'A membership brings along whatever was ever shared with the group.',
  input: z.object({ groupId: z.uuid(), memberId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [
    { name: 'groupId', title: 'Group', is: 'group' },
    { name: 'memberId', title: 'Person', is: 'user' },
  ],
  touches: ['groupMembership'],
  writeScopes: ['GroupMember.ReadWrite.All'],
  proofScopes: ['GroupMember.Read.All', 'User.ReadBasic.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Countersign group members',
    templateId: 'custom',
    actions: ['microsoft.directory/groups/members/update'],
    because: 'A custom role with this one action; it also lets its holder add members, and reaches no group that can hold roles.',
    scope: 'object',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    ...accountReasons,
    ...groupReasons,
    notFound: 'No group or person with the object id {id} exists in this tenant.',
    notMember: '{name} is not a direct member of {group}.',
  },
  preStateFields: ['members'],
  auditActivities: ['Remove member from group', 'Add member to group'],
  ifStolen: 'Add anybody to every group in the reach of the role that cannot hold roles, and so to all that is shared with it.',
  unconfirmed: 'How long the filtered list of members, an advanced query, goes on showing the member after the removal.',
  undo: { possible: true, days: 30 },
  reads: ({ groupId, memberId }) => [readGroup(groupId), readAccount(memberId), readMember(groupId, memberId)],
  plan({ groupId, memberId }, [groupAnswer, personAnswer, membersAnswer], { aidId }) {
    const found = parseAnswer(groupSchema, groupAnswer, groupId)
    if (found.kind === 'refused') return found
    const person = parseAnswer(account, personAnswer, memberId)
    if (person.kind === 'refused') return person
    const members = parseAnswer(membersSchema, membersAnswer, groupId)
    if (members.kind === 'refused') return members
    const { row: group } = found
    const subject = accountSubject(person.row)
    const names = { name: subject.name, group: group.displayName || group.id }
    if (subject.id === aidId) return refuse('isAid')
    const elsewhere = refuseGroup(group, names)
    if (elsewhere) return elsewhere
    if (!members.row.value.some(({ id }) => id === subject.id)) return refuse('notMember', names)
    return planOne(subject, { field: 'group', before: names.group, after: 'removed' }, removeMember(group.id, subject.id), {
      members: [{ id: subject.id }],
    })
  },
})
