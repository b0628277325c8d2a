import { controlsOf } from './control-frameworks.ts'
import type { Json } from '../digest.ts'
import type { FactKey, Licence, UnreadReason } from './fact.ts'
import type { FactId, FactRow } from './facts.ts'
import type { Settings } from './settings.ts'
import type { BaselineParameters } from './baseline.ts'
import type { OwnValue } from './parameters/parameter.ts'
import type { SubscriptionKind } from './rules/plan-licence.ts'

export const areas = ['applications', 'conditionalAccess', 'authentication', 'privilegedRoles', 'guestsAndUsers', 'devicesAndSync'] as const
export type Area = (typeof areas)[number]
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof severities)[number]

export const objectTypes = ['tenant', 'user', 'group', 'application', 'servicePrincipal', 'policy', 'role'] as const
export type ObjectType = (typeof objectTypes)[number]

/** Values for ICU messages. Dates are ISO strings and rendered by the reader's locale. */
export type Values = Readonly<Record<string, string | number | boolean>>

/** An object of the tenant that a verdict is about. */
export interface AffectedObject {
  readonly type: ObjectType
  /** Graph object id. */
  readonly id: string
  readonly name: string
  /** A part of the object, for example a secret's key id; '' for the whole object. */
  readonly part?: string
  readonly values?: Values
  readonly severity?: Severity
  readonly basis: readonly FactKey[]
}

export const nearMissKinds = ['user', 'group', 'guests', 'application'] as const

/** Something that a policy leaves out and that would have to be declared as an exception. */
export interface NearMissObject {
  readonly kind: (typeof nearMissKinds)[number]
  readonly id: string
  /** The id where it is not known. */
  readonly name: string
  /** What the directory says of it; absent where that was not read. */
  readonly found?:
    | { readonly is: 'member' | 'guest'; readonly userPrincipalName: string }
    /** `people` of the tenant in the group, however deep, and `others`: guests, devices, applications; null where its members were not read. */
    | { readonly is: 'group'; readonly people: number | null; readonly others: number | null }
    | { readonly is: 'application' }
    /** The directory no longer lists it. */
    | { readonly is: 'gone' }
}

/** The policy that comes nearest to what a check asks for, and the least that would make it count by itself. */
export interface NearMiss {
  readonly policyId: string
  readonly policyName: string
  readonly undeclared: readonly NearMissObject[]
  /** It would have to be switched from report-only to on. */
  readonly reportOnly: boolean
  /** It would have to be switched on. */
  readonly switchedOff: boolean
  /** Conditions that would have to be taken away, as Graph names them. */
  readonly narrowing: readonly string[]
  /** Whether the check passes with all of them declared and nothing else changed: judged with the declaration in place. */
  readonly passesOnceDeclared?: boolean
}

/** Put there by the judge: values of the tenant's own that a verdict rests on, where they differ from the baseline's. Absent where there is none. */
interface OnOwnValues {
  readonly ownValues?: readonly OwnValue[]
}

/** `manual` is declared by the check (v1.0 cannot tell); `unknown` is made by the judge alone. */
export type Verdict =
  | (OnOwnValues & { readonly verdict: 'pass'; readonly reason: string; readonly values: Values; readonly basis: readonly FactKey[] })
  | (OnOwnValues & {
      readonly verdict: 'fail' | 'warn'
      readonly reason: string
      readonly values: Values
      readonly objects: readonly AffectedObject[]
      /** Affected objects beyond the 10,000 that the judge lists; absent when it lists them all. `values.count` counts all. */
      readonly unlisted?: number
      readonly basis: readonly FactKey[]
      readonly severity?: Severity
      /** Given by checks that ask for a policy, where one is near. */
      readonly nearMiss?: NearMiss
    })
  | (OnOwnValues & { readonly verdict: 'notApplicable'; readonly reason: string; readonly values: Values })
  | (OnOwnValues & { readonly verdict: 'manual'; readonly reason: string; readonly values: Values })
export type Unknown = { readonly verdict: 'unknown'; readonly reason: UnreadReason; readonly fact: string; readonly detail: string }
export type VerdictName = (Verdict | Unknown)['verdict']

/** What one row adds in a row check; nothing means the row is fine. */
export type RowVerdict = readonly { readonly verdict: 'fail' | 'warn'; readonly object: AffectedObject }[]

export interface JudgeContext {
  /** Milliseconds since 1970, UTC: the snapshot's time, never the machine's. */
  readonly now: number
  readonly settings: Settings
  readonly parameters: BaselineParameters
}

/** Opens *Fix with the Aid* for one affected object. */
export interface Fix {
  readonly action: string
  /** The action's input; undefined where this object has no safe fix. */
  readonly input: (object: AffectedObject) => Readonly<Record<string, Json>> | undefined
  /** The action that mends several objects by one plan, with its input and the most objects that it takes. */
  readonly several?: {
    readonly action: string
    readonly most: number
    readonly input: (objects: readonly AffectedObject[]) => Readonly<Record<string, Json>>
  }
}

export function fixWith(action: string, input: Fix['input'], several?: Fix['several']): Fix {
  return { action, input, ...(several ? { several } : {}) }
}

interface CheckEntry {
  /** Kebab-case; file name, test name and doc anchor. Never reused. */
  readonly id: string
  /** Code of the public catalogue, for example 'APP-01'. */
  readonly code: string
  readonly area: Area
  readonly severity: Severity
  readonly title: string
  /** ICU message; its values come from the verdict. */
  readonly failTitle: string
  readonly why: string
  /** ICU messages by the verdict's `reason`; every reason that `judge` can give is listed. */
  readonly reasons: Readonly<Record<string, string>>
  /** ICU message for one affected object; its values are the object's. */
  readonly objectReason: string
  readonly remediation: readonly string[]
  /** Entra admin centre page where a person looks. */
  readonly portal: string
  readonly fix?: Fix
  readonly frameworks: Readonly<Partial<Record<Framework, readonly string[]>>>
  readonly licence?: Licence
  /** Another subscription, without which Graph refuses what the check needs: it then gives the reason `notLicensed` and does not apply. */
  readonly subscription?: SubscriptionKind
  /** Each affected object is a fault of its own, so that the score counts them; row checks always are. */
  readonly perObject?: true
  /** Numbers among an object's values of which more, or less, is worse; what happened between two scans is told by them. */
  readonly worseWhen?: Readonly<Record<string, 'higher' | 'lower'>>
}
export const frameworks = ['scuba', 'cis', 'eidsca', 'attack', 'maester', 'zeroTrust', 'prowler', 'iso27001', 'soc2'] as const
export type Framework = (typeof frameworks)[number]

type WholeFacts<Needs extends FactId> = { readonly [Id in Needs]: readonly FactRow<Id>[] }

/** Looks at whole facts and gives one verdict. A fail without objects is about the tenant. */
export interface TenantCheck<Needs extends FactId = FactId> extends CheckEntry {
  readonly each?: undefined
  readonly needs: readonly Needs[]
  judge(facts: WholeFacts<Needs>, context: JudgeContext): Verdict
  readonly summary?: undefined
}

/** Sees one row at a time of the facts in `each`, plus whole facts; memory stays flat. */
export interface RowCheck<Each extends FactId = FactId, Needs extends FactId = FactId> extends CheckEntry {
  readonly each: readonly Each[]
  readonly needs: readonly Needs[]
  judge(
    row: { [Id in Each]: { readonly fact: Id; readonly row: FactRow<Id> } }[Each],
    facts: WholeFacts<Needs>,
    context: JudgeContext,
  ): RowVerdict
  /** Reasons of the verdict over all rows; its values are `count` (objects), `failing`, `warning` and what `values` adds. */
  readonly summary: {
    readonly pass: string
    readonly fail: string
    readonly warn: string
    readonly values?: (context: JudgeContext) => Values
  }
}

/** Erased form, for lists and for the judge. */
export interface AnyCheck extends CheckEntry {
  readonly each?: readonly FactId[] | undefined
  readonly needs: readonly FactId[]
  readonly judge: (...input: never[]) => Verdict | RowVerdict
  readonly summary?: RowCheck['summary'] | undefined
}

export function defineCheck<const Needs extends FactId>(check: TenantCheck<Needs>): TenantCheck<Needs>
export function defineCheck<const Each extends FactId, const Needs extends FactId>(check: RowCheck<Each, Needs>): RowCheck<Each, Needs>
export function defineCheck<Check extends CheckEntry>(check: Check): Check {
  // The general controls follow from the code; what the entry names itself stays.
  return { ...check, frameworks: { ...check.frameworks, ...controlsOf(check.code) } }
}

export interface CheckResult {
  readonly checkId: string
  readonly outcome: Verdict | Unknown
}

/** Affected objects that the verdict counts and does not list. */
export function unlistedIn(outcome: CheckResult['outcome'] | undefined): number {
  return outcome?.verdict === 'fail' || outcome?.verdict === 'warn' ? (outcome.unlisted ?? 0) : 0
}
