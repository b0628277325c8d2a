import { z } from 'zod'
import { defineAction } from '../action.ts'
import { credentialsOfApplication, holderSchema, mayUpdateCredentials, nameOf, removeSecret, secretLabel } from '../plans/credentials.ts'
import { secretSchema } from '../plans/credentials.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

const answerSchema = holderSchema.extend({ passwordCredentials: z.array(secretSchema) })
const sevenDaysMs = 7 * 24 * 60 * 60 * 1000

export const removeOldestSecret = defineAction({
  id: 'remove-oldest-secret',
  title: 'Remove the oldest of an application’s secrets',
  proposalTitle: 'Remove the oldest secret from {name}',
  why: 'After a change of secrets the old one still opens the same door, and nobody looks after it.',
  input: z.object({ applicationId: z.guid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'applicationId', title: 'Application', is: 'application' }],
  touches: ['application'],
  writeScopes: ['Application.ReadWrite.All'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: mayUpdateCredentials,
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No application with the object id {id} exists in this tenant.',
    unreadable,
    tooFew:
      '{name} has {count, plural, =0 {no secret} one {one secret} other {# secrets}}. The oldest is removed only where another stays.',
    noEnd: 'Graph gives no date that can be read for a secret of {name}, so nobody can tell which is the oldest.',
    noOther: 'No other secret of {name} works for seven more days. Removing the oldest could stop the application.',
    stillWorks: 'The secret that goes works until {end, date, long}. Whatever still signs in with it stops at once.',
  },
  preStateFields: ['passwordCredentials'],
  auditActivities: credentialsOfApplication,
  ifStolen: 'Add and remove secrets and certificates of every application, and so act as any of them.',
  unconfirmed: null,
  undo: { possible: false, because: 'Graph never gives a secret’s value back, so a removed secret cannot be restored. Another one stays.' },
  reads: ({ applicationId }) => [{ path: `/applications/${applicationId}?$select=id,appId,displayName,passwordCredentials` }],
  plan({ applicationId }, [answer], { now }) {
    const read = parseAnswer(answerSchema, answer, applicationId)
    if (read.kind === 'refused') return read
    const name = nameOf(read.row)
    const secrets = read.row.passwordCredentials
      .map((secret) => ({ secret, end: Date.parse(secret.endDateTime ?? ''), start: Date.parse(secret.startDateTime ?? '') || 0 }))
      .sort((one, other) => one.end - other.end || one.start - other.start || one.secret.keyId.localeCompare(other.secret.keyId))
    if (secrets.some(({ end }) => Number.isNaN(end))) return refuse('noEnd', { name })
    const [oldest, ...others] = secrets
    if (!oldest || others.length === 0) return refuse('tooFew', { name, count: secrets.length })
    const staying = others.filter(({ end }) => end >= now + sevenDaysMs)
    if (staying.length === 0) return refuse('noOther', { name })
    const subject = { type: 'application' as const, id: read.row.id, name, qualifier: read.row.appId }
    const { keyId, endDateTime } = oldest.secret
    return {
      ...planOne(
        subject,
        { field: 'secret', before: secretLabel(oldest.secret), after: 'removed' },
        removeSecret(subject, keyId),
        { passwordCredentials: secrets.map(({ secret }) => ({ keyId: secret.keyId, endDateTime: secret.endDateTime ?? null })) },
        oldest.end < now ? [] : [{ reason: 'stillWorks', values: { end: endDateTime ?? '' } }],
      ),
      changes: [
        { field: 'secret', before: secretLabel(oldest.secret), after: 'removed' },
        ...staying.map(({ secret }) => ({ field: 'secret', before: secretLabel(secret), after: 'stays' })),
      ],
    }
  },
})
