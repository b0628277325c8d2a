import { z } from 'zod'
import { permission } from '@countersign/core/principal.ts'
import type { ChatPrincipalFunction } from '../../identity/chat-roles.ts'
import { conversations } from '../../store/conversations.ts'
import type { Store } from '../../store/database.ts'
import { readTx } from '../../store/transaction.ts'
import type { ActDeps, Approver } from './deps.ts'

/** The channel's reference names its person. */
const referenceSchema = z.looseObject({ user: z.looseObject({ name: z.string().default('') }) })

/** Who could be the second person: those with a chat whose roles, read now, let them confirm. */
export function makeApprovers(store: Store, chatPrincipal: ChatPrincipalFunction): ActDeps['approvers'] {
  return async (tenantId, exceptObjectId) => {
    const chats = await readTx(store, { tenantId, objectId: exceptObjectId }, conversations)
    const found: Approver[] = []
    for (const { personId, reference } of chats) {
      if (personId === exceptObjectId) continue
      const name = referenceSchema.safeParse(reference).data?.user.name ?? ''
      const known = await chatPrincipal(tenantId, personId, name)
      if (known.kind === 'principal' && permission(known.principal, 'confirm').may)
        found.push({ objectId: personId, name, roles: known.principal.roles })
    }
    return found
  }
}
