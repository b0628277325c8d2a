import { z } from 'zod'
import { roles } from '../principal.ts'
import { defineRoute } from './route.ts'

const memberSchema = z.object({
  objectId: z.string(),
  name: z.string(),
  type: z.enum(['person', 'group', 'other']),
  roles: z.array(z.enum(roles)),
  /** Names of the direct members of a group, at most a hundred; null where they could not be read, or it is no group. */
  people: z.array(z.string()).nullable(),
  /** How many direct members there are beyond those. */
  more: z.number().int(),
})
export type Member = z.infer<typeof memberSchema>

export const membersSchema = z.object({
  members: z.array(memberSchema),
  /** Why the list is not there, or not whole; null where it is. */
  notRead: z.string().nullable(),
  /** What each role may do, by the words of the table that the service enforces. */
  roles: z.array(z.object({ role: z.enum(roles), title: z.string(), may: z.array(z.string()) })),
  /** Where roles are given in the Entra admin centre. */
  portalUrl: z.string(),
})
export type Members = z.infer<typeof membersSchema>

export const getMembers = defineRoute({
  id: 'get-members',
  method: 'GET',
  path: '/api/members',
  summary: 'Who holds which role in Countersign, and what each role may do',
  capability: 'viewFindings',
  effect: 'none',
  answer: membersSchema,
})
