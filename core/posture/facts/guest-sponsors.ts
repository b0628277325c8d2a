import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

/**
 * Guests only, and apart from the fact users: an expanded list has no delta. One sponsor is as good as many here, so that the limit of
 * $expand hides nothing. https://learn.microsoft.com/graph/api/user-list-sponsors
 */
export const guestSponsors = defineFact({
  id: 'guestSponsors',
  title: 'Guests and who answers for them',
  source: {
    path: '/users',
    select: ['id', 'displayName', 'userPrincipalName', 'userType'],
    filter: "userType eq 'Guest'",
    expand: 'sponsors',
    pageSize: 999,
    cost: 2,
    bucket: 'identity',
  },
  scopes: ['User.Read.All'],
  row: z.object({
    id: graphId,
    displayName: graphName,
    userPrincipalName: z.string().min(1).max(2000),
    userType: z.string().max(200).nullable(),
    sponsors: z.array(z.object({ id: graphId })),
  }),
  key: (row) => row.id,
  held: 'streamed',
})
