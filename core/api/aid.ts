import { z } from 'zod'
import { defineRoute } from './route.ts'

export const connectAid = defineRoute({
  id: 'connect-aid',
  method: 'POST',
  path: '/api/aid/connect',
  summary: "Begin connecting the Aid: answers the sign-in page's address, to be opened as the Aid",
  capability: 'manageAid',
  effect: 'changes',
  body: z.object({ objectId: z.uuid() }).strict(),
  answer: z.object({ signInUrl: z.string() }),
})
export const disconnectAid = defineRoute({
  id: 'disconnect-aid',
  method: 'POST',
  path: '/api/aid/disconnect',
  summary: "Delete the Aid's tokens",
  capability: 'manageAid',
  effect: 'changes',
  body: z.object({}).strict(),
  answer: z.object({ disconnected: z.boolean() }),
})
export const checkAid = defineRoute({
  id: 'check-aid',
  method: 'POST',
  path: '/api/aid/check',
  summary: 'Renew the sign-in of the Aid and look at its roles now, as is done every night',
  capability: 'manageAid',
  effect: 'changes',
  body: z.object({}).strict(),
  answer: z.object({
    state: z.enum(['notConnected', 'connected', 'needsSignIn', 'disabled', 'roleMissing']),
    detail: z.string().nullable(),
    /** What kind of refusal it was, for example signInFrequency; null where none. */
    reason: z.string().nullable(),
    /** Names of the policies behind it. */
    policy: z.string().nullable(),
  }),
})
