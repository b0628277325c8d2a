import { z } from 'zod'
import { defineAction } from '../action.ts'
import { planOne } from '../plans/planning.ts'

const answerSchema = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullable(),
  passwordCredentials: z.array(
    z.object({ keyId: z.string(), displayName: z.string().nullish(), hint: z.string().nullish(), endDateTime: z.string().nullish() }),
  ),
})

export const removeAppSecret = defineAction({
  id: 'remove-app-secret',
  title: 'Remove a secret from an application',
  proposalTitle: 'Remove an expired secret from {name}',
  why: 'A secret that nobody can use any more hides the ones that still work.',
  input: z.object({ applicationId: z.uuid(), keyId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'on',
  licence: 'free',
  inputs: [
    { name: 'applicationId', title: 'Application', is: 'application' },
    { name: 'keyId', title: 'Key id of the secret', is: 'id' },
  ],
  touches: ['application'],
  writeScopes: ['Application.ReadWrite.All'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: {
    name: 'Countersign application credentials',
    templateId: 'custom',
    actions: ['microsoft.directory/applications/credentials/update'],
    because: 'A custom role with this one action; it also lets its holder add secrets, which the catalogue never does.',
    scope: 'object',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No application with the object id {id} exists in this tenant.',
    noSecret: '{name} has no secret with the key id {keyId} any more.',
    stillValid: 'This secret of {name} works until {end, date, long}. Only an expired secret can be removed here.',
    noEnd: 'Graph gives no end date for this secret of {name}, so it counts as still working.',
    unreadable: 'Graph answered without the fields that this needs, so nothing was planned.',
  },
  preStateFields: ['passwordCredentials'],
  auditActivities: ['Update application – Certificates and secrets management'],
  ifStolen: 'Add and remove secrets and certificates of every application, and so act as any of them.',
  unconfirmed: null,
  undo: {
    possible: false,
    because: 'Graph never gives a secret’s value back, so a removed secret cannot be restored. It had already expired.',
  },
  reads: ({ applicationId }) => [{ path: `/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials` }],
  plan({ applicationId, keyId }, [answer], { now }) {
    if (answer === undefined) return { kind: 'refused', reason: 'notFound', values: { id: applicationId } }
    const parsed = answerSchema.safeParse(answer)
    if (!parsed.success) return { kind: 'refused', reason: 'unreadable', values: {} }
    const application = parsed.data
    const name = application.displayName ?? application.appId
    const secret = application.passwordCredentials.find((credential) => credential.keyId === keyId)
    if (!secret) return { kind: 'refused', reason: 'noSecret', values: { name, keyId } }
    if (!secret.endDateTime) return { kind: 'refused', reason: 'noEnd', values: { name } }
    if (!(Date.parse(secret.endDateTime) < now)) return { kind: 'refused', reason: 'stillValid', values: { name, end: secret.endDateTime } }
    const label = [secret.displayName ?? '', secret.hint ? `${secret.hint}…` : '', `expired ${secret.endDateTime.slice(0, 10)}`]
      .filter(Boolean)
      .join(', ')
    const subject = { type: 'application' as const, id: application.id, name, qualifier: application.appId }
    return planOne(
      subject,
      { field: 'secret', before: label, after: 'removed' },
      {
        class: 'delete',
        write: { method: 'POST', path: `/applications/${application.id}/removePassword`, body: { keyId } },
        readBack: {
          read: { path: `/applications/${application.id}?$select=passwordCredentials` },
          expect: { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: keyId },
        },
        undo: null,
        echo: {
          activities: ['Update application – Certificates and secrets management'],
          targetId: application.id,
          modified: { name: 'KeyDescription', newValueContains: '' },
        },
      },
      { keyId, endDateTime: secret.endDateTime },
    )
  },
})
