import { z } from 'zod'
import type { GraphRead, PlanStep } from '../action.ts'
import { filtered, refuse, type Refused } from './planning.ts'

export const groupSchema = z.object({
  id: z.string(),
  displayName: z.string().nullable(),
  groupTypes: z.array(z.string()),
  mailEnabled: z.boolean().nullable(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
})
export const membersSchema = z.object({ value: z.array(z.object({ id: z.string() })) })

export const groupReasons = {
  dynamic: 'A rule decides who is in {group}. Change the rule, or what it asks of the person.',
  synced: '{group} is synced from Active Directory, which would bring the member back. Change it there.',
  roleAssignable: '{group} can hold directory roles: its members are changed by a role administrator only.',
  exchange: '{group} is kept by Exchange. Change its members there.',
}

export function readGroup(id: string): GraphRead {
  return { path: `/groups/${id}?$select=${Object.keys(groupSchema.shape).join(',')}` }
}

/** One member of a group, however long its list is. */
export function readMember(groupId: string, memberId: string): GraphRead {
  return { path: `${filtered(`/groups/${groupId}/members`, `id eq '${memberId}'`)}&$count=true&$select=id`, advanced: true }
}

/** Groups whose members are made elsewhere: https://learn.microsoft.com/graph/api/group-delete-members */
export function refuseGroup(group: z.infer<typeof groupSchema>, names: { readonly group: string }): Refused | undefined {
  if (group.groupTypes.includes('DynamicMembership')) return refuse('dynamic', names)
  if (group.onPremisesSyncEnabled) return refuse('synced', names)
  if (group.isAssignableToRole) return refuse('roleAssignable', names)
  if (group.mailEnabled && !group.groupTypes.includes('Unified')) return refuse('exchange', names)
  return undefined
}

/** Takes one member out, and back in. */
export function removeMember(groupId: string, memberId: string): Omit<PlanStep, 'about'> {
  const path = `/groups/${groupId}/members`
  const read = readMember(groupId, memberId)
  const entry = { list: 'value', field: 'id', value: memberId }
  const name = 'Group.ObjectID'
  return {
    class: 'delete',
    write: { method: 'DELETE', path: `${path}/${memberId}/$ref`, body: null },
    readBack: { read, expect: { kind: 'lacks', ...entry } },
    undo: {
      write: {
        method: 'POST',
        path: `${path}/$ref`,
        body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${memberId}` },
      },
      readBack: { read, expect: { kind: 'has', ...entry } },
      echo: { activities: ['Add member to group'], targetId: memberId, modified: { name, newValueContains: groupId } },
    },
    echo: {
      activities: ['Remove member from group'],
      targetId: memberId,
      modified: { name, newValueContains: '', oldValueContains: groupId },
    },
  }
}
