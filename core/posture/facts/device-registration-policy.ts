import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId } from '../rows/graph-values.ts'

/** Everybody, nobody or a list; which of them, the type says. */
const membership = z.object({ '@odata.type': z.string() })

export const deviceRegistrationPolicy = defineFact({
  id: 'deviceRegistrationPolicy',
  title: 'Who may join devices, and who administers them',
  source: { path: '/policies/deviceRegistrationPolicy', single: true, pageSize: 'none', bucket: 'identity' },
  // Policy.Read.DeviceConfiguration is narrower; the policies that stand beside this one need Policy.Read.All anyway.
  scopes: ['Policy.Read.All'],
  row: z.object({
    id: graphId,
    userDeviceQuota: z.number(),
    multiFactorAuthConfiguration: z.string(),
    azureADJoin: z.object({
      allowedToJoin: membership,
      localAdmins: z.object({ enableGlobalAdmins: z.boolean(), registeringUsers: membership }),
    }),
    localAdminPassword: z.object({ isEnabled: z.boolean() }),
  }),
  key: (row) => row.id,
  held: 'whole',
})
