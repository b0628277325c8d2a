import { z } from 'zod'

const names = z.array(z.string())
const nullableSwitch = z.boolean().nullable().default(null)

/** Whom a feature is for; the id `all_users` is everybody. */
export const featureTarget = z
  .object({ id: z.string().nullable().default(null), targetType: z.string().nullable().default(null) })
  .nullable()
  .default(null)

const feature = z
  .object({ state: z.string().nullable().default(null), includeTarget: featureTarget, excludeTarget: featureTarget })
  .nullable()
  .default(null)

/**
 * One sign-in method with the members of every kind of method: what a method does not have is null.
 * https://learn.microsoft.com/graph/api/resources/authenticationmethodconfiguration
 */
export const authenticationMethod = z.object({
  /** Fido2, MicrosoftAuthenticator, Sms, Voice, Email, TemporaryAccessPass … */
  id: z.string().min(1).max(200),
  state: z.string(),
  includeTargets: z.array(z.object({ id: z.string() })).default([]),
  /** Groups that are left out; null where an answer does not say. */
  excludeTargets: z
    .array(z.object({ id: z.string() }))
    .nullable()
    .default(null),
  isAttestationEnforced: nullableSwitch,
  keyRestrictions: z
    .object({ isEnforced: nullableSwitch, enforcementType: z.string().nullable().default(null), aaGuids: names.nullable().default(null) })
    .nullable()
    .default(null),
  isUsableOnce: nullableSwitch,
  isSoftwareOathEnabled: nullableSwitch,
  featureSettings: z
    .object({ displayAppInformationRequiredState: feature, displayLocationInformationRequiredState: feature })
    .nullable()
    .default(null),
})
