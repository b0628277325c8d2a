import { z } from 'zod'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { readObject } from '../assistant/find-objects.ts'
import { secondPeople } from '../engine/act/second.ts'
import type { ChatDeps } from './chat-deps.ts'

const nameSchema = z.object({ displayName: z.string().nullish(), userPrincipalName: z.string().nullish() })

/** Who could be the second person, in a fixed order. Whom the channel has not named yet is looked up; '' where that fails too. */
export async function namedSeconds(
  deps: ChatDeps,
  proposal: Proposal,
): Promise<readonly { readonly name: string; readonly objectId: string }[]> {
  const people = (await secondPeople(deps.act, proposal)).toSorted((a, b) => a.objectId.localeCompare(b.objectId))
  if (people.every(({ name }) => name !== '')) return people
  const aid = await deps.act.aid(proposal.tenantId)
  return Promise.all(
    people.map(async ({ name, objectId }) => {
      if (name !== '' || aid.kind !== 'aid') return { name, objectId }
      const read = await readObject(aid.reader, `/users/${objectId}?$select=id,displayName,userPrincipalName`, nameSchema)
      return { name: read.kind === 'read' ? (read.it.displayName ?? read.it.userPrincipalName ?? '') : '', objectId }
    }),
  )
}
