import type { z } from 'zod'
import type { Json } from '../digest.ts'
import type { Role } from '../principal.ts'
import type { ObjectType, Values } from '../posture/check.ts'

/** A state-changing Graph v1.0 request as data. Only a Warrant can carry it to Graph. */
export interface GraphWrite {
  readonly method: 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  /** Path below /v1.0, for example '/users/{id}', with ids filled in. */
  readonly path: string
  readonly body: Json
}

/** A GET below /v1.0. `advanced`: a query that Graph answers only with ConsistencyLevel: eventual. */
export interface GraphRead {
  readonly path: string
  readonly advanced?: true
}

/**
 * What a later reading must show; data, so that it can be stored, hashed and judged again offline. A field may lead into
 * an object: `defaultUserRolePermissions/allowedToCreateApps`.
 */
export type Expectation =
  | { readonly kind: 'equals'; readonly field: string; readonly value: Json }
  | { readonly kind: 'lacks'; readonly list: string; readonly field: string; readonly value: Json }
  | { readonly kind: 'has'; readonly list: string; readonly field: string; readonly value: Json }
  | { readonly kind: 'all'; readonly of: readonly Expectation[] }
  | { readonly kind: 'notBefore'; readonly field: string; readonly since: string }
  | { readonly kind: 'gone' }

/** What the tenant's own directoryAudit row must say for this step. */
export interface EchoExpectation {
  /** Any of these activityDisplayName values, trimmed for the comparison. */
  readonly activities: readonly string[]
  readonly targetId: string
  /** Expected entry of targetResources[].modifiedProperties, where Graph writes one. */
  readonly modified?: {
    readonly name: string
    readonly newValueContains: string
    /** Of what was taken away, Graph writes the old value and leaves the new one null. */
    readonly oldValueContains?: string
  }
}

/** `set` may be redone, `delete` is done when gone, `action` is proven by a time stamp, `create` searches its natural key first. */
export type StepClass = 'set' | 'delete' | 'action' | 'create'

/** Stands in a plan for the id of what a `create` step makes. */
export const createdMark = '{created}'

export interface PlanStep {
  readonly class: StepClass
  /** The object that this step touches: of a plan with one step, the plan's subject. */
  readonly about: Subject
  readonly write: GraphWrite
  readonly readBack: { readonly read: GraphRead; readonly expect: Expectation }
  /** What `readBack.read` must show right before a step that is not the first; the first is guarded by the plan's pre-state. */
  readonly before?: Expectation
  /**
   * The write that restores the touched fields and what must hold before it may run; null with the reason in the action's
   * `undo`. `{created}` in a path, or as an echo's target, stands for the id of what a `create` step made: the entry that its read-back found.
   */
  readonly undo: {
    readonly write: GraphWrite
    readonly readBack: { readonly read: GraphRead; readonly expect: Expectation }
    readonly echo: EchoExpectation
  } | null
  readonly echo: EchoExpectation
}

export interface Subject {
  readonly type: ObjectType
  readonly id: string
  readonly name: string
  /** User principal name or app id: what tells two objects of one name apart. */
  readonly qualifier: string
}

/** One field of the preview: what is now and what will be. */
export interface Change {
  /** ICU message id of the field's name. */
  readonly field: string
  readonly before: string
  readonly after: string
}

export type Plan =
  | {
      readonly kind: 'plan'
      readonly subject: Subject
      readonly changes: readonly Change[]
      readonly steps: readonly PlanStep[]
      /** The touched fields as they were read: bound into the proposal and compared right before writing. */
      readonly preState: Json
      /** Reasons of `warnings` in the action entry that the card must show. */
      readonly warnings: readonly { readonly reason: string; readonly values: Values }[]
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly values: Values }

/** Answers to `reads(input)`, in order; `undefined` is a 404. */
export type PreStateAnswers = readonly (Json | undefined)[]

/** One part of an action's input: what a person picks or writes. */
export interface InputField {
  /** Name in the input schema. */
  readonly name: string
  readonly title: string
  readonly is: 'user' | 'guest' | 'guests' | 'users' | 'group' | 'application' | 'servicePrincipal' | 'policy' | 'role' | 'id' | 'choice'
  /** Values of a choice with their titles. */
  readonly choices?: Readonly<Record<string, string>>
}

/** What the action changes for others: decides which questions are asked of the last scan before anything is proposed. */
export type Touches =
  'signIn' | 'account' | 'role' | 'groupMembership' | 'application' | 'servicePrincipal' | 'consent' | 'policy' | 'tenantSetting'

/** What an entry of the catalogue declares beside its plan. */
export interface ActionEntry<Id extends string = string> {
  readonly id: Id
  readonly title: string
  /** ICU message for a proposal, values: name, qualifier. */
  readonly proposalTitle: string
  readonly why: string
  /** `high` needs two people. */
  readonly impact: 'normal' | 'high'
  /** Whether a tenant that has not chosen has it switched on. */
  readonly starts: 'on' | 'off'
  /** The least licence of the tenant with which Graph carries it out. */
  readonly licence: 'free' | 'p1' | 'p2'
  readonly inputs: readonly InputField[]
  readonly touches: readonly Touches[]
  readonly writeScopes: readonly string[]
  /** Pre-state, read-back and audit log: listed apart. */
  readonly proofScopes: readonly string[]
  /** Least Entra role the actor needs, with the reason it is the least, and the narrowest scope at which it can be assigned. */
  readonly directoryRole: {
    readonly name: string
    readonly templateId: string | 'custom'
    readonly actions: readonly string[]
    readonly because: string
    readonly scope: 'tenant' | 'administrativeUnit' | 'object'
  }
  readonly requesters: readonly Role[]
  readonly countersigners: readonly Role[]
  /** ICU messages by reason: refusals and warnings that `plan` can give. */
  readonly reasons: Readonly<Record<string, string>>
  /** The touched fields that are read before and compared right before the write. */
  readonly preStateFields: readonly string[]
  /** Every activityDisplayName that a step's echo may ask for. */
  readonly auditActivities: readonly string[]
  /** What somebody could do who stole a token with these scopes and this role. */
  readonly ifStolen: string
  /** What only a live tenant can confirm about the write; null when the documentation leaves nothing open. */
  readonly unconfirmed: string | null
  /** Days in which undo is offered, or why there is none (ICU message). */
  readonly undo: { readonly possible: true; readonly days: number } | { readonly possible: false; readonly because: string }
}

export interface PlanContext {
  /** Milliseconds since 1970, UTC. */
  readonly now: number
  readonly requestedBy: string
  readonly aidId: string
}

interface ActionDefinition<Id extends string, Input> extends ActionEntry<Id> {
  readonly input: z.ZodType<Input>
  readonly reads: (input: Input) => readonly GraphRead[]
  /** Reads that follow from the first answers; their answers come after those. */
  readonly readsAfter?: (input: Input, answers: PreStateAnswers) => readonly GraphRead[]
  /** Pure: same input, same answers, same time → same plan. */
  readonly plan: (input: Input, answers: PreStateAnswers, context: PlanContext) => Plan
}

/** An action with its input parsed: what to read first, and the plan that follows from the answers. */
export interface PreparedAction {
  readonly input: Json
  readonly reads: readonly GraphRead[]
  readsAfter(answers: PreStateAnswers): readonly GraphRead[]
  plan(answers: PreStateAnswers, context: PlanContext): Plan
}

export type Preparation =
  | { readonly kind: 'ready'; readonly prepared: PreparedAction }
  | { readonly kind: 'badInput'; readonly issues: readonly { readonly path: string; readonly message: string }[] }

/** A catalogue entry; its input type is closed inside `prepare`, the one edge at which foreign input is parsed. */
export interface Action<Id extends string = string> extends ActionEntry<Id> {
  readonly inputSchema: z.ZodType
  /** Text of the functions that decide what is sent, for the catalogue's version. */
  readonly source: string
  prepare(raw: unknown): Preparation
}

export function defineAction<const Id extends string, Input extends Json>(definition: ActionDefinition<Id, Input>): Action<Id> {
  const { input: inputSchema, reads, readsAfter, plan, ...entry } = definition
  return {
    ...entry,
    inputSchema,
    source: [reads, readsAfter, plan].map(String).join('\n'),
    prepare(raw) {
      const parsed = inputSchema.safeParse(raw)
      if (!parsed.success)
        return { kind: 'badInput', issues: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })) }
      const input = parsed.data
      return {
        kind: 'ready',
        prepared: {
          input,
          reads: reads(input),
          readsAfter: (answers) => readsAfter?.(input, answers) ?? [],
          plan: (answers, context) => plan(input, answers, context),
        },
      }
    },
  }
}
