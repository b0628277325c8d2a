import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

/** Nullable in the v1.0 metadata, and left out of Microsoft's shortened answers: null says nothing, so a check never takes it for what it wants. */
const nullableSwitch = z.boolean().nullable().default(null)
const nullableText = z.string().nullable().default(null)

export const authorizationPolicy = defineFact({
  id: 'authorizationPolicy',
  title: 'What users and guests may do by default',
  source: { path: '/policies/authorizationPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    allowInvitesFrom: nullableText,
    guestUserRoleId: nullableText,
    allowedToSignUpEmailBasedSubscriptions: z.boolean(),
    allowEmailVerifiedUsersToJoinOrganization: z.boolean(),
    allowedToUseSSPR: z.boolean(),
    allowUserConsentForRiskyApps: nullableSwitch,
    blockMsolPowerShell: nullableSwitch,
    defaultUserRolePermissions: z.object({
      allowedToCreateApps: z.boolean(),
      allowedToCreateSecurityGroups: z.boolean(),
      allowedToReadOtherUsers: z.boolean(),
      allowedToCreateTenants: nullableSwitch,
      allowedToReadBitlockerKeysForOwnedDevice: nullableSwitch,
      permissionGrantPoliciesAssigned: z.array(z.string()),
    }),
  }),
  key: (row) => row.id,
  held: 'whole',
})
