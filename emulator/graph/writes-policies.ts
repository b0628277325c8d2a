import { z } from 'zod'
import { collection } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import { includedProperties } from './audit.ts'
import type { AuditPlan, ModifiedProperty } from './audit.ts'
import { holdsAction } from './caller.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { Body, WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'
import { conditionalAccessWrites } from './writes-conditional-access.ts'

const AUTHORIZATION = 'policies/authorizationPolicy'
const CONSENT_REQUESTS = 'policies/adminConsentRequestPolicy'

/** Full, limited and restricted access of guests: https://learn.microsoft.com/entra/identity/users/users-restrict-guest-permissions */
const guestRoles = z.enum([
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
  '10dae51f-b6af-4016-8d66-8c2a99b929b3',
  '2af84b1e-32c8-42b7-82bc-daa82404023b',
])

const authorizationSchema = z.object({
  allowInvitesFrom: z.enum(['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers', 'everyone']).optional(),
  allowedToSignUpEmailBasedSubscriptions: z.boolean().optional(),
  allowedToUseSSPR: z.boolean().optional(),
  allowEmailVerifiedUsersToJoinOrganization: z.boolean().optional(),
  allowUserConsentForRiskyApps: z.boolean().nullish(),
  blockMsolPowerShell: z.boolean().nullish(),
  guestUserRoleId: guestRoles.nullish(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  defaultUserRolePermissions: z
    .strictObject({
      allowedToCreateApps: z.boolean().optional(),
      allowedToCreateSecurityGroups: z.boolean().optional(),
      allowedToCreateTenants: z.boolean().nullish(),
      allowedToReadBitlockerKeysForOwnedDevice: z.boolean().nullish(),
      allowedToReadOtherUsers: z.boolean().optional(),
      permissionGrantPoliciesAssigned: z.array(z.string()).optional(),
    })
    .optional(),
})

function changeAuthorization({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = authorizationSchema.safeParse(body)
  if (!parsed.success) return invalidProperty('AuthorizationPolicy', parsed.error)
  const { defaultUserRolePermissions: sent } = parsed.data
  const unknown = unknownGrantPolicy(view.tenant, sent?.permissionGrantPoliciesAssigned ?? [])
  if (unknown !== undefined)
    return badRequest(`Invalid value specified for property 'permissionGrantPoliciesAssigned' of resource 'DefaultUserRolePermissions'.`)
  const before = target['defaultUserRolePermissions']
  const permissions = { ...(typeof before === 'object' ? before : {}), ...sent }
  const changed: Row = { ...target, ...body, id: target.id, ...(sent ? { defaultUserRolePermissions: permissions } : {}) }
  writeRow(view, AUTHORIZATION, target.id, changed)
  return {
    audit: [
      {
        activity: 'Update authorization policy',
        category: 'AuthorizationPolicy',
        service: 'Core Directory',
        targets: [
          {
            type: 'Other',
            row: target,
            shownName: null,
            modified: [...changes(target, changed, body), includedProperties(...included(body))],
          },
        ],
      },
    ],
  }
}

/** An assigned policy is named by what it lets people manage, a point, and its id; one that is not there cannot be assigned. */
function unknownGrantPolicy(tenant: Tenant, assigned: readonly string[]): string | undefined {
  const policies = collection(tenant, 'policies/permissionGrantPolicies')
  return assigned.find((name) => {
    const id = /^ManagePermissionGrantsFor(?:Self|OwnedResource)\.(.+)$/.exec(name)?.[1]
    return id === undefined || (!policies.has(id) && !id.startsWith('microsoft-dynamically-managed-permissions-for-'))
  })
}

/** How the log names what it shows under a name of its own. */
const loggedNames: Readonly<Record<string, string>> = {
  allowInvitesFrom: 'AllowInvitesFrom',
  guestUserRoleId: 'GuestUserRoleId',
  blockMsolPowerShell: 'BlockMsolPowerShell',
  permissionGrantPoliciesAssigned: 'PermissionGrantPolicyIdsAssignedToDefaultUserRole',
}

function loggedName(property: string): string {
  return loggedNames[property] ?? `${property.charAt(0).toUpperCase()}${property.slice(1)}`
}

/** The properties that a body names; the permissions of people stand with the others. */
function included(body: Body): string[] {
  return flattened(body).map(([name]) => loggedName(name))
}

function flattened(fields: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string, unknown][] =>
    name === 'defaultUserRolePermissions' && typeof value === 'object' && value !== null ? Object.entries(value) : [[name, value]],
  )
}

function changes(before: Row, after: Row, body: Body): ModifiedProperty[] {
  const [old, fresh] = [new Map(flattened(before)), new Map(flattened(after))]
  const shown = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value : [value ?? null])
  return flattened(body).map(([name]) => ({
    displayName: loggedName(name),
    oldValue: shown(old.get(name)),
    newValue: shown(fresh.get(name)),
  }))
}

const reviewer = z.strictObject({
  '@odata.type': z.string().optional(),
  query: z.string(),
  queryType: z.literal('MicrosoftGraph'),
  queryRoot: z.string().nullish(),
})

/** All five are required: https://learn.microsoft.com/graph/api/adminconsentrequestpolicy-update */
const consentRequestsSchema = z.object({
  isEnabled: z.boolean(),
  notifyReviewers: z.boolean(),
  remindersEnabled: z.boolean(),
  requestDurationInDays: z.number().int().min(0).max(60),
  reviewers: z.array(reviewer),
})

function replaceConsentRequests({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = consentRequestsSchema.safeParse(body)
  if (!parsed.success) return invalidProperty('AdminConsentRequestPolicy', parsed.error)
  const { reviewers, ...settings } = parsed.data
  if (settings.isEnabled && reviewers.length === 0)
    return badRequest("A value is required for property 'reviewers' of resource 'AdminConsentRequestPolicy'.")
  const missing = reviewers.find(({ query }) => !leadsSomewhere(view.tenant, query))
  if (missing) return badRequest(`The reviewer query '${missing.query}' is not valid.`)
  const version = typeof target['version'] === 'number' ? target['version'] + 1 : 1
  const changed: Row = {
    ...target,
    ...settings,
    version,
    reviewers: reviewers.map(({ query, queryType, queryRoot }) => ({ query, queryType, queryRoot: queryRoot ?? null })),
  }
  writeRow(view, CONSENT_REQUESTS, target.id, changed)
  return { audit: [consentRequestsAudit(target, changed)] }
}

/** A person, the members of a group, or the holders of a directory role. */
function leadsSomewhere(tenant: Tenant, query: string): boolean {
  const named = (pattern: RegExp): string => pattern.exec(query)?.[1] ?? ''
  return (
    collection(tenant, 'users').has(named(/^(?:\/v1\.0|\/beta)?\/users\/([0-9a-f-]{36})$/i)) ||
    collection(tenant, 'groups').has(named(/^(?:\/v1\.0|\/beta)?\/groups\/([0-9a-f-]{36})\/transitiveMembers\/microsoft\.graph\.user$/i)) ||
    collection(tenant, 'roleManagement/directory/roleDefinitions').has(
      named(/^(?:\/v1\.0|\/beta)?\/roleManagement\/directory\/roleAssignments\?\$filter=roleDefinitionId eq '([0-9a-f-]{36})'$/i),
    )
  )
}

function consentRequestsAudit(before: Row, after: Row): AuditPlan {
  const names = ['isEnabled', 'notifyReviewers', 'remindersEnabled', 'requestDurationInDays', 'reviewers'] as const
  return {
    activity: 'Update policy',
    category: 'Policy',
    service: 'Core Directory',
    targets: [
      {
        type: 'Policy',
        row: after,
        shownName: 'Admin consent request policy',
        modified: names.map((name) => ({
          displayName: loggedName(name),
          oldValue: JSON.stringify([before[name]]),
          newValue: JSON.stringify([after[name]]),
        })),
      },
    ],
  }
}

/** The first property that is missing or has a value that it cannot have. */
function invalidProperty(type: string, error: z.ZodError): Refusal {
  const [issue] = error.issues
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('undefined')
  const name = issue?.path.filter((part) => typeof part === 'string').at(-1) ?? ''
  return badRequest(
    isMissing
      ? `A value is required for property '${String(name)}' of resource '${type}'.`
      : `Invalid value specified for property '${String(name)}' of resource '${type}'.`,
  )
}

const may =
  (action: string): WriteEntry['may'] =>
  ({ view, caller }) =>
    holdsAction(view.tenant, caller, `microsoft.directory/${action}`)

const authorization = {
  method: 'PATCH',
  targets: AUTHORIZATION,
  plays: Object.keys(authorizationSchema.shape),
  bodyType: 'authorizationPolicy',
  bucket: 'write',
  may: may('authorizationPolicy/allProperties/update'),
  apply: changeAuthorization,
} as const

/** What changes the tenant's policies. */
export const policyWrites: readonly WriteEntry[] = [
  { ...authorization, path: '/policies/authorizationpolicy' },
  { ...authorization, path: '/policies/authorizationpolicy/authorizationpolicy' },
  {
    method: 'PUT',
    path: '/policies/adminconsentrequestpolicy',
    targets: CONSENT_REQUESTS,
    plays: Object.keys(consentRequestsSchema.shape),
    bodyType: 'adminConsentRequestPolicy',
    bucket: 'write',
    may: may('adminConsentRequestPolicy/allProperties/allTasks'),
    apply: replaceConsentRequests,
  },
  ...conditionalAccessWrites,
]
