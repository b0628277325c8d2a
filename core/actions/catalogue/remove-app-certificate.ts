import { z } from 'zod'
import { defineAction } from '../action.ts'
import { credentialsOfApplication, holderSchema, mayUpdateCredentials, nameOf, stillWorking } from '../plans/credentials.ts'
import { certificateSchema, removeCertificate } from '../plans/certificates.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

const answerSchema = holderSchema.extend({ keyCredentials: z.array(certificateSchema) })

export const removeAppCertificate = defineAction({
  id: 'remove-app-certificate',
  title: 'Remove a certificate from an application',
  proposalTitle: 'Remove an expired certificate from {name}',
  why: 'A certificate that nobody can use any more hides the ones that still work.',
  input: z.object({ applicationId: z.guid(), keyId: z.guid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [
    { name: 'applicationId', title: 'Application', is: 'application' },
    { name: 'keyId', title: 'Key id of the certificate', is: 'id' },
  ],
  touches: ['application'],
  writeScopes: ['Application.ReadWrite.All'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: mayUpdateCredentials,
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No application with the object id {id} exists in this tenant.',
    unreadable,
    noCertificate: '{name} has no certificate with the key id {keyId} any more.',
    stillValid: 'This certificate of {name} works until {end, date, long}. Only an expired certificate can be removed here.',
    noEnd: 'Graph gives no end date for this certificate of {name}, so it counts as still working.',
    others:
      '{count, plural, one {Another certificate stays} other {# other certificates stay}}: Graph takes the whole list, and its keys are not sent.',
  },
  preStateFields: ['keyCredentials'],
  auditActivities: credentialsOfApplication,
  ifStolen: 'Add and remove secrets and certificates of every application, and so act as any of them.',
  unconfirmed:
    'Whether the certificates that stay keep their keys when the list is sent without them: no published answer of Graph shows it.',
  undo: {
    possible: false,
    because: 'Graph does not give a certificate’s key back with the list, so it cannot be restored. It had already expired.',
  },
  reads: ({ applicationId }) => [{ path: `/applications/${applicationId}?$select=id,appId,displayName,keyCredentials` }],
  plan({ applicationId, keyId }, [answer], { now }) {
    const read = parseAnswer(answerSchema, answer, applicationId)
    if (read.kind === 'refused') return read
    const { id, appId, keyCredentials } = read.row
    const name = nameOf(read.row)
    const certificate = keyCredentials.find((each) => each.keyId.toLowerCase() === keyId.toLowerCase())
    if (!certificate) return refuse('noCertificate', { name, keyId })
    const working = stillWorking(name, certificate.endDateTime, now)
    if (working) return working
    const staying = keyCredentials.filter((each) => each !== certificate)
    return planOne(
      { type: 'application', id, name, qualifier: appId },
      {
        field: 'certificate',
        before: `${certificate.displayName ?? certificate.keyId}, until ${certificate.endDateTime?.slice(0, 10)}`,
        after: 'removed',
      },
      removeCertificate(id, certificate, staying),
      { keyCredentials },
      staying.length === 0 ? [] : [{ reason: 'others', values: { count: staying.length } }],
    )
  },
})
