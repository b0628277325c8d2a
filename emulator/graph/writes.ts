import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { includedProperties } from './audit.ts'
import type { AuditPlan, ModifiedProperty } from './audit.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import type { View } from './view.ts'

/** What a write did: the rows of the audit log and the answer. */
export interface WriteOutcome {
  readonly audit: readonly AuditPlan[]
  /** Absent means 204. */
  readonly answer?: { readonly status: number; readonly context: string; readonly body: Readonly<Record<string, unknown>> }
}

export interface WriteEntry {
  readonly method: 'PATCH' | 'POST'
  /** As Microsoft's table writes it, lower case; `{id}` is the target. */
  readonly path: string
  /** The collection that holds the target. */
  readonly targets: string
  /** The directory resource action that a delegated caller must hold over the target, by what the body asks. */
  readonly action: (body: Readonly<Record<string, unknown>>) => string
  /** Whether a person may do it to themselves without any role. */
  readonly self?: true
  /** Properties of the body that the emulator plays; others that Graph knows are answered 501. */
  readonly plays: readonly string[]
  readonly bucket: 'write' | 'conditionalAccess'
  readonly apply: (view: View, target: Row, body: Readonly<Record<string, unknown>>, at: number) => WriteOutcome | Refusal
}

const badRequest = (message: string): Refusal => refuse(400, 'Request_BadRequest', message)

const enableSchema = z.object({ accountEnabled: z.boolean() })

function setAccountEnabled(view: View, target: Row, body: Readonly<Record<string, unknown>>): WriteOutcome | Refusal {
  const parsed = enableSchema.safeParse(body)
  if (!parsed.success) return badRequest("Invalid value specified for property 'accountEnabled' of resource 'User'.")
  const { accountEnabled } = parsed.data
  const was = target['accountEnabled'] === true
  writeRow(view, 'users', target.id, { ...target, accountEnabled })
  const changed: ModifiedProperty = { displayName: 'AccountEnabled', oldValue: `[${was}]`, newValue: `[${accountEnabled}]` }
  const userType: ModifiedProperty = { displayName: 'TargetId.UserType', oldValue: null, newValue: JSON.stringify(target['userType']) }
  const common = {
    category: 'UserManagement',
    service: 'Core Directory',
    target: { type: 'User', row: target },
    modified: [changed, includedProperties('AccountEnabled'), userType],
  } as const
  return {
    audit: [
      { ...common, activity: 'Update user' },
      { ...common, activity: accountEnabled ? 'Enable account' : 'Disable account' },
    ],
  }
}

function revokeSessions(view: View, target: Row, _body: Readonly<Record<string, unknown>>, at: number): WriteOutcome {
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
    audit: [
      {
        activity: 'Update StsRefreshTokenValidFrom Timestamp',
        category: 'UserManagement',
        service: 'Core Directory',
        target: { type: 'User', row: target },
        modified,
      },
    ],
    answer: { status: 200, context: 'Edm.Boolean', body: { value: true } },
  }
}

const credentialSchema = z.looseObject({ keyId: z.string(), displayName: z.string().nullish(), hint: z.string().nullish() })
const credentialsSchema = z.array(credentialSchema)
type Credential = z.infer<typeof credentialSchema>

/** How the log shows an application's secrets: a JSON list of one text each. */
function keyDescriptions(credentials: readonly Credential[]): string {
  return JSON.stringify(
    credentials.map(
      (credential) => `[KeyIdentifier=${credential.keyId},KeyType=Password,KeyUsage=Verify,DisplayName=${credential.displayName ?? ''}]`,
    ),
  )
}

function credentialAudit(target: Row, before: readonly Credential[], after: readonly Credential[]): AuditPlan[] {
  const modified = [
    { displayName: 'KeyDescription', oldValue: keyDescriptions(before), newValue: keyDescriptions(after) },
    includedProperties('KeyDescription'),
  ]
  const common = { category: 'ApplicationManagement', service: 'Core Directory', target: { type: 'Application', row: target } } as const
  // The en dash and the trailing space are the log's own.
  return [
    { ...common, activity: 'Update application \u2013 Certificates and secrets management ', modified },
    { ...common, activity: 'Update application', modified: [includedProperties('')] },
  ]
}

function removePassword(view: View, target: Row, body: Readonly<Record<string, unknown>>): WriteOutcome | Refusal {
  const parsed = z.object({ keyId: z.guid() }).safeParse(body)
  if (!parsed.success) return badRequest("Invalid value specified for property 'keyId' of resource 'Application'.")
  const before = credentialsSchema.parse(target['passwordCredentials'] ?? [])
  const removed = before.find((credential) => credential.keyId === parsed.data.keyId)
  if (!removed) return badRequest(`No password credential found with keyId '${parsed.data.keyId}'.`)
  const after = before.filter((credential) => credential !== removed)
  writeRow(view, 'applications', target.id, { ...target, passwordCredentials: after })
  const appId = text(target, 'appId') ?? ''
  const working = view.tenant.secrets.get(appId)
  if (working && removed.hint)
    view.tenant.secrets.set(
      appId,
      working.filter((secret) => !secret.startsWith(removed.hint ?? '')),
    )
  return { audit: credentialAudit(target, before, after) }
}

const newPasswordSchema = z.object({
  passwordCredential: z
    .object({
      displayName: z.string().nullish(),
      startDateTime: z.iso.datetime({ offset: true }).nullish(),
      endDateTime: z.iso.datetime({ offset: true }).nullish(),
    })
    .nullish(),
})

/** Two years, where the caller names no end. */
const DEFAULT_LIFETIME_MS = 2 * 365 * 86_400_000

function addPassword(view: View, target: Row, body: Readonly<Record<string, unknown>>, at: number): WriteOutcome | Refusal {
  const parsed = newPasswordSchema.safeParse(body)
  if (!parsed.success) return badRequest("Invalid value specified for property 'passwordCredential' of resource 'Application'.")
  const wanted = parsed.data.passwordCredential
  const secretText = `${randomBytes(3).toString('hex').slice(0, 3)}8Q~${randomBytes(25).toString('base64url')}`
  const stored = {
    customKeyIdentifier: null,
    displayName: wanted?.displayName ?? null,
    endDateTime: wanted?.endDateTime ?? new Date(at + DEFAULT_LIFETIME_MS).toISOString(),
    hint: secretText.slice(0, 3),
    keyId: randomUUID(),
    secretText: null,
    startDateTime: wanted?.startDateTime ?? new Date(at).toISOString(),
  }
  const before = credentialsSchema.parse(target['passwordCredentials'] ?? [])
  const after = [...before, stored]
  writeRow(view, 'applications', target.id, { ...target, passwordCredentials: after })
  const appId = text(target, 'appId') ?? ''
  view.tenant.secrets.set(appId, [...(view.tenant.secrets.get(appId) ?? []), secretText])
  return {
    audit: credentialAudit(target, before, after),
    answer: { status: 200, context: 'microsoft.graph.passwordCredential', body: { ...stored, secretText } },
  }
}

const policyState = z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced'])

function updatePolicy(view: View, target: Row, body: Readonly<Record<string, unknown>>, at: number): WriteOutcome | Refusal {
  if (body['state'] !== undefined && !policyState.safeParse(body['state']).success)
    return refuse(400, 'BadRequest', '1037: The policy you provided has an invalid state.')
  const changed: Row = { ...target, ...body, id: target.id, modifiedDateTime: new Date(at).toISOString() }
  writeRow(view, 'identity/conditionalAccess/policies', target.id, changed)
  const modified = [{ displayName: 'ConditionalAccessPolicy', oldValue: JSON.stringify(target), newValue: JSON.stringify(changed) }]
  return {
    audit: [
      {
        activity: 'Update conditional access policy',
        category: 'Policy',
        service: 'Conditional Access',
        target: { type: 'Policy', row: target },
        modified,
      },
    ],
  }
}

/** The writes that the emulator plays. Every other state-changing request is judged for its scopes, then answered 501. */
export const writes: readonly WriteEntry[] = [
  {
    method: 'PATCH',
    path: '/users/{id}',
    targets: 'users',
    plays: ['accountEnabled'],
    bucket: 'write',
    apply: setAccountEnabled,
    action: (body) => (body['accountEnabled'] === false ? 'microsoft.directory/users/disable' : 'microsoft.directory/users/enable'),
  },
  {
    method: 'POST',
    path: '/users/{id}/revokesigninsessions',
    targets: 'users',
    plays: [],
    bucket: 'write',
    self: true,
    action: () => 'microsoft.directory/users/invalidateAllRefreshTokens',
    apply: revokeSessions,
  },
  {
    method: 'POST',
    path: '/applications/{id}/removepassword',
    targets: 'applications',
    plays: ['keyId'],
    bucket: 'write',
    action: () => 'microsoft.directory/applications/credentials/update',
    apply: removePassword,
  },
  {
    method: 'POST',
    path: '/applications/{id}/addpassword',
    targets: 'applications',
    plays: ['passwordCredential'],
    bucket: 'write',
    action: () => 'microsoft.directory/applications/credentials/update',
    apply: addPassword,
  },
  {
    method: 'PATCH',
    path: '/identity/conditionalaccess/policies/{id}',
    targets: 'identity/conditionalAccess/policies',
    plays: ['state', 'displayName', 'conditions', 'grantControls', 'sessionControls'],
    bucket: 'conditionalAccess',
    action: () => 'microsoft.directory/conditionalAccessPolicies/basic/update',
    apply: updatePolicy,
  },
]
