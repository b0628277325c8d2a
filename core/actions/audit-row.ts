import { z } from 'zod'
import type { AuditRow } from './echo.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
const rowSchema = z.object({
  id: z.string().min(1).max(500),
  activityDateTime: z.string().max(100),
  activityDisplayName: z.string().max(500),
  correlationId: text,
  result: text,
  initiatedBy: z.object({ user: z.object({ id: text, userPrincipalName: text }).nullish() }).nullish(),
  targetResources: z
    .array(
      z.object({
        id: text,
        displayName: text,
        modifiedProperties: z.array(z.object({ displayName: text, oldValue: text, newValue: text })).nullish(),
      }),
    )
    .nullish(),
  additionalDetails: z.array(z.object({ key: text, value: text })).nullish(),
})

/** One directoryAudit row as Graph sent it; undefined where Graph's own schema would not allow it: such a row is proof of nothing. */
export function readAuditRow(raw: unknown): AuditRow | undefined {
  const parsed = rowSchema.safeParse(raw)
  if (!parsed.success) return undefined
  const { initiatedBy, targetResources, additionalDetails, ...row } = parsed.data
  return {
    id: row.id,
    activityDateTime: row.activityDateTime,
    activityDisplayName: row.activityDisplayName,
    correlationId: row.correlationId,
    result: row.result ?? '',
    initiatedByUserId: initiatedBy?.user?.id ?? null,
    initiatedByUpn: initiatedBy?.user?.userPrincipalName ?? null,
    targets: (targetResources ?? []).flatMap(({ id, displayName, modifiedProperties }) =>
      id === null
        ? []
        : [
            {
              id,
              displayName,
              modified: (modifiedProperties ?? []).map((property) => ({
                name: property.displayName ?? '',
                oldValue: property.oldValue,
                newValue: property.newValue,
              })),
            },
          ],
    ),
    userAgent: (additionalDetails ?? []).find(({ key }) => key === 'User-Agent')?.value ?? null,
  }
}
