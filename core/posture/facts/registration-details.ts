import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

/** Graph documents neither $select nor $top here: https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails */
export const registrationDetails = defineFact({
  id: 'registrationDetails',
  title: 'Which sign-in methods people have registered',
  source: { path: '/reports/authenticationMethods/userRegistrationDetails', pageSize: 'none', bucket: 'reports' },
  scopes: ['AuditLog.Read.All'],
  licence: 'p1',
  row: z.object({
    id: graphId,
    userDisplayName: graphName,
    userPrincipalName: z.string().max(2000),
    userType: z.string().max(200).nullable(),
    isAdmin: z.boolean().nullable(),
    isMfaCapable: z.boolean(),
    methodsRegistered: z.array(z.string().max(200)),
  }),
  key: (row) => row.id,
  held: 'streamed',
})
