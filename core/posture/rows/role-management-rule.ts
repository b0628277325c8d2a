import { z } from 'zod'

const absent = <Inner extends z.ZodType>(inner: Inner) => inner.nullish().transform((value) => value ?? null)

/**
 * One rule of a role's policy; which members it has depends on its kind, which its id names:
 * https://learn.microsoft.com/graph/identity-governance-pim-rules-overview. What is absent is null, and null never satisfies a check.
 */
export const roleManagementRule = z.object({
  id: z.string().min(1).max(200),
  isExpirationRequired: absent(z.boolean()),
  /** ISO 8601 duration, for example PT8H. */
  maximumDuration: absent(z.string().max(100)),
  enabledRules: absent(z.array(z.string().max(200))),
  /** Of an authentication context rule. */
  isEnabled: absent(z.boolean()),
  claimValue: absent(z.string().max(200)),
  notificationType: absent(z.string().max(200)),
  notificationRecipients: absent(z.array(z.string().max(400))),
  setting: absent(
    z.object({
      isApprovalRequired: absent(z.boolean()),
      /** Approvers are counted, never named. */
      approvalStages: absent(z.array(z.object({ primaryApprovers: absent(z.array(z.object({}))) }))),
    }),
  ),
})
export type RoleManagementRule = z.infer<typeof roleManagementRule>
