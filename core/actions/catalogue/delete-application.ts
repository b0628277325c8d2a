import { z } from 'zod'
import { defineAction } from '../action.ts'
import { holderSchema, nameOf } from '../plans/credentials.ts'
import { parseAnswer, planOne, unreadable } from '../plans/planning.ts'

const credentials = z.array(z.object({ keyId: z.guid(), endDateTime: z.string().nullish() }))
const answerSchema = holderSchema.extend({ passwordCredentials: credentials, keyCredentials: credentials })

export const deleteApplication = defineAction({
  id: 'delete-application',
  title: 'Delete an application nobody uses',
  proposalTitle: 'Delete the application {name}',
  why: 'An application nobody uses keeps its permissions, and its secrets open them to whoever finds one.',
  input: z.object({ applicationId: z.guid() }).strict(),
  impact: 'high',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'applicationId', title: 'Application', is: 'application' }],
  touches: ['application', 'servicePrincipal', 'consent'],
  writeScopes: ['Application.ReadWrite.All'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: {
    name: 'Countersign application deletion',
    templateId: 'custom',
    actions: ['microsoft.directory/applications/delete', 'microsoft.directory/deletedItems.applications/restore'],
    because: 'A custom role with these two actions: one to do it, the other to undo it. What is deleted has no scope but the tenant.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No application with the object id {id} exists in this tenant.',
    unreadable,
    enterpriseToo: 'Its enterprise application goes with it, and everything that it was granted. Nobody signs in to it any more.',
    stillOpens:
      '{count, plural, one {One secret or certificate of {name} still works} other {# secrets and certificates of {name} still work}}: something may be using it.',
  },
  preStateFields: ['passwordCredentials', 'keyCredentials'],
  auditActivities: ['Delete application', 'Restore application'],
  ifStolen: 'Delete every application of the tenant, restore deleted ones, and with the scope alone add secrets to any.',
  unconfirmed: 'Whether restoring an application brings its enterprise application back with every grant and assignment that it had.',
  undo: { possible: true, days: 30 },
  reads: ({ applicationId }) => [
    { path: `/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials,keyCredentials` },
  ],
  plan({ applicationId }, [answer], { now }) {
    const read = parseAnswer(answerSchema, answer, applicationId)
    if (read.kind === 'refused') return read
    const { id, appId, passwordCredentials, keyCredentials } = read.row
    const name = nameOf(read.row)
    // Without an end that can be read it counts as working.
    const count = [...passwordCredentials, ...keyCredentials].filter((each) => !(Date.parse(each.endDateTime ?? '') < now)).length
    const path = `/applications/${id}?$select=id`
    return planOne(
      { type: 'application', id, name, qualifier: appId },
      { field: 'application', before: 'registered', after: 'deleted, can be restored for 30 days' },
      {
        class: 'delete',
        write: { method: 'DELETE', path: `/applications/${id}`, body: null },
        readBack: { read: { path }, expect: { kind: 'gone' } },
        undo: {
          write: { method: 'POST', path: `/directory/deletedItems/${id}/restore`, body: {} },
          readBack: { read: { path }, expect: { kind: 'equals', field: 'id', value: id } },
          echo: { activities: ['Restore application'], targetId: id },
        },
        echo: { activities: ['Delete application'], targetId: id },
      },
      {
        passwordCredentials: passwordCredentials.map(({ keyId }) => keyId).sort(),
        keyCredentials: keyCredentials.map(({ keyId }) => keyId).sort(),
      },
      [{ reason: 'enterpriseToo', values: {} }, ...(count > 0 ? [{ reason: 'stillOpens', values: { name, count } }] : [])],
    )
  },
})
