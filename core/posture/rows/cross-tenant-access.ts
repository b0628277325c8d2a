import { z } from 'zod'

const nullableSwitch = z.boolean().nullable().default(null)

const target = z.object({
  accessType: z.string().nullable(),
  targets: z.array(z.object({ target: z.string().nullable(), targetType: z.string().nullable().default(null) })),
})

/** Who may cross in one direction, and to which applications. */
export const crossing = z.object({ usersAndGroups: target, applications: target })

/** What is believed of another tenant's sign-ins. */
export const inboundTrust = z.object({
  isMfaAccepted: z.boolean().nullable(),
  isCompliantDeviceAccepted: z.boolean().nullable(),
  isHybridAzureADJoinedDeviceAccepted: z.boolean().nullable(),
})

/** Whether invitations are redeemed without asking the person. */
export const automaticConsent = z.object({ inboundAllowed: nullableSwitch, outboundAllowed: nullableSwitch }).nullable().default(null)
