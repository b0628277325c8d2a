import { z } from 'zod'
import { delegatedScopes, openIdScopes } from '../../data/graph-delegated-scopes.ts'
import { defineProbe } from '../claim.ts'

export const readTokenScopes = defineProbe({
  id: 'read-token-scopes',
  title: 'Permissions of the last token of the read plane',
  method:
    'Each time the service obtains a token to read Microsoft Graph, it notes the names of the permissions in it, never the token. The newest note is compared with Microsoft’s table of permissions: none may allow a request that changes something, and none may be an application permission.',
  maxAgeHours: 24 * 7,
  observation: z.object({
    token: z.object({ obtainedAt: z.iso.datetime(), scopes: z.array(z.string()), hasApplicationPermissions: z.boolean() }).nullable(),
  }),
  reasons: {
    readOnly: '{count, plural, one {The # permission in the token only reads} other {All # permissions in the token only read}}: {scopes}.',
    noToken: 'No token was obtained yet. It is shown after the first scan.',
    writes: 'The token holds {count, plural, one {a permission} other {# permissions}} that can change something: {scopes}.',
    applicationPermissions: 'The token holds application permissions, which work without a signed-in person.',
    notInTable:
      '{count, plural, one {A permission in the token is} other {# permissions in the token are}} not in Microsoft’s table, so nothing is claimed about {count, plural, one {it} other {them}}: {scopes}.',
    empty: 'The token holds no permission at all.',
  },
  stands({ token }) {
    if (!token) return { standing: 'unknown', reason: 'noToken', values: {} }
    if (token.hasApplicationPermissions) return { standing: 'failing', reason: 'applicationPermissions', values: {} }
    const scopes = token.scopes.filter((scope) => !openIdScopes.includes(scope))
    const named = (list: readonly string[]) => ({ count: list.length, scopes: [...list].sort().join(', ') })
    const writing = scopes.filter((scope) => delegatedScopes.get(scope)?.kind === 'write')
    if (writing.length > 0) return { standing: 'failing', reason: 'writes', values: named(writing) }
    const strange = scopes.filter((scope) => !delegatedScopes.has(scope))
    if (strange.length > 0) return { standing: 'unknown', reason: 'notInTable', values: named(strange) }
    if (scopes.length === 0) return { standing: 'unknown', reason: 'empty', values: {} }
    return { standing: 'proven', reason: 'readOnly', values: named(scopes) }
  },
})
