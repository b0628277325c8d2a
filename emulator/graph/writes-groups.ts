import { z } from 'zod'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import type { AuditPlan, AuditTarget } from './audit.ts'
import { holdsAction, owns } from './caller.ts'
import { notFound } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const MEMBERS = 'groupMembers'

function kindsOf(group: Row): string[] {
  const kinds = group['groupTypes']
  return Array.isArray(kinds) ? kinds.filter((kind): kind is string => typeof kind === 'string') : []
}

/**
 * Owners may; of the others those with the action for the kind of group. A group that can hold roles takes a permission and
 * a role of its own: https://learn.microsoft.com/graph/api/group-delete-members
 */
function mayChangeMembers({ view, caller, target }: WriteCall): boolean {
  if (target['isAssignableToRole'] === true) {
    if (!caller.scopes.includes('RoleManagement.ReadWrite.Directory')) return false
    return (
      owns(view.tenant, caller, 'groupOwners', target.id) ||
      holdsAction(view.tenant, caller, 'microsoft.directory/groupsAssignableToRoles/allProperties/update', target.id)
    )
  }
  if (owns(view.tenant, caller, 'groupOwners', target.id)) return true
  const kind = kindsOf(target).includes('Unified') ? 'groups.unified' : 'groups.security'
  const actions = ['microsoft.directory/groups/members/update', `microsoft.directory/${kind}/members/update`]
  return holdsAction(view.tenant, caller, actions, target.id)
}

/** Memberships that are made elsewhere, or mail-enabled groups that Exchange keeps. */
function unchangeable(group: Row): Refusal | undefined {
  if (kindsOf(group).includes('DynamicMembership'))
    return badRequest('The membership of this group is dynamic and cannot be changed directly.')
  if (group['onPremisesSyncEnabled'] === true)
    return badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    )
  if (group['mailEnabled'] === true && !kindsOf(group).includes('Unified'))
    return badRequest('Cannot Update a mail-enabled security groups and or distribution list.')
  return undefined
}

function membershipOf(view: View, groupId: string, memberId: string): Row | undefined {
  return collection(view.tenant, MEMBERS)
    .with('groupId', groupId)
    .find((row) => text(row, 'memberId')?.toLowerCase() === memberId.toLowerCase())
}

const memberTypes = {
  users: 'User',
  groups: 'Group',
  servicePrincipals: 'ServicePrincipal',
} as const satisfies Record<string, AuditTarget['type']>

function memberTarget(view: View, memberId: string): { row: Row; type: AuditTarget['type'] } | undefined {
  for (const [path, type] of Object.entries(memberTypes)) {
    const row = collection(view.tenant, path).get(memberId)
    if (row) return { row, type }
  }
  return undefined
}

function membershipAudit(view: View, group: Row, memberId: string, isAdded: boolean): AuditPlan {
  const member = memberTarget(view, memberId) ?? { row: { id: memberId }, type: 'Other' as const }
  const named = [
    ['Group.ObjectID', group.id],
    ['Group.DisplayName', text(group, 'displayName') ?? ''],
    ['Group.WellKnownObjectName', null],
  ] as const
  const modified = named.map(([displayName, value]) => {
    const shown = value === null ? null : JSON.stringify(value)
    return { displayName, oldValue: isAdded ? null : shown, newValue: isAdded ? shown : null }
  })
  return {
    activity: isAdded ? 'Add member to group' : 'Remove member from group',
    category: 'GroupManagement',
    service: 'Core Directory',
    operation: isAdded ? 'Assign' : 'Unassign',
    targets: [
      { ...member, modified },
      { type: 'Group', row: group, shownName: null },
    ],
  }
}

function removeMember({ view, target, keys }: WriteCall): WriteOutcome | Refusal {
  const refusal = unchangeable(target)
  if (refusal) return refusal
  const memberId = keys[1] ?? ''
  const membership = membershipOf(view, target.id, memberId)
  if (!membership) return notFound(memberId)
  writeRow(view, MEMBERS, membership.id, undefined)
  return { audit: [membershipAudit(view, target, memberId, false)] }
}

const referenceSchema = z.object({
  '@odata.id': z.string().regex(/^https:\/\/[^/]+\/(?:v1\.0|beta)\/(?:directoryObjects|users|groups|servicePrincipals)\/[0-9a-fA-F-]{36}$/),
})

/** The id in the address of a directory object, as the body of a `$ref` request names it. */
function referencedId(body: WriteCall['body']): string | undefined {
  const parsed = referenceSchema.safeParse(body)
  return parsed.success ? parsed.data['@odata.id'].split('/').at(-1)?.toLowerCase() : undefined
}

function addMember({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const refusal = unchangeable(target)
  if (refusal) return refusal
  const memberId = referencedId(body)
  if (memberId === undefined) return badRequest("The '@odata.id' of the request body is no address of a directory object.")
  const member = memberTarget(view, memberId)
  if (!member) return notFound(memberId)
  if (membershipOf(view, target.id, memberId))
    return badRequest("One or more added object references already exist for the following modified properties: 'members'.")
  if (target['isAssignableToRole'] === true && member.type === 'Group')
    return badRequest('Group nesting is not supported for groups that can be assigned to a role.')
  const id = `${target.id}_${memberId}`
  writeRow(view, MEMBERS, id, {
    id,
    groupId: target.id,
    memberId,
    memberType: `${member.type.charAt(0).toLowerCase()}${member.type.slice(1)}`,
  })
  return { audit: [membershipAudit(view, target, memberId, true)] }
}

/** What changes who is in a group. */
export const groupWrites: readonly WriteEntry[] = [
  {
    method: 'DELETE',
    path: '/groups/{id}/members/{id}/$ref',
    targets: 'groups',
    plays: [],
    bucket: 'write',
    may: mayChangeMembers,
    apply: removeMember,
  },
  {
    method: 'POST',
    path: '/groups/{id}/members/$ref',
    targets: 'groups',
    plays: ['@odata.id'],
    bucket: 'write',
    may: mayChangeMembers,
    apply: addMember,
  },
]
