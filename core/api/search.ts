import { z } from 'zod'
import { defineRoute } from './route.ts'

export const searchKinds = ['finding', 'policy', 'application', 'person', 'receipt', 'action'] as const
export type SearchKind = (typeof searchKinds)[number]

export const searchHitSchema = z.object({
  kind: z.enum(searchKinds),
  /** What its page is asked for by: check id for findings and policies, object id, proposal id of a receipt, action id. */
  id: z.string(),
  title: z.string(),
  /** What tells it from others of the same title. */
  note: z.string(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

/** What the person may not view is not looked through, so that nothing can be learnt of it. */
export const search = defineRoute({
  id: 'search',
  method: 'GET',
  path: '/api/search',
  summary: 'What has these words or this number: findings, policies of frameworks, applications, people, receipts, actions',
  capability: 'viewPosture',
  effect: 'none',
  query: z.object({ q: z.string().trim().min(2).max(100) }),
  answer: z.object({
    /** At most six of each kind, the nearest first. */
    hits: z.array(searchHitSchema),
    /** Kinds that could not be looked through in time. */
    unsearched: z.array(z.enum(searchKinds)),
  }),
})
