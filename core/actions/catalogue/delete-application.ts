import { z } from 'zod'
import { defineAction } from '../action.ts'
import { holderSchema, nameOf } from '../plans/credentials.ts'
import { deletion, deletionActivities } from '../plans/deleted-application.ts'
import { parseAnswer, unreadable } from '../plans/planning.ts'

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
    actions: [
      'microsoft.directory/applications/delete',
      'microsoft.directory/servicePrincipals/delete',
      'microsoft.directory/deletedItems.applications/restore',
    ],
    because: 'A custom role with these actions: two to do it, the third to undo it. What is deleted has no scope but the tenant.',
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
  preStateFields: ['passwordCredentials', 'keyCredentials', 'servicePrincipal'],
  auditActivities: deletionActivities,
  ifStolen: 'Delete every application of the tenant, restore deleted ones, and with the scope alone add secrets to any.',
  unconfirmed:
    'Whether a restored enterprise application has every grant and assignment again, and whether the role’s action to restore reaches it.',
  undo: { possible: true, days: 30 },
  reads: ({ applicationId }) => [
    { path: `/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials,keyCredentials` },
  ],
  readsAfter(_input, [answer]) {
    const application = holderSchema.safeParse(answer).data
    return application ? [{ path: `/servicePrincipals(appId='${application.appId}')?$select=id,appId,displayName` }] : []
  },
  plan({ applicationId }, [answer, principalAnswer], { now }) {
    const read = parseAnswer(answerSchema, answer, applicationId)
    if (read.kind === 'refused') return read
    const principal = principalAnswer === undefined ? undefined : parseAnswer(holderSchema, principalAnswer, applicationId)
    if (principal?.kind === 'refused') return principal
    const { id, appId, passwordCredentials, keyCredentials } = read.row
    const name = nameOf(read.row)
    // Without an end that can be read it counts as working.
    const count = [...passwordCredentials, ...keyCredentials].filter((each) => !(Date.parse(each.endDateTime ?? '') < now)).length
    const subject = { type: 'application', id, name, qualifier: appId } as const
    const there = { kind: 'equals', field: 'id', value: id } as const
    return {
      kind: 'plan',
      subject,
      changes: [{ field: 'application', before: 'registered', after: 'deleted, can be restored for 30 days' }],
      steps: principal
        ? [
            deletion({ type: 'servicePrincipal', id: principal.row.id, name: nameOf(principal.row), qualifier: appId }),
            { ...deletion(subject), before: there },
          ]
        : [deletion(subject)],
      preState: {
        passwordCredentials: passwordCredentials.map(({ keyId }) => keyId).sort(),
        keyCredentials: keyCredentials.map(({ keyId }) => keyId).sort(),
        servicePrincipal: principal?.row.id ?? null,
      },
      warnings: [
        ...(principal ? [{ reason: 'enterpriseToo', values: {} }] : []),
        ...(count > 0 ? [{ reason: 'stillOpens', values: { name, count } }] : []),
      ],
    }
  },
})
