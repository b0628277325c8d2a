import { z } from 'zod'
import { defineAction } from '../action.ts'
import { credentialsOfServicePrincipal, holderSchema, nameOf, removeSecret, secretLabel, secretSchema } from '../plans/credentials.ts'
import { stillWorking } from '../plans/credentials.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

const answerSchema = holderSchema.extend({ passwordCredentials: z.array(secretSchema) })

export const removeServicePrincipalSecret = defineAction({
  id: 'remove-service-principal-secret',
  title: 'Remove a secret from an enterprise application',
  proposalTitle: 'Remove an expired secret from the enterprise application {name}',
  why: 'Secrets on enterprise applications are easy to overlook: the portal does not list them beside those of the registration.',
  input: z.object({ servicePrincipalId: z.guid(), keyId: z.guid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [
    { name: 'servicePrincipalId', title: 'Enterprise application', is: 'servicePrincipal' },
    { name: 'keyId', title: 'Key id of the secret', is: 'id' },
  ],
  touches: ['servicePrincipal'],
  writeScopes: ['Application.ReadWrite.All'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: {
    name: 'Countersign enterprise application credentials',
    templateId: 'custom',
    actions: ['microsoft.directory/servicePrincipals/credentials/update'],
    because: 'A custom role with this one action; it also lets its holder add secrets, which the catalogue never does.',
    scope: 'object',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No enterprise application with the object id {id} exists in this tenant.',
    unreadable,
    noSecret: '{name} has no secret with the key id {keyId} any more.',
    stillValid: 'This secret of {name} works until {end, date, long}. Only an expired secret can be removed here.',
    noEnd: 'Graph gives no end date for this secret of {name}, so it counts as still working.',
  },
  preStateFields: ['passwordCredentials'],
  auditActivities: credentialsOfServicePrincipal,
  ifStolen: 'Add and remove secrets and certificates of every enterprise application, and so act as any of them.',
  unconfirmed: null,
  undo: {
    possible: false,
    because: 'Graph never gives a secret’s value back, so a removed secret cannot be restored. It had already expired.',
  },
  reads: ({ servicePrincipalId }) => [
    { path: `/servicePrincipals/${servicePrincipalId}?$select=id,appId,displayName,passwordCredentials` },
  ],
  plan({ servicePrincipalId, keyId }, [answer], { now }) {
    const read = parseAnswer(answerSchema, answer, servicePrincipalId)
    if (read.kind === 'refused') return read
    const name = nameOf(read.row)
    const secret = read.row.passwordCredentials.find((each) => each.keyId.toLowerCase() === keyId.toLowerCase())
    if (!secret) return refuse('noSecret', { name, keyId })
    const working = stillWorking(name, secret.endDateTime, now)
    if (working) return working
    const subject = { type: 'servicePrincipal' as const, id: read.row.id, name, qualifier: read.row.appId }
    const change = { field: 'secret', before: secretLabel(secret), after: 'removed' }
    return planOne(subject, change, removeSecret(subject, secret.keyId), {
      passwordCredentials: [{ keyId: secret.keyId, endDateTime: secret.endDateTime ?? null }],
    })
  },
})
