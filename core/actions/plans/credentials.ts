import { z } from 'zod'
import type { PlanStep, Subject } from '../action.ts'
import { refuse } from './planning.ts'
import type { Refused } from './planning.ts'

export const secretSchema = z.object({
  keyId: z.guid(),
  displayName: z.string().nullish(),
  hint: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
})
export type Secret = z.infer<typeof secretSchema>

/** Holders of secrets as every plan about them reads them. */
export const holderSchema = z.object({ id: z.guid(), appId: z.string(), displayName: z.string().nullable() })

/** The en dash is the log's own. */
export const credentialsOfApplication = ['Update application – Certificates and secrets management']
export const credentialsOfServicePrincipal = ['Remove service principal credentials', 'Update service principal']

export const mayUpdateCredentials = {
  name: 'Countersign application credentials',
  templateId: 'custom',
  actions: ['microsoft.directory/applications/credentials/update'],
  because: 'A custom role with this one action; it also lets its holder add secrets, which the catalogue never does.',
  scope: 'object',
} as const

export function nameOf({ displayName, appId }: z.infer<typeof holderSchema>): string {
  return displayName ?? appId
}

/** Why a secret or certificate must not go yet; undefined once it has ended. */
export function stillWorking(name: string, endDateTime: string | null | undefined, now: number): Refused | undefined {
  if (!endDateTime) return refuse('noEnd', { name })
  return Date.parse(endDateTime) < now ? undefined : refuse('stillValid', { name, end: endDateTime })
}

/** What tells a secret from the others, for people. */
export function secretLabel({ displayName, hint, keyId, endDateTime }: Secret): string {
  const known = [displayName ?? '', hint ? `${hint}…` : ''].filter(Boolean).join(', ')
  return `${known || `key ${keyId}`}, until ${endDateTime?.slice(0, 10) ?? 'no end'}`
}

/** Takes one secret away; Graph never shows its value again, so there is no way back. */
export function removeSecret(about: Subject, keyId: string): Omit<PlanStep, 'about'> {
  const isApplication = about.type === 'application'
  const path = `/${isApplication ? 'applications' : 'servicePrincipals'}/${about.id}`
  return {
    class: 'delete',
    write: { method: 'POST', path: `${path}/removePassword`, body: { keyId } },
    readBack: {
      read: { path: `${path}?$select=passwordCredentials` },
      expect: { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: keyId },
    },
    undo: null,
    echo: {
      activities: isApplication ? credentialsOfApplication : credentialsOfServicePrincipal,
      targetId: about.id,
      modified: { name: 'KeyDescription', newValueContains: '' },
    },
  }
}
