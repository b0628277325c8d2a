import { reaches } from './reach.ts'
import { notFound } from './respond.ts'
import type { Refusal } from './respond.ts'
import { REGISTRATIONS, signInMethods, withoutMethod } from './sign-in-methods.ts'
import { collection } from '../tenants/tenant.ts'
import { writeRow } from './view.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

type Removable = 'phone' | 'microsoftAuthenticator' | 'fido2' | 'softwareOath' | 'temporaryAccessPass' | 'email'

/** What the log calls each kind. */
const spoken: Readonly<Record<Removable, string>> = {
  phone: 'Phone',
  microsoftAuthenticator: 'Authenticator App with Notification and Code',
  fido2: 'Fido2 Security Key',
  softwareOath: 'Authenticator App with Code',
  temporaryAccessPass: 'Temporary Access Pass',
  email: 'Email',
}

function remove(kind: Removable, { view, caller, target, keys, at }: WriteCall): WriteOutcome | Refusal {
  const wanted = keys[1]?.toLowerCase()
  // Writes see the report as it is, whatever reads still show.
  const now = { ...view, world: { ...view.world, recentWrites: new Map() } }
  const method = signInMethods(now, target.id).find((candidate) => candidate.kind === kind && candidate.row.id === wanted)
  const details = collection(view.tenant, REGISTRATIONS).get(target.id)
  if (!method || !details) return notFound(keys[1] ?? '')
  writeRow(view, REGISTRATIONS, target.id, withoutMethod(details, method, new Date(at).toISOString()))
  const who = caller.oid === target.id ? 'User' : 'Admin'
  return {
    audit: [
      {
        activity: `${who} deleted security info`,
        category: 'UserManagement',
        service: 'Authentication Methods',
        operation: 'Delete',
        targets: [{ type: 'User', row: target, modified: [] }],
        reason: `${who} deleted ${spoken[kind]}`,
      },
    ],
  }
}

function entry(name: string, kind: Removable): WriteEntry {
  return {
    method: 'DELETE',
    path: `/users/{id}/authentication/${name}/{id}`,
    targets: 'users',
    plays: [],
    bucket: 'write',
    may: ({ view, caller, target }) =>
      caller.oid === target.id || reaches(view.tenant, caller, 'microsoft.directory/users/authenticationMethods/delete', target.id),
    apply: (call) => remove(kind, call),
  }
}

/** What takes ways to sign in away. */
export const signInMethodWrites: readonly WriteEntry[] = [
  entry('phonemethods', 'phone'),
  entry('microsoftauthenticatormethods', 'microsoftAuthenticator'),
  entry('fido2methods', 'fido2'),
  entry('softwareoathmethods', 'softwareOath'),
  entry('temporaryaccesspassmethods', 'temporaryAccessPass'),
  entry('emailmethods', 'email'),
]
