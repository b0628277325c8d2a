import { z } from 'zod'
import { declaredKinds } from '../posture/settings.ts'
import { defineRoute } from './route.ts'

/** One exception that the checks count as wanted. */
export const exceptionSchema = z.object({
  id: z.uuid(),
  kind: z.enum(declaredKinds),
  objectId: z.string(),
  reason: z.string(),
  by: z.string(),
  byName: z.string(),
  /** ISO time, UTC. */
  at: z.string(),
  /** Whether it is the Aid. */
  isAid: z.boolean(),
  /** Names of the switched-on policies that leave it out, as the last scan read them; null where none has. */
  policies: z.array(z.string()).nullable(),
})
export type Exception = z.infer<typeof exceptionSchema>
export const exceptionsSchema = z.object({ exceptions: z.array(exceptionSchema), mayDeclare: z.boolean() })

export const listExceptions = defineRoute({
  id: 'list-exceptions',
  method: 'GET',
  path: '/api/exceptions',
  summary: 'Declared exceptions: what policies may leave out, why, and who said so',
  capability: 'viewFindings',
  effect: 'none',
  answer: exceptionsSchema,
})
export const declareException = defineRoute({
  id: 'declare-exception',
  method: 'POST',
  path: '/api/exceptions',
  summary: 'Declare that policies may leave out a user, a group or an application; the next judgement counts it',
  capability: 'manageAid',
  effect: 'changes',
  body: z.object({ objectId: z.guid(), kind: z.enum(declaredKinds), reason: z.string().trim().min(3).max(500) }).strict(),
  answer: exceptionSchema,
})
export const withdrawException = defineRoute({
  id: 'withdraw-exception',
  method: 'DELETE',
  path: '/api/exceptions/:exceptionId',
  summary: 'Withdraw a declared exception',
  capability: 'manageAid',
  effect: 'changes',
  params: z.object({ exceptionId: z.uuid() }),
  answer: z.object({ withdrawn: z.boolean() }),
})
