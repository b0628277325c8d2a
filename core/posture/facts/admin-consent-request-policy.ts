import { z } from 'zod'
import { defineFact } from '../fact.ts'

export const adminConsentRequestPolicy = defineFact({
  id: 'adminConsentRequestPolicy',
  title: 'Whether people may ask an administrator for consent, and who decides',
  source: { path: '/policies/adminConsentRequestPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({
    isEnabled: z.boolean(),
    notifyReviewers: z.boolean(),
    remindersEnabled: z.boolean(),
    requestDurationInDays: z.number(),
    reviewers: z.array(z.object({ query: z.string().max(4000).nullable() })),
  }),
  // There is one, and Graph gives it no id.
  key: () => 'adminConsentRequestPolicy',
  held: 'whole',
})
