import { z } from 'zod'
import type { Json } from '../../digest.ts'
import { isMicrosofts } from '../../posture/rules/first-party.ts'
import type { Plan } from '../action.ts'
import { holderSchema, nameOf } from './credentials.ts'
import { parseAnswer, planOne, refuse } from './planning.ts'

const answerSchema = holderSchema.extend({ accountEnabled: z.boolean(), appOwnerOrganizationId: z.string().nullish() })

export const servicePrincipalState = {
  fields: 'id,appId,displayName,accountEnabled,appOwnerOrganizationId',
  activities: ['Update service principal'],
  role: {
    name: 'Countersign enterprise application sign-in',
    templateId: 'custom',
    actions: ['microsoft.directory/servicePrincipals/disable', 'microsoft.directory/servicePrincipals/enable'],
    because: 'A custom role with these two actions: one to do it, the other to undo it.',
    scope: 'object',
  },
} as const

/** Blocks or unblocks sign-in of an application: `alreadySo` and, for blocking, `microsofts` are its refusals. */
export function planServicePrincipalState(id: string, answer: Json | undefined, enabled: boolean): Plan {
  const read = parseAnswer(answerSchema, answer, id)
  if (read.kind === 'refused') return read
  const { row } = read
  const name = nameOf(row)
  if (row.accountEnabled === enabled) return refuse('alreadySo', { name })
  if (!enabled && isMicrosofts(row.appOwnerOrganizationId ?? null)) return refuse('microsofts', { name })
  const path = `/servicePrincipals/${row.id}`
  const set = (value: boolean) => ({
    write: { method: 'PATCH' as const, path, body: { accountEnabled: value } },
    readBack: { read: { path: `${path}?$select=accountEnabled` }, expect: { kind: 'equals' as const, field: 'accountEnabled', value } },
    echo: {
      activities: servicePrincipalState.activities,
      targetId: row.id,
      modified: { name: 'AccountEnabled', newValueContains: String(value) },
    },
  })
  const [before, after] = enabled ? ['blocked', 'allowed'] : ['allowed', 'blocked']
  return planOne(
    { type: 'servicePrincipal', id: row.id, name, qualifier: row.appId },
    { field: 'signIn', before: before ?? '', after: after ?? '' },
    { class: 'set', ...set(enabled), undo: set(!enabled) },
    { accountEnabled: !enabled },
  )
}
