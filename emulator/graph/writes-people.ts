import { z } from 'zod'
import { isMangled, mangledUpn } from '../tenants/deleted.ts'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { includedProperties } from './audit.ts'
import type { AuditPlan, AuditTarget, ModifiedProperty } from './audit.ts'
import { reaches } from './reach.ts'
import { notPlayed } from './respond.ts'
import type { Refusal } from './respond.ts'
import { propertiesOf } from './schema.ts'
import { deletePerson } from './writes-restore.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const core = { category: 'UserManagement', service: 'Core Directory' } as const

function userTarget(row: Row, modified: readonly ModifiedProperty[]): AuditTarget {
  const userType: ModifiedProperty = { displayName: 'TargetId.UserType', oldValue: null, newValue: JSON.stringify(row['userType']) }
  return { type: 'User', row, modified: [...modified, userType] }
}

/** What one property of a person becomes, and what the log says of it. */
interface Change {
  readonly properties: Readonly<Record<string, unknown>>
  readonly name: string
  readonly modified: readonly ModifiedProperty[]
  readonly audit: readonly AuditPlan[]
}

function accountChange(target: Row, value: unknown): Change | Refusal {
  if (typeof value !== 'boolean') return badRequest("Invalid value specified for property 'accountEnabled' of resource 'User'.")
  const modified = [{ displayName: 'AccountEnabled', oldValue: `[${target['accountEnabled'] === true}]`, newValue: `[${value}]` }]
  const targets = [userTarget(target, [...modified, includedProperties('AccountEnabled')])]
  return {
    properties: { accountEnabled: value },
    name: 'AccountEnabled',
    modified,
    audit: [{ ...core, activity: value ? 'Enable account' : 'Disable account', targets }],
  }
}

const passwordProfileSchema = z.object({ forceChangePasswordNextSignIn: z.boolean() })
const storedProfileSchema = z.object({ forceChangePasswordNextSignIn: z.boolean().nullish() }).nullish()

function passwordChange(target: Row, value: unknown): Change | Refusal {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const other = names.find((name) => name !== 'forceChangePasswordNextSignIn' && propertiesOf('passwordProfile').has(name))
  if (other !== undefined) return notPlayed(`'${other}' of a password profile`)
  const parsed = passwordProfileSchema.strict().safeParse(value)
  if (!parsed.success) return badRequest("Invalid value specified for property 'passwordProfile' of resource 'User'.")
  const { forceChangePasswordNextSignIn } = parsed.data
  const was = storedProfileSchema.parse(target['passwordProfile'])?.forceChangePasswordNextSignIn === true
  const modified = [{ displayName: 'ForceChangePassword', oldValue: `[${was}]`, newValue: `[${forceChangePasswordNextSignIn}]` }]
  return {
    properties: {
      passwordProfile: { password: null, forceChangePasswordNextSignIn, forceChangePasswordNextSignInWithMfa: false },
    },
    name: 'ForceChangePassword',
    modified,
    audit: [
      {
        ...core,
        activity: 'Set force change user password',
        targets: [userTarget(target, [...modified, includedProperties('ForceChangePassword')])],
      },
    ],
  }
}

function updateUser({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const changes: Change[] = []
  for (const [property, change] of [
    ['accountEnabled', accountChange],
    ['passwordProfile', passwordChange],
  ] as const) {
    const made = property in body ? change(target, body[property]) : undefined
    if (made && 'status' in made) return made
    if (made) changes.push(made)
  }
  if (changes.length === 0) return badRequest('The request body names no property to change.')
  writeRow(view, 'users', target.id, Object.assign({ ...target }, ...changes.map((change) => change.properties)))
  const modified = [...changes.flatMap((change) => change.modified), includedProperties(...changes.map((change) => change.name))]
  return {
    audit: [{ ...core, activity: 'Update user', targets: [userTarget(target, modified)] }, ...changes.flatMap((change) => change.audit)],
  }
}

function mayUpdate({ view, caller, target, body }: WriteCall): boolean {
  const may = (action: string): boolean => reaches(view.tenant, caller, `microsoft.directory/users/${action}`, target.id)
  if ('accountEnabled' in body && !may(body['accountEnabled'] === false ? 'disable' : 'enable')) return false
  if ('passwordProfile' in body && !may('password/update')) return false
  return 'accountEnabled' in body || 'passwordProfile' in body || may('basic/update')
}

function revokeSessions({ view, target, at }: WriteCall): WriteOutcome {
  const moment = new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  writeRow(view, 'users', target.id, { ...target, signInSessionsValidFromDateTime: moment })
  view.world.revokedSince.set(target.id, at)
  const modified = [
    {
      displayName: 'StsRefreshTokensValidFrom',
      oldValue: JSON.stringify([text(target, 'signInSessionsValidFromDateTime') ?? '']),
      newValue: JSON.stringify([moment]),
    },
    includedProperties('StsRefreshTokensValidFrom'),
  ]
  return {
    audit: [{ ...core, activity: 'Update StsRefreshTokenValidFrom Timestamp', targets: [{ type: 'User', row: target, modified }] }],
    answer: { status: 200, context: 'Edm.Boolean', body: { value: true } },
  }
}

function deleteUser({ view, target, at }: WriteCall): WriteOutcome {
  deletePerson(view, target, at)
  view.world.revokedSince.set(target.id, at)
  const upn = text(target, 'userPrincipalName') ?? ''
  const modified = [{ displayName: 'Is Hard Deleted', oldValue: null, newValue: '"False"' }]
  const shownUpn = isMangled(target.id, upn) ? upn : mangledUpn(target.id, upn)
  return {
    audit: [{ ...core, activity: 'Delete user', operation: 'Delete', targets: [{ type: 'User', row: target, modified, shownUpn }] }],
  }
}

/** What changes people. */
export const peopleWrites: readonly WriteEntry[] = [
  {
    method: 'PATCH',
    path: '/users/{id}',
    targets: 'users',
    plays: ['accountEnabled', 'passwordProfile'],
    bodyType: 'user',
    bucket: 'write',
    may: mayUpdate,
    apply: updateUser,
  },
  {
    method: 'POST',
    path: '/users/{id}/revokesigninsessions',
    targets: 'users',
    plays: [],
    bucket: 'write',
    may: ({ view, caller, target }) =>
      caller.oid === target.id || reaches(view.tenant, caller, 'microsoft.directory/users/invalidateAllRefreshTokens', target.id),
    apply: revokeSessions,
  },
  {
    method: 'DELETE',
    path: '/users/{id}',
    targets: 'users',
    plays: [],
    bucket: 'write',
    may: ({ view, caller, target }) => reaches(view.tenant, caller, 'microsoft.directory/users/delete', target.id),
    apply: deleteUser,
  },
]
