import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'
import { keyCredentials } from '../rows/key-credential.ts'
import { passwordCredentials } from '../rows/password-credential.ts'

const uris = z.array(z.string().max(4000))
const nullableSwitch = z.boolean().nullable()

/**
 * Optional members were not asked for by everybody who saved an answer. Nothing is assumed for them: a check that needs one is unknown
 * without it (core/posture/rules/complete.ts). Null is documented for the complex ones and means that nothing is configured.
 * https://learn.microsoft.com/graph/api/resources/application
 */
export const applications = defineFact({
  id: 'applications',
  title: 'App registrations, their credentials and how people sign in to them',
  source: {
    path: '/applications',
    select: [
      'id',
      'appId',
      'displayName',
      'passwordCredentials',
      'keyCredentials',
      'signInAudience',
      'requiredResourceAccess',
      'web',
      'spa',
      'publicClient',
      'isFallbackPublicClient',
      'servicePrincipalLockConfiguration',
    ],
    pageSize: 999,
    cost: 2,
    bucket: 'identity',
  },
  scopes: ['Application.Read.All'],
  row: z.object({
    id: graphId,
    appId: graphId,
    displayName: graphName,
    passwordCredentials,
    keyCredentials: keyCredentials.optional(),
    signInAudience: z.string().max(200).nullable().optional(),
    requiredResourceAccess: z
      .array(z.object({ resourceAppId: graphId, resourceAccess: z.array(z.object({ id: graphId, type: z.string().max(200).nullable() })) }))
      .optional(),
    web: z
      .object({
        redirectUris: uris,
        implicitGrantSettings: z.object({ enableAccessTokenIssuance: nullableSwitch, enableIdTokenIssuance: nullableSwitch }).nullable(),
      })
      .nullable()
      .optional(),
    spa: z.object({ redirectUris: uris }).nullable().optional(),
    publicClient: z.object({ redirectUris: uris }).nullable().optional(),
    isFallbackPublicClient: nullableSwitch.optional(),
    servicePrincipalLockConfiguration: z.object({ isEnabled: z.boolean() }).nullable().optional(),
  }),
  key: (row) => row.id,
  held: 'whole',
  delta: true,
})
