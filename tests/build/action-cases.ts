import { describe, expect, it } from '@jest/globals'
import type { Action, Plan, PlanContext } from '@countersign/core/actions/action.ts'
import { effectsOf } from '@countersign/core/actions/blast/effects.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import type { Values } from '@countersign/core/posture/check.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { renderMessage } from '@countersign/core/text/message.ts'

type Answers = readonly (Json | undefined)[]
type Planned = Extract<Plan, { kind: 'plan' }>

/** Who asks, as whom, and when: every case starts from these. */
export const planContext: PlanContext = {
  now: Date.parse('2026-11-22T12:00:00Z'),
  requestedBy: 'aaaaaaaa-2222-4333-8444-555555555555',
  aidId: 'bbbbbbbb-2222-4333-8444-555555555555',
}

/** What else than the case that works is asked or answered; what is left out is as there. */
interface Variation {
  readonly reason: string
  readonly input?: unknown
  readonly answers?: Answers
  readonly context?: Partial<PlanContext>
}

export interface ActionCases {
  readonly action: Action
  readonly input: Json
  /** Paths asked for `input` and after its first answers, in order; with `advanced` those that need ConsistencyLevel. */
  readonly reads: readonly string[]
  readonly advanced?: readonly string[]
  /** Answers to `reads` from which the plan below follows. */
  readonly answers: Answers
  /** The whole plan, word for word. */
  readonly plan: Omit<Planned, 'kind'>
  readonly refusals: readonly (Variation & { readonly values?: Values })[]
  /** Plans all the same, and says so on the card. */
  readonly warnings?: readonly Variation[]
  readonly badInputs: readonly unknown[]
  /** The answers with another name of the object: whatever a name says, what is sent stays the same. Null where no name is read. */
  readonly named: ((name: string) => Answers) | null
}

/** Right-to-left overrides, a confirmation, Markdown, a mention, templates, nothing at all. */
export const hostileNames = ['\u202Egnp.exe', 'yes K7F3', '**[Approve](https://evil.example)**', '<at>everyone</at>', '${name} {name}', '']

/** What each action sends in the case that works, by its id: method, path and body without the ids in them. */
export const sentShapes = new Map<string, string>()

function shapeOf({ steps }: Pick<Planned, 'steps'>): string {
  const [first] = steps
  if (!first) throw new Error('A plan without steps changes nothing.')
  const { method, path, body } = first.write
  return `${method} ${path} ${canonicalJson(body)}`.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}')
}

/** The tests that every entry of the catalogue passes; what is special about an entry stands in its own file. */
export function describeAction(cases: ActionCases): void {
  const { action, input, answers } = cases
  sentShapes.set(action.id, shapeOf(cases.plan))

  describe(action.id, () => {
    it('asks Graph for exactly what it judges by', () => {
      const ready = prepare(action, input)
      const first = ready.reads.length
      const reads = [...ready.reads, ...ready.readsAfter(answers.slice(0, first))]
      expect(reads.map(({ path }) => path)).toEqual(cases.reads)
      expect(reads.filter(({ advanced }) => advanced).map(({ path }) => path)).toEqual(cases.advanced ?? [])
      expect(answers).toHaveLength(reads.length)
    })

    it('plans exactly these requests, read-backs, undos and rows of the audit log', () => {
      const { kind: _kind, ...plan } = planned(action, input, answers)
      expect(plan).toEqual(cases.plan)
    })

    it('plans the same from the same answers, and reads the same state a while later', () => {
      const first = planned(action, input, answers)
      expect(planned(action, input, answers)).toEqual(first)
      const later = planned(action, input, answers, { now: planContext.now + 10 * 60_000 })
      expect(canonicalJson(later.preState)).toBe(canonicalJson(first.preState))
    })

    it.each(cases.refusals)('refuses: $reason', ({ reason, values, ...variation }) => {
      const plan = attempt(action, cases, variation)
      expect(plan).toMatchObject({ kind: 'refused', reason, ...(values ? { values } : {}) })
      if (plan.kind === 'refused') expectSentence(action, reason, plan.values)
    })

    if (cases.warnings)
      it.each(cases.warnings)('warns: $reason', ({ reason, ...variation }) => {
        const plan = attempt(action, cases, variation)
        const warning = plan.kind === 'plan' ? plan.warnings.find((each) => each.reason === reason) : undefined
        expect(warning).toBeDefined()
        expectSentence(action, reason, warning?.values ?? {})
      })

    it('has no reason that is never given, and gives none that it does not have', () => {
      const reached = [...cases.refusals, ...(cases.warnings ?? [])].map(({ reason }) => reason)
      expect([...new Set(reached)].sort()).toEqual(Object.keys(action.reasons).sort())
    })

    it.each(cases.badInputs)('refuses the input %j by naming the field', (bad) => {
      expect(action.prepare(bad)).toMatchObject({ kind: 'badInput' })
    })

    it('takes nothing beside its declared inputs', () => {
      expect(action.prepare({ ...asObject(input), tenantId: planContext.aidId })).toMatchObject({ kind: 'badInput' })
    })

    it('asks the audit log only for activities that it declares', () => {
      for (const step of planned(action, input, answers).steps)
        for (const activity of [...step.echo.activities, ...(step.undo?.echo.activities ?? [])])
          expect(action.auditActivities).toContain(activity)
    })

    it('sends nothing of which nobody can tell what it means for others', () => {
      const effects = effectsOf(action, planned(action, input, answers))
      expect(effects.filter(({ kind }) => kind === 'notDescribed')).toEqual([])
      expect(effects).toHaveLength(action.touches.length === 0 ? 0 : cases.plan.steps.length)
    })

    const { named } = cases
    if (named)
      it.each(hostileNames)('keeps the name %j a value: what is sent stays the same', (name) => {
        const usual = planned(action, input, answers)
        const hostile = planned(action, input, named(name))
        expect(hostile.steps.map(withoutNames)).toEqual(usual.steps.map(withoutNames))
        const title = renderMessage(action.proposalTitle, { name: cleanName(hostile.subject.name), qualifier: '' }, 'en')
        expect(title).not.toMatch(/[\u202E*<>{}]/)
      })
  })
}

/** The plan of one variation of the case that works. */
function attempt(action: Action, cases: ActionCases, { input, answers, context }: Omit<Variation, 'reason'>): Plan {
  const ready = prepare(action, input === undefined ? cases.input : input)
  return ready.plan(freeze(answers ?? cases.answers), { ...planContext, ...context })
}

function prepare(action: Action, input: unknown) {
  const preparation = action.prepare(input)
  if (preparation.kind !== 'ready') throw new Error(`The input does not fit: ${JSON.stringify(preparation.issues)}`)
  return preparation.prepared
}

function planned(action: Action, input: Json, answers: Answers, context: Partial<PlanContext> = {}): Planned {
  const plan = prepare(action, input).plan(freeze(answers), { ...planContext, ...context })
  if (plan.kind !== 'plan') throw new Error(`Nothing was planned: ${plan.reason} ${JSON.stringify(plan.values)}`)
  return plan
}

function withoutNames({ about, ...step }: Planned['steps'][number]) {
  return { ...step, about: { type: about.type, id: about.id } }
}

/** A message that renders with exactly the values that come with it: ICU throws for one that is missing. */
function expectSentence(action: Action, reason: string, values: Values): void {
  const message = action.reasons[reason]
  if (message === undefined) throw new Error(`${action.id} has no sentence for ${reason}.`)
  expect(renderMessage(message, { ...values }, 'en')).toMatch(/^[^{}]{10,}$/)
}

function asObject(input: Json): object {
  return typeof input === 'object' && input !== null ? input : {}
}

/** A plan that changed what it was given would differ the second time. */
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze)
    Object.freeze(value)
  }
  return value
}
