import { z } from 'zod'
import type { Member } from '@countersign/core/api/members.ts'
import type { Role } from '@countersign/core/principal.ts'
import type { GraphReader } from '../graph/reader.ts'
import { readAll } from './aid-roles.ts'
import { knownRoles } from './api-token.ts'

const applicationSchema = z.object({ id: z.string(), appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })) })
const assignmentSchema = z.object({
  principalId: z.string(),
  principalType: z.string().nullish(),
  principalDisplayName: z.string().nullish(),
  appRoleId: z.string(),
})
const personSchema = z.object({ id: z.string(), displayName: z.string().nullish(), userPrincipalName: z.string().nullish() })
const peopleShown = 100

export interface MembersRead {
  readonly members: readonly Member[]
  /** Why the list is not there, or not whole; null where it is. */
  readonly notRead: string | null
  /** Object id of the enterprise application, for a link to it; null where it was not found. */
  readonly servicePrincipalId: string | null
}

/** Who holds an app role of Countersign Read, read from the tenant now. Groups give their role to direct members only. */
export async function readMembers(reader: GraphReader, readAppId: string): Promise<MembersRead> {
  const found = await readAll(reader, `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${readAppId}'`)}&$select=id,appRoles`)
  if (found.kind === 'refused') return { members: [], notRead: found.because, servicePrincipalId: null }
  const own = z.array(applicationSchema).safeParse(found.rows).data?.[0]
  if (!own)
    return { members: [], notRead: 'The enterprise application Countersign Read was not found in this tenant.', servicePrincipalId: null }
  const servicePrincipalId = own.id
  const assigned = await readAll(reader, `/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/appRoleAssignedTo?$top=999`)
  if (assigned.kind === 'refused') return { members: [], notRead: assigned.because, servicePrincipalId }
  const rows = z.array(assignmentSchema).safeParse(assigned.rows)
  if (!rows.success)
    return { members: [], notRead: 'Microsoft Graph answered role assignments in a shape that is not documented.', servicePrincipalId }
  const values = new Map(own.appRoles.map((role) => [role.id.toLowerCase(), role.value ?? '']))
  const holders = new Map<string, { readonly name: string; readonly type: Member['type']; readonly values: string[] }>()
  for (const { principalId, principalType, principalDisplayName, appRoleId } of rows.data) {
    const value = values.get(appRoleId.toLowerCase())
    if (value === undefined) continue
    const known = holders.get(principalId) ?? { name: principalDisplayName ?? principalId, type: typeOf(principalType), values: [] }
    known.values.push(value)
    holders.set(principalId, known)
  }
  const members: Member[] = []
  const unread: string[] = []
  for (const [objectId, { name, type, values: held }] of holders) {
    const roles: readonly Role[] = knownRoles([...new Set(held)])
    if (roles.length === 0) continue
    const people = type === 'group' ? await peopleOf(reader, objectId) : undefined
    if (people === 'unread') unread.push(name)
    members.push({
      objectId,
      name,
      type,
      roles: [...roles],
      people: Array.isArray(people) ? people.slice(0, peopleShown) : null,
      more: Array.isArray(people) ? Math.max(0, people.length - peopleShown) : 0,
    })
  }
  return {
    members: members.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    notRead: unread.length === 0 ? null : `The members of ${new Intl.ListFormat('en').format(unread)} could not be read.`,
    servicePrincipalId,
  }
}

function typeOf(principalType: string | null | undefined): Member['type'] {
  if (principalType === 'User') return 'person'
  return principalType === 'Group' ? 'group' : 'other'
}

async function peopleOf(reader: GraphReader, groupId: string): Promise<string[] | 'unread'> {
  const read = await readAll(reader, `/groups/${encodeURIComponent(groupId)}/members?$select=id,displayName,userPrincipalName&$top=999`)
  if (read.kind === 'refused') return 'unread'
  const people = z.array(personSchema).safeParse(read.rows)
  return people.success ? people.data.map(({ id, displayName, userPrincipalName }) => displayName ?? userPrincipalName ?? id) : 'unread'
}
