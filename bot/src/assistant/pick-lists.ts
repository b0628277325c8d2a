import { z } from 'zod'
import { methodInput, methodKinds } from '@countersign/core/actions/plans/sign-in-method.ts'
import type { PickList } from './commands/command.ts'
import { readList, readObject, type DirectoryReader, type FoundObject, type Problem } from './find-objects.ts'

/** One thing to pick: what tells it apart, and the input of the action that would take it away. Values come from Graph alone. */
export interface PickRow {
  readonly name: string
  readonly details: readonly string[]
  readonly actionId: string
  readonly input: Readonly<Record<string, string>>
}
export type Picked = { readonly kind: 'rows'; readonly rows: readonly PickRow[] } | Problem

/** What a list is asked with: the object, and the actions that are switched on. */
export interface PickContext {
  readonly subject: FoundObject
  readonly actionIds: readonly string[]
  readonly now: number
}
type Reading = (reader: DirectoryReader, context: PickContext) => Promise<Picked>

const credential = z.object({
  keyId: z.guid(),
  displayName: z.string().nullish(),
  hint: z.string().nullish(),
  endDateTime: z.string().nullish(),
})

/** The expired ones among an object's credentials. */
function expired(path: string, field: 'passwordCredentials' | 'keyCredentials', actionId: string, inputName: string): Reading {
  return async (reader, { subject, now }) => {
    const read = await readObject(reader, `${path}/${subject.id}?$select=id,${field}`, z.object({ [field]: z.array(credential) }))
    if (read.kind !== 'read') return read
    const over = (read.it[field] ?? []).filter(({ endDateTime }) => endDateTime != null && Date.parse(endDateTime) < now)
    const rows = over.map(({ keyId, displayName, hint, endDateTime }) => ({
      name: displayName || 'Without a name',
      details: [`Ended on ${(endDateTime ?? '').slice(0, 10)}${hint ? `, begins with ${hint}` : ''}`, `Key id ${keyId}`],
      actionId,
      input: { [inputName]: subject.id, keyId },
    }))
    return { kind: 'rows', rows }
  }
}

const method = z.object({
  '@odata.type': z.string(),
  id: z.string(),
  displayName: z.string().nullish(),
  phoneNumber: z.string().nullish(),
})

async function signInMethods(reader: DirectoryReader, { subject }: PickContext): Promise<Picked> {
  const listed = await readList(reader, `/users/${subject.id}/authentication/methods`, method)
  if (listed.kind !== 'rows') return listed
  const rows = listed.rows.flatMap(({ '@odata.type': type, id, displayName, phoneNumber }): PickRow[] => {
    const kind = /^#microsoft\.graph\.(\w+)AuthenticationMethod$/.exec(type)?.[1]
    const input = methodInput.safeParse({ userId: subject.id, method: kind, methodId: id })
    if (!input.success) return []
    const details = [phoneNumber ?? displayName ?? '', `Method id ${id}`].filter((detail) => detail !== '')
    return [{ name: methodKinds[input.data.method], details, actionId: 'remove-sign-in-method', input: input.data }]
  })
  return { kind: 'rows', rows }
}

const roleLists = [
  { actionId: 'remove-role-assignment', path: 'roleAssignments', how: 'Held directly' },
  { actionId: 'end-active-role', path: 'roleAssignmentSchedules', how: 'Given by Privileged Identity Management' },
  { actionId: 'end-eligible-role', path: 'roleEligibilitySchedules', how: 'Can be activated' },
] as const
const roleRow = z.object({
  id: z.string(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string(),
  assignmentType: z.string().nullish(),
  roleDefinition: z.object({ displayName: z.string().nullish() }).nullish(),
})

/** The person's roles, each with the action that can take it away: of those that are switched on. */
async function roles(reader: DirectoryReader, { subject, actionIds }: PickContext): Promise<Picked> {
  const rows: PickRow[] = []
  for (const { actionId, path, how } of roleLists) {
    if (!actionIds.includes(actionId)) continue
    const query = `$filter=${encodeURIComponent(`principalId eq '${subject.id}'`)}&$expand=roleDefinition`
    const listed = await readList(reader, `/roleManagement/directory/${path}?${query}`, roleRow)
    if (listed.kind !== 'rows') return listed
    for (const { id, roleDefinitionId, directoryScopeId, assignmentType, roleDefinition } of listed.rows) {
      // What was activated ends by itself; its eligibility stands in a list of its own.
      if (assignmentType === 'Activated') continue
      const isDirect = actionId === 'remove-role-assignment'
      rows.push({
        name: roleDefinition?.displayName ?? roleDefinitionId,
        details: [how, directoryScopeId === '/' ? 'For the whole tenant' : `For ${directoryScopeId}`],
        actionId,
        input: isDirect ? { assignmentId: id } : { principalId: subject.id, roleDefinitionId, directoryScopeId },
      })
    }
  }
  return { kind: 'rows', rows: withoutTwins(rows) }
}

/** What Privileged Identity Management has given stands among the direct assignments too: only it can end it. */
function withoutTwins(rows: readonly PickRow[]): readonly PickRow[] {
  const given = new Set(
    rows.filter(({ actionId }) => actionId === 'end-active-role').map(({ name, details }) => `${name} ${details[1] ?? ''}`),
  )
  return rows.filter(({ actionId, name, details }) => actionId !== 'remove-role-assignment' || !given.has(`${name} ${details[1] ?? ''}`))
}

const grantRow = z.object({
  id: z.string(),
  consentType: z.string(),
  principalId: z.string().nullish(),
  resourceId: z.guid(),
  scope: z.string().nullish(),
})
const onlyName = z.object({ displayName: z.string().nullish(), userPrincipalName: z.string().nullish() })

async function grants(reader: DirectoryReader, { subject }: PickContext): Promise<Picked> {
  const filter = encodeURIComponent(`clientId eq '${subject.id}'`)
  const listed = await readList(reader, `/oauth2PermissionGrants?$filter=${filter}`, grantRow)
  if (listed.kind !== 'rows') return listed
  const names = new Map<string, string>()
  for (const id of new Set(listed.rows.map(({ resourceId }) => resourceId))) {
    const read = await readObject(reader, `/servicePrincipals/${id}?$select=id,displayName`, onlyName)
    names.set(id, (read.kind === 'read' ? read.it.displayName : null) ?? id)
  }
  const rows = listed.rows.map(({ id, consentType, principalId, resourceId, scope }) => ({
    name: names.get(resourceId) ?? resourceId,
    details: [
      (scope ?? '').trim() || 'No permission named',
      consentType === 'AllPrincipals' ? 'In the name of everybody' : `In the name of the person ${principalId ?? ''}`,
    ],
    actionId: 'remove-delegated-grant',
    input: { grantId: id },
  }))
  return { kind: 'rows', rows }
}

const appRoleRow = z.object({
  id: z.string(),
  appRoleId: z.guid(),
  resourceId: z.guid(),
  resourceDisplayName: z.string().nullish(),
})
const appRolesOf = z.object({ appRoles: z.array(z.object({ id: z.guid(), value: z.string().nullish() })) })

async function permissions(reader: DirectoryReader, { subject }: PickContext): Promise<Picked> {
  const listed = await readList(reader, `/servicePrincipals/${subject.id}/appRoleAssignments`, appRoleRow)
  if (listed.kind !== 'rows') return listed
  const names = new Map<string, string>()
  for (const id of new Set(listed.rows.map(({ resourceId }) => resourceId))) {
    const read = await readObject(reader, `/servicePrincipals/${id}?$select=id,appRoles`, appRolesOf)
    if (read.kind === 'read') for (const role of read.it.appRoles) names.set(role.id, role.value ?? role.id)
  }
  const rows = listed.rows.map(({ id, appRoleId, resourceId, resourceDisplayName }) => ({
    name: names.get(appRoleId) ?? appRoleId,
    details: [`Of ${resourceDisplayName ?? resourceId}`],
    actionId: 'remove-app-role',
    input: { resourceId, assignmentId: id },
  }))
  return { kind: 'rows', rows }
}

/** What each list is read with; the guests who stay away come from the last scan. */
export const pickLists = {
  expiredSecrets: expired('/applications', 'passwordCredentials', 'remove-app-secret', 'applicationId'),
  expiredCertificates: expired('/applications', 'keyCredentials', 'remove-app-certificate', 'applicationId'),
  enterpriseSecrets: expired('/servicePrincipals', 'passwordCredentials', 'remove-service-principal-secret', 'servicePrincipalId'),
  signInMethods,
  roles,
  grants,
  permissions,
} as const satisfies Record<Exclude<PickList, 'staleGuests'>, Reading>
