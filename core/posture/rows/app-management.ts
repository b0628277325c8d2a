import { z } from 'zod'
import { graphTime } from './graph-values.ts'

/** One restriction on credentials. A restriction on addition has no lifetime; the year 1 stands for all applications. */
export const credentialRestriction = z.object({
  restrictionType: z.string().max(200).nullable(),
  state: z
    .string()
    .max(200)
    .nullish()
    .transform((state) => state ?? null),
  maxLifetime: z
    .string()
    .max(200)
    .nullish()
    .transform((lifetime) => lifetime ?? null),
  restrictForAppsCreatedAfterDateTime: graphTime.nullish().transform((time) => time ?? null),
})
export type CredentialRestriction = z.infer<typeof credentialRestriction>

/** Both lists are nullable; null restricts nothing. https://learn.microsoft.com/graph/api/resources/appmanagementconfiguration */
export const credentialRestrictions = z
  .object({
    passwordCredentials: z
      .array(credentialRestriction)
      .nullish()
      .transform((list) => list ?? []),
    keyCredentials: z
      .array(credentialRestriction)
      .nullish()
      .transform((list) => list ?? []),
  })
  .nullish()
  .transform((restrictions) => restrictions ?? { passwordCredentials: [], keyCredentials: [] })
