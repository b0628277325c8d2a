import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { authenticationMethod, featureTarget } from '../rows/authentication-method.ts'
import { graphId } from '../rows/graph-values.ts'

export const authenticationMethodsPolicy = defineFact({
  id: 'authenticationMethodsPolicy',
  title: 'Sign-in methods that are allowed, and how they behave',
  source: { path: '/policies/authenticationMethodsPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  // Policy.Read.AuthenticationMethod is narrower; the policies that stand beside this one need Policy.Read.All anyway.
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    // Null where there never was an older policy; left out of Microsoft's shortened answers, and then nobody can say.
    policyMigrationState: z.string().nullable().default('notSaid'),
    authenticationMethodConfigurations: z.array(authenticationMethod).refine(isEachOnce, { message: 'a method is given twice' }),
    // Not in the v1.0 metadata: there only where Graph answers it all the same.
    reportSuspiciousActivitySettings: z.object({ state: z.string(), includeTarget: featureTarget }).nullable().default(null),
  }),
  key: (row) => row.id,
  held: 'whole',
})

function isEachOnce(methods: readonly { readonly id: string }[]): boolean {
  return new Set(methods.map(({ id }) => id.toLowerCase())).size === methods.length
}
