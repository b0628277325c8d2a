import { z } from 'zod'
import { defineRoute } from './route.ts'

/** Most views that one person keeps, and that a tenant shares. */
export const mostViews = 50

const nameSchema = z.string().trim().min(1, 'must have a name').max(60, 'must be at most 60 letters')
/** The part of an address after the question mark: names and values of filters, never a whole address. */
const querySchema = z
  .string()
  .max(1500, 'must be at most 1,500 letters')
  .regex(/^[A-Za-z0-9\-._~%=&+,:*'()!]*$/, 'must be the filters of an address, such as severity=high&area=applications')

/** Filters of the findings under a name, kept for one person or shared with the tenant. */
export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  query: z.string(),
  /** Seen by everybody who sees findings. */
  shared: z.boolean(),
  /** Whether it is this person's own. */
  mine: z.boolean(),
  /** What this person sees first. */
  isDefault: z.boolean(),
  /** Who made it. */
  byName: z.string(),
  at: z.string(),
})
export type SavedView = z.infer<typeof savedViewSchema>

const viewParams = z.object({ viewId: z.uuid('must be the id of a view') })

export const listViews = defineRoute({
  id: 'list-views',
  method: 'GET',
  path: '/api/saved-views',
  summary: 'Saved views of the findings: one’s own and those shared with the tenant',
  capability: 'viewFindings',
  effect: 'none',
  answer: z.object({ views: z.array(savedViewSchema), mayShare: z.boolean() }),
})
export const saveView = defineRoute({
  id: 'save-view',
  method: 'POST',
  path: '/api/saved-views',
  summary: 'Keep filters of the findings under a name; an owner may share them with the tenant',
  capability: 'viewFindings',
  effect: 'changes',
  body: z.object({ name: nameSchema, query: querySchema, shared: z.boolean().default(false) }).strict(),
  answer: savedViewSchema,
})
export const changeView = defineRoute({
  id: 'change-view',
  method: 'PUT',
  path: '/api/saved-views/:viewId',
  summary: 'Rename a view, give it other filters, share it, or make it what one sees first',
  capability: 'viewFindings',
  effect: 'changes',
  params: viewParams,
  body: z
    .object({
      name: nameSchema.optional(),
      query: querySchema.optional(),
      shared: z.boolean().optional(),
      /** For the person who asks alone; also for a view that somebody else shared. */
      isDefault: z.boolean().optional(),
    })
    .strict(),
  answer: savedViewSchema,
})
export const deleteView = defineRoute({
  id: 'delete-view',
  method: 'DELETE',
  path: '/api/saved-views/:viewId',
  summary: 'Delete a view of one’s own; an owner may delete a shared one',
  capability: 'viewFindings',
  effect: 'changes',
  params: viewParams,
  answer: z.object({ deleted: z.boolean() }),
})
