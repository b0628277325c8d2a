import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { includedProperties } from './audit.ts'
import type { AuditPlan } from './audit.ts'
import { isRefusal } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import type { View } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteOutcome } from './write-entry.ts'

/** What holds credentials: its collection and how messages and the log name it. */
type Holder = { readonly path: 'applications' | 'servicePrincipals'; readonly type: 'Application' | 'ServicePrincipal' }

const application: Holder = { path: 'applications', type: 'Application' }
const servicePrincipal: Holder = { path: 'servicePrincipals', type: 'ServicePrincipal' }

const credentialSchema = z.looseObject({
  keyId: z.string(),
  displayName: z.string().nullish(),
  hint: z.string().nullish(),
  type: z.string().nullish(),
  usage: z.string().nullish(),
})
const credentialsSchema = z.array(credentialSchema)
type Credential = z.infer<typeof credentialSchema>

export const addApplicationPassword = (call: WriteCall): WriteOutcome | Refusal => addPassword(application, call)
export const removeApplicationPassword = (call: WriteCall): WriteOutcome | Refusal => removePassword(application, call)
export const addPrincipalPassword = (call: WriteCall): WriteOutcome | Refusal => addPassword(servicePrincipal, call)
export const removePrincipalPassword = (call: WriteCall): WriteOutcome | Refusal => removePassword(servicePrincipal, call)

/** How the log shows credentials: a JSON list of one text each. */
function keyDescriptions(credentials: readonly Credential[]): string {
  return JSON.stringify(
    credentials.map(
      ({ keyId, type, usage, displayName }) =>
        `[KeyIdentifier=${keyId},KeyType=${type ?? 'Password'},KeyUsage=${usage ?? 'Verify'},DisplayName=${displayName ?? ''}]`,
    ),
  )
}

function credentialAudit(
  holder: Holder,
  target: Row,
  change: { readonly before: readonly Credential[]; readonly after: readonly Credential[]; readonly kind: 'Add' | 'Remove' },
): AuditPlan[] {
  const { before, after, kind } = change
  const modified = [
    { displayName: 'KeyDescription', oldValue: keyDescriptions(before), newValue: keyDescriptions(after) },
    includedProperties('KeyDescription'),
  ]
  const common = { category: 'ApplicationManagement', service: 'Core Directory' } as const
  const object = { type: holder.type, row: target } as const
  const [first, second] =
    holder === application
      ? // The en dash and the trailing space are the log's own.
        ['Update application \u2013 Certificates and secrets management ', 'Update application']
      : [kind === 'Add' ? 'Add service principal credentials' : 'Remove service principal credentials', 'Update service principal']
  return [
    { ...common, activity: first ?? '', targets: [{ ...object, modified }] },
    { ...common, activity: second ?? '', targets: [{ ...object, modified: [includedProperties('')] }] },
  ]
}

function removePassword(holder: Holder, { view, target, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = z.object({ keyId: z.guid() }).safeParse(body)
  if (!parsed.success) return badRequest(`Invalid value specified for property 'keyId' of resource '${holder.type}'.`)
  const before = credentialsSchema.parse(target['passwordCredentials'] ?? [])
  const removed = before.find((credential) => sameKey(credential.keyId, parsed.data.keyId))
  if (!removed) return badRequest(`No password credential found with keyId '${parsed.data.keyId}'.`)
  const after = before.filter((credential) => credential !== removed)
  writeRow(view, holder.path, target.id, { ...target, passwordCredentials: after })
  forgetSecret(view, target, removed)
  return { audit: credentialAudit(holder, target, { before, after, kind: 'Remove' }) }
}

/** The secret stops working for sign-in. */
function forgetSecret(view: View, target: Row, { hint }: Credential): void {
  const appId = text(target, 'appId') ?? ''
  const working = view.tenant.secrets.get(appId)
  if (!working || !hint) return
  view.tenant.secrets.set(
    appId,
    working.filter((secret) => !secret.startsWith(hint)),
  )
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

function addPassword(holder: Holder, { view, target, body, at }: WriteCall): WriteOutcome | Refusal {
  const parsed = newPasswordSchema.safeParse(body)
  if (!parsed.success) return badRequest(`Invalid value specified for property 'passwordCredential' of resource '${holder.type}'.`)
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
  writeRow(view, holder.path, target.id, { ...target, passwordCredentials: after })
  const appId = text(target, 'appId') ?? ''
  view.tenant.secrets.set(appId, [...(view.tenant.secrets.get(appId) ?? []), secretText])
  return {
    audit: credentialAudit(holder, target, { before, after, kind: 'Add' }),
    answer: { status: 200, context: 'microsoft.graph.passwordCredential', body: { ...stored, secretText } },
  }
}

const moment = z.iso.datetime({ offset: true })
const sentKeySchema = z.strictObject({
  customKeyIdentifier: z.base64().nullish(),
  displayName: z.string().nullish(),
  endDateTime: moment.nullish(),
  key: z.base64().nullish(),
  keyId: z.guid().nullish(),
  startDateTime: moment.nullish(),
  type: z.enum(['AsymmetricX509Cert', 'X509CertAndPassword', 'Symmetric']).nullish(),
  usage: z.enum(['Verify', 'Sign', 'Encrypt', 'Decrypt']).nullish(),
})
type SentKey = z.infer<typeof sentKeySchema>

/** Replaces the list of certificates: whoever is not sent again is gone. */
export function replaceCertificates({ view, target, body, at }: WriteCall): WriteOutcome | Refusal {
  const parsed = z.object({ keyCredentials: z.array(sentKeySchema) }).safeParse(body)
  if (!parsed.success) return badRequest("Invalid value specified for property 'keyCredentials' of resource 'Application'.")
  const before = credentialsSchema.parse(target['keyCredentials'] ?? [])
  const after: Credential[] = []
  for (const sent of parsed.data.keyCredentials) {
    const resolved = resolveKey(before, sent, at)
    if (isRefusal(resolved)) return resolved
    if (after.some((other) => sameKey(other.keyId, resolved.keyId)))
      return badRequest(`The keyId '${resolved.keyId}' is used more than once in property 'keyCredentials'.`)
    after.push(resolved)
  }
  writeRow(view, 'applications', target.id, { ...target, keyCredentials: after })
  return { audit: credentialAudit(application, target, { before, after, kind: 'Remove' }) }
}

/** A known credential stays as it is stored and cannot be changed; a new one needs its key. */
function resolveKey(stored: readonly Credential[], sent: SentKey, at: number): Credential | Refusal {
  const known = sent.keyId ? stored.find((credential) => sameKey(credential.keyId, sent.keyId ?? '')) : undefined
  if (known) {
    const { key, keyId: _keyId, ...described } = sent
    const differs = Object.entries(described).some(([name, value]) => value !== undefined && !sameValue(value, known[name]))
    return key || differs ? badRequest(`Update to existing credential with KeyId '${known.keyId}' is not allowed.`) : known
  }
  if (!sent.key) return badRequest("A value is required for property 'key' of resource 'KeyCredential'.")
  if (!sent.type || !sent.usage) return badRequest("A value is required for property 'type' of resource 'KeyCredential'.")
  return {
    customKeyIdentifier: sent.customKeyIdentifier ?? null,
    displayName: sent.displayName ?? null,
    endDateTime: sent.endDateTime ?? new Date(at + DEFAULT_LIFETIME_MS / 2).toISOString(),
    key: null,
    keyId: sent.keyId ?? randomUUID(),
    startDateTime: sent.startDateTime ?? new Date(at).toISOString(),
    type: sent.type,
    usage: sent.usage,
  }
}

function sameKey(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Moments may be written in several ways. */
function sameValue(one: string | null, other: unknown): boolean {
  if (one === other || (one === null && other === undefined)) return true
  if (typeof one !== 'string' || typeof other !== 'string') return false
  return moment.safeParse(one).success && Date.parse(one) === Date.parse(other)
}
