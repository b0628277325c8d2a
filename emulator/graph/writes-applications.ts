import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { includedProperties } from './audit.ts'
import type { AuditPlan } from './audit.ts'
import { holdsAction } from './caller.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

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
  const common = { category: 'ApplicationManagement', service: 'Core Directory' } as const
  const application = { type: 'Application', row: target } as const
  // The en dash and the trailing space are the log's own.
  return [
    { ...common, activity: 'Update application \u2013 Certificates and secrets management ', targets: [{ ...application, modified }] },
    { ...common, activity: 'Update application', targets: [{ ...application, modified: [includedProperties('')] }] },
  ]
}

function removePassword({ view, target, body }: WriteCall): WriteOutcome | Refusal {
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

function addPassword({ view, target, body, at }: WriteCall): WriteOutcome | Refusal {
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

/** What changes applications. */
export const applicationWrites: readonly WriteEntry[] = [
  {
    method: 'POST',
    path: '/applications/{id}/removepassword',
    targets: 'applications',
    plays: ['keyId'],
    bucket: 'write',
    may: ({ view, caller, target }) => holdsAction(view.tenant, caller, 'microsoft.directory/applications/credentials/update', target.id),
    apply: removePassword,
  },
  {
    method: 'POST',
    path: '/applications/{id}/addpassword',
    targets: 'applications',
    plays: ['passwordCredential'],
    bucket: 'write',
    may: ({ view, caller, target }) => holdsAction(view.tenant, caller, 'microsoft.directory/applications/credentials/update', target.id),
    apply: addPassword,
  },
]
