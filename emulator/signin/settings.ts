import { z } from 'zod'

const values = z.object({
  essential: z.boolean().optional(),
  value: z.string().min(1).optional(),
  values: z.array(z.string().min(1)).optional(),
})

/** What a person brings to every sign-in, where the tenant's own policies are evaluated. What is left out is not there. */
const evidence = z.strictObject({
  /** Undefined: what the second step of the pages gave. */
  mfa: z.boolean().optional(),
  /** A key or a certificate; it is a second factor too. */
  phishingResistant: z.boolean().optional(),
  compliantDevice: z.boolean().optional(),
  joinedDevice: z.boolean().optional(),
  termsOfUse: z.boolean().optional(),
  /** The address that loopback stands for. */
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2).optional(),
})
export type SettableEvidence = z.infer<typeof evidence>

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
  /** Whether the tenant's own switched-on Conditional Access policies decide; off at the start. */
  evaluatePolicies: z.boolean().nullable().optional(),
  /** What people bring, by user principal name; `*` is everybody who is not named. Replaces what was set. */
  evidence: z.record(z.string().min(1), evidence).nullable().optional(),
})

export type SettingsPatch = z.infer<typeof settingsPatch>

export interface Settings {
  /** Undefined: 60 minutes, or 24 hours for a client that declares continuous access evaluation. */
  accessTokenSeconds: number | undefined
  requiredContexts: readonly string[]
  mfaRequiredFor: ReadonlySet<string>
  conditionalAccessBlock: { readonly user: string; readonly errorCode: number; readonly policy: string } | undefined
  evaluatePolicies: boolean
  evidence: ReadonlyMap<string, SettableEvidence>
}

/** What the person brings to a sign-in; nothing unless the control port set it. */
export function evidenceOf({ evidence: set }: Settings, userPrincipalName: string): SettableEvidence {
  return set.get(userPrincipalName.toLowerCase()) ?? set.get('*') ?? {}
}

export function defaultSettings(): Settings {
  return {
    accessTokenSeconds: undefined,
    requiredContexts: [],
    mfaRequiredFor: new Set(),
    conditionalAccessBlock: undefined,
    evaluatePolicies: false,
    evidence: new Map(),
  }
}

/** Applies a patch in place. */
export function applySettings(settings: Settings, patch: SettingsPatch): void {
  if (patch.accessTokenSeconds !== undefined) settings.accessTokenSeconds = patch.accessTokenSeconds ?? undefined
  if (patch.requireClaims !== undefined) settings.requiredContexts = contextsOf(patch.requireClaims?.access_token.acrs)
  if (patch.mfaRequiredFor !== undefined) settings.mfaRequiredFor = new Set((patch.mfaRequiredFor ?? []).map((upn) => upn.toLowerCase()))
  if (patch.conditionalAccessBlock !== undefined) settings.conditionalAccessBlock = patch.conditionalAccessBlock ?? undefined
  if (patch.evaluatePolicies !== undefined) settings.evaluatePolicies = patch.evaluatePolicies ?? false
  if (patch.evidence !== undefined)
    settings.evidence = new Map(Object.entries(patch.evidence ?? {}).map(([upn, brought]) => [upn.toLowerCase(), brought]))
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
