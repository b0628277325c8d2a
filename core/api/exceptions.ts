import { z } from 'zod'
import { declaredKinds, guestUserTypes } from '../posture/settings.ts'
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
  /** ISO time from which the checks count it no more; null where it stands until it is withdrawn. */
  until: z.string().nullable().optional(),
  /**
   * `gone`: the last scan found no such object, so that this points to nothing. `expired`: its time has passed. `notRead`: no scan has read such
   * objects, which says neither.
   */
  standing: z.enum(['stands', 'gone', 'expired', 'notRead']).optional(),
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
  summary: 'Declare what policies may leave out, or who may hold a privileged role for good; it is judged at once',
  capability: 'declare',
  effect: 'changes',
  body: z
    .object({
      /** Object id of a user or a group, client id of an application or name of a group of them, kind of a guest. */
      objectId: z.string().max(100),
      kind: z.enum(declaredKinds, `must be one of ${declaredKinds.join(', ')}`),
      reason: z.string().trim().min(3, 'must say why, in 3 letters or more').max(500, 'must be at most 500 letters'),
      /** A day, or a moment with its offset. */
      until: z.string().max(40).optional(),
    })
    .strict()
    .superRefine(({ kind, objectId }, context) => {
      if (kind === 'guestUserType') {
        if (!guestUserTypes.some((type) => type === objectId))
          context.addIssue({ code: 'custom', path: ['objectId'], message: `must be one of ${guestUserTypes.join(', ')}` })
      } else if (!z.guid().safeParse(objectId).success && !(kind === 'application' && isNameOfApplications(objectId))) {
        const which =
          kind === 'application'
            ? 'the client id of an application, or the name of a group of them as policies have it (Office365)'
            : 'the object id of a user or a group'
        context.addIssue({ code: 'custom', path: ['objectId'], message: `must be ${which}, such as 8f1c0d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f` })
      }
    }),
  answer: exceptionSchema.extend({
    /** `judged`: the facts of the last scan were judged with it. `scanning`: the scan under way will. `nothing`: there was no scan yet. */
    judged: z.enum(['judged', 'scanning', 'nothing']).optional(),
  }),
})

/** Microsoft's names for applications that belong together, as Conditional Access writes them. All of them at once cannot be declared. */
function isNameOfApplications(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]{3,60}$/.test(name) && name.toLowerCase() !== 'none'
}

export const withdrawException = defineRoute({
  id: 'withdraw-exception',
  method: 'DELETE',
  path: '/api/exceptions/:exceptionId',
  summary: 'Withdraw a declared exception',
  capability: 'declare',
  effect: 'changes',
  params: z.object({ exceptionId: z.uuid() }),
  answer: z.object({ withdrawn: z.boolean() }),
})
