import { z } from 'zod'

/** The fields of a Bot Framework activity that the channel reads or rewrites; everything else passes through untouched. */
export const activitySchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  timestamp: z.string().optional(),
  /** Of an invoke: adaptiveCard/action, signin/verifyState and so on. */
  name: z.string().optional(),
  channelId: z.string().optional(),
  serviceUrl: z.string().optional(),
  replyToId: z.string().optional(),
  from: z.looseObject({ id: z.string().optional(), aadObjectId: z.string().optional() }).optional(),
  conversation: z.looseObject({ id: z.string(), conversationType: z.string().optional(), tenantId: z.string().optional() }).optional(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string().optional() }).optional() }).optional(),
})

export type Activity = z.infer<typeof activitySchema>

/**
 * Whether a tenant id is a chat client's placeholder: absent, or starting like the Playground's built-in
 * `00000000-0000-0000-0000-0000000000001`. A well-formed id of another tenant is kept, so that a test can send one.
 */
export function isPlaceholderTenant(tenantId: string | undefined): boolean {
  return tenantId === undefined || tenantId === '' || tenantId.startsWith('00000000-0000-0000-0000-')
}

/**
 * The activity as Teams would send it: the channel's own service URL, the tenant in both places where Teams puts it, and the
 * time at which it came, unless a test sends an older one again.
 */
export function asTeamsSendsIt(
  activity: Activity,
  channel: { readonly serviceUrl: string; readonly tenantId: string; readonly now: number },
): Activity {
  const { conversation, channelData } = activity
  const namedTenant = conversation?.tenantId ?? channelData?.tenant?.id
  const tenantId = isPlaceholderTenant(namedTenant) ? channel.tenantId : namedTenant
  return {
    ...activity,
    timestamp: activity.timestamp ?? new Date(channel.now).toISOString(),
    channelId: 'msteams',
    serviceUrl: channel.serviceUrl,
    ...(conversation === undefined ? {} : { conversation: { ...conversation, tenantId } }),
    channelData: { ...channelData, tenant: { ...channelData?.tenant, id: tenantId } },
  }
}
