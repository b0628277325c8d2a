import { z } from 'zod'
import type { EchoExpectation, GraphRead, PlanStep } from '../action.ts'

export const ownersSchema = z.object({ value: z.array(z.object({ id: z.string() })) })

export function readOwners(applicationId: string): GraphRead {
  return { path: `/applications/${applicationId}/owners?$select=id` }
}

/** A link between two objects has no id of its own: it is found by the owner's. */
export function addOwner(applicationId: string, ownerId: string): Omit<PlanStep, 'about'> {
  const path = `/applications/${applicationId}/owners`
  const read = readOwners(applicationId)
  const holds = (kind: 'has' | 'lacks') => ({ kind, list: 'value', field: 'id', value: ownerId }) as const
  const body = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${ownerId}` }
  return {
    class: 'create',
    write: { method: 'POST', path: `${path}/$ref`, body },
    readBack: { read, expect: holds('has') },
    undo: {
      write: { method: 'DELETE', path: `${path}/${ownerId}/$ref`, body: null },
      readBack: { read, expect: holds('lacks') },
      echo: ownerEcho('Remove owner from application', ownerId, { newValueContains: '', oldValueContains: applicationId }),
    },
    echo: ownerEcho('Add owner to application', ownerId, { newValueContains: applicationId }),
  }
}

/** The owner stands first in the log; the application among the changed properties. */
function ownerEcho(
  activity: string,
  targetId: string,
  values: { readonly newValueContains: string; readonly oldValueContains?: string },
): EchoExpectation {
  return { activities: [activity], targetId, modified: { name: 'Application.ObjectID', ...values } }
}
