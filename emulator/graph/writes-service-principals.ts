import { z } from 'zod'
import { deleteServicePrincipal } from './application-deletion.ts'
import { mayOver } from './application-rights.ts'
import { includedProperties } from './audit.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { addPrincipalPassword, removePrincipalPassword } from './write-credentials.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'
import { principalNames, principalRemoved } from './writes-applications.ts'

/** A blocked service principal gets no tokens and nobody gets tokens for it: sign-in looks at the same property. */
function setAccountEnabled({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = z.object({ accountEnabled: z.boolean() }).safeParse(body)
  if (!parsed.success) return badRequest("Invalid value specified for property 'accountEnabled' of resource 'ServicePrincipal'.")
  const { accountEnabled } = parsed.data
  writeRow(view, 'servicePrincipals', target.id, { ...target, accountEnabled })
  const modified = [
    { displayName: 'AccountEnabled', oldValue: `[${target['accountEnabled'] !== false}]`, newValue: `[${accountEnabled}]` },
    includedProperties('AccountEnabled'),
    principalNames(target),
  ]
  return {
    audit: [
      {
        activity: 'Update service principal',
        category: 'ApplicationManagement',
        service: 'Core Directory',
        targets: [{ type: 'ServicePrincipal', row: target, modified }],
      },
    ],
  }
}

function deleteIt({ view, target, at }: WriteCall): WriteOutcome {
  deleteServicePrincipal(view, target, at)
  return { audit: [principalRemoved(target)] }
}

const may =
  (action: string): WriteEntry['may'] =>
  (call) =>
    mayOver('servicePrincipal', call, call.target.id, `microsoft.directory/servicePrincipals/${action}`)

const common = { targets: 'servicePrincipals', bucket: 'write' } as const

/** What changes service principals themselves. */
export const servicePrincipalWrites: readonly WriteEntry[] = [
  {
    ...common,
    method: 'PATCH',
    path: '/serviceprincipals/{id}',
    plays: ['accountEnabled'],
    bodyType: 'servicePrincipal',
    may: (call) => {
      const { accountEnabled } = call.body
      if (accountEnabled === undefined) return may('basic/update')(call)
      return may(accountEnabled === false ? 'disable' : 'enable')(call)
    },
    apply: setAccountEnabled,
  },
  { ...common, method: 'DELETE', path: '/serviceprincipals/{id}', plays: [], may: may('delete'), apply: deleteIt },
  {
    ...common,
    method: 'POST',
    path: '/serviceprincipals/{id}/removepassword',
    plays: ['keyId'],
    may: may('credentials/update'),
    apply: removePrincipalPassword,
  },
  {
    ...common,
    method: 'POST',
    path: '/serviceprincipals/{id}/addpassword',
    plays: ['passwordCredential'],
    may: may('credentials/update'),
    apply: addPrincipalPassword,
  },
]
