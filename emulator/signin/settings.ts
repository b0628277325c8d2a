import { z } from 'zod'

const values = z.object({
  essential: z.boolean().optional(),
  value: z.string().min(1).optional(),
  values: z.array(z.string().min(1)).optional(),
})

/** What the control port may set on sign-in; every field left out keeps its value, null takes it away. */
export const settingsPatch = z.strictObject({
  /** Lifetime of access tokens in seconds. */
  accessTokenSeconds: z.number().int().min(1).max(86_400).nullable().optional(),
  /** A claims challenge that silent grants are refused with until the person signs in with it. Authentication contexts only. */
  requireClaims: z
    .strictObject({ access_token: z.strictObject({ acrs: values }) })
    .nullable()
    .optional(),
  /** People who must pass the second step, by user principal name. */
  mfaRequiredFor: z.array(z.string().min(1)).nullable().optional(),
  /** One person whom Conditional Access keeps out, by user principal name or object id. */
  conditionalAccessBlock: z
    .strictObject({ user: z.string().min(1), errorCode: z.number().int().min(50_000).max(7_000_000), policy: z.string().min(1) })
    .nullable()
    .optional(),
})

export type SettingsPatch = z.infer<typeof settingsPatch>

export interface Settings {
  /** Undefined: 60 minutes, or 24 hours for a client that declares continuous access evaluation. */
  accessTokenSeconds: number | undefined
  requiredContexts: readonly string[]
  mfaRequiredFor: ReadonlySet<string>
  conditionalAccessBlock: { readonly user: string; readonly errorCode: number; readonly policy: string } | undefined
}

export function defaultSettings(): Settings {
  return { accessTokenSeconds: undefined, requiredContexts: [], mfaRequiredFor: new Set(), conditionalAccessBlock: undefined }
}

/** Applies a patch in place. */
export function applySettings(settings: Settings, patch: SettingsPatch): void {
  if (patch.accessTokenSeconds !== undefined) settings.accessTokenSeconds = patch.accessTokenSeconds ?? undefined
  if (patch.requireClaims !== undefined) settings.requiredContexts = contextsOf(patch.requireClaims?.access_token.acrs)
  if (patch.mfaRequiredFor !== undefined) settings.mfaRequiredFor = new Set((patch.mfaRequiredFor ?? []).map((upn) => upn.toLowerCase()))
  if (patch.conditionalAccessBlock !== undefined) settings.conditionalAccessBlock = patch.conditionalAccessBlock ?? undefined
}

const claimsParameter = z.object({
  access_token: z.object({ acrs: values.nullish(), xms_cc: values.nullish() }).nullish(),
})

/** The parts of a `claims` parameter that sign-in acts on. */
export interface RequestedClaims {
  /** Authentication contexts asked for. */
  readonly contexts: readonly string[]
  /** Whether the client declares that it handles continuous access evaluation (`cp1`). */
  readonly handlesEvaluation: boolean
}

/** Reads a `claims` parameter; undefined when it is not JSON of the documented shape. */
export function readClaims(text: string | undefined): RequestedClaims | undefined {
  if (text === undefined || text === '') return { contexts: [], handlesEvaluation: false }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  const claims = claimsParameter.safeParse(parsed)
  if (!claims.success) return undefined
  const { acrs, xms_cc: capabilities } = claims.data.access_token ?? {}
  return { contexts: contextsOf(acrs), handlesEvaluation: contextsOf(capabilities).includes('cp1') }
}

function contextsOf(claim: z.infer<typeof values> | null | undefined): string[] {
  return [...(claim?.values ?? []), ...(claim?.value === undefined ? [] : [claim.value])]
}
