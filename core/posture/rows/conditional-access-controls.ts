import { z } from 'zod'

const names = z.array(z.string())
const switched = z.boolean().nullable().default(null)
const text = z.string().nullable().default(null)

/** What a sign-in must fulfil. A strength is given with the combinations of methods that it accepts. */
export const grantControls = z.object({
  operator: text,
  builtInControls: names,
  // Members that older answers leave out: absent is not configured.
  customAuthenticationFactors: names.default([]),
  termsOfUse: names.default([]),
  authenticationStrength: z.object({ id: z.string(), allowedCombinations: names }).nullable().default(null),
})

/** What holds for the session after the sign-in. A control counts only where `isEnabled` is true. */
export const sessionControls = z.object({
  signInFrequency: z
    .object({ isEnabled: switched, type: text, value: z.number().nullable().default(null), frequencyInterval: text })
    .nullable()
    .default(null),
  persistentBrowser: z.object({ isEnabled: switched, mode: text }).nullable().default(null),
  applicationEnforcedRestrictions: z.object({ isEnabled: switched }).nullable().default(null),
  secureSignInSession: z.object({ isEnabled: switched }).nullable().default(null),
  disableResilienceDefaults: switched,
})
