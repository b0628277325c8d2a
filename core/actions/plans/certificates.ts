import { z } from 'zod'
import type { PlanStep } from '../action.ts'
import { credentialsOfApplication } from './credentials.ts'

const text = z.string().nullable().default(null)

/** A certificate as it is sent back in the list: without its key, which Graph keeps by the key id. */
export const certificateSchema = z.object({
  keyId: z.guid(),
  displayName: text,
  customKeyIdentifier: text,
  type: z.string(),
  usage: z.string(),
  startDateTime: text,
  endDateTime: text,
})
type Certificate = z.infer<typeof certificateSchema>

/** Writes the list without one; the read-back also proves that the others are still there. */
export function removeCertificate(applicationId: string, { keyId }: Certificate, staying: readonly Certificate[]): Omit<PlanStep, 'about'> {
  const holds = (kind: 'has' | 'lacks', value: string) => ({ kind, list: 'keyCredentials', field: 'keyId', value }) as const
  return {
    class: 'delete',
    write: { method: 'PATCH', path: `/applications/${applicationId}`, body: { keyCredentials: staying } },
    readBack: {
      read: { path: `/applications/${applicationId}?$select=keyCredentials` },
      expect: { kind: 'all', of: [holds('lacks', keyId), ...staying.map((each) => holds('has', each.keyId))] },
    },
    undo: null,
    echo: { activities: credentialsOfApplication, targetId: applicationId, modified: { name: 'KeyDescription', newValueContains: '' } },
  }
}
