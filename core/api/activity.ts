import { z } from 'zod'
import { momentSchema } from './moment.ts'
import { defineRoute } from './route.ts'

export const activityKinds = ['scan', 'finding', 'change', 'setting', 'aid', 'alert', 'message'] as const

export const activityItemSchema = z.object({
  /** Place in the list; the cursor of a page is that of its last item. */
  place: z.string(),
  at: z.string(),
  kind: z.enum(activityKinds),
  /** What happened, in a few words. */
  title: z.string(),
  /** What it was about, or what became of it; '' where the title says all. */
  detail: z.string(),
  /** Who did it; '' where nobody did. */
  byName: z.string(),
  /** Page of the tab that shows more; null where there is none. */
  path: z.string().nullable(),
})
export type ActivityItem = z.infer<typeof activityItemSchema>

export const listActivity = defineRoute({
  id: 'list-activity',
  method: 'GET',
  path: '/api/activity',
  summary: 'What happened in Countersign for this tenant, newest first',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({
    kind: z.enum(activityKinds, `must be one of ${activityKinds.join(', ')}`).optional(),
    /** Part of a person's name. */
    person: z.string().max(100).optional(),
    from: momentSchema.optional(),
    until: momentSchema.optional(),
    /** Words in the title, the detail or the name. */
    search: z.string().max(100).optional(),
    after: z
      .string()
      .regex(/^[^|]{20,30}\|[a-z]{1,12}\|[^|]{1,300}$/, 'must be the place of an item')
      .refine((place) => momentSchema.safeParse(place.split('|')[0]).success, 'must be the place of an item')
      .optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  answer: z.object({
    items: z.array(activityItemSchema),
    /** Where the next page begins; null on the last. */ next: z.string().nullable(),
  }),
})
