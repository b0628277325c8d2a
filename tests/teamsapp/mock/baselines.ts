import { chooseBaseline, setParameter } from '@countersign/core/api/baselines.ts'
import { chooseSuppressedCounting, liftSuppression, type ShownSuppression } from '@countersign/core/api/suppressions.ts'
import type { Override } from '@countersign/core/posture/parameters/override.ts'
import { baselinesView, overrides, suppressions, suppressionsView } from '../sample-baselines.ts'
import { Refusal, type Answers } from './answer.ts'

/** What the tenant is judged by, and what is suppressed. */
export interface BaselinesState {
  baseline: string
  overrides: readonly Override[]
  suppressions: readonly ShownSuppression[]
  inScore: 'open' | 'leftOut'
  mayDeclare: boolean
  maySuppress: boolean
  judgedByBaseline: 'now' | 'before' | 'never'
  /** A refusal for the next change of a baseline or a parameter; used once. */
  refuseBaseline: { readonly title: string; readonly detail: string } | undefined
}

export function freshBaselines(): BaselinesState {
  return {
    baseline: 'scuba',
    overrides,
    suppressions,
    inScore: 'open',
    mayDeclare: true,
    maySuppress: true,
    judgedByBaseline: 'now',
    refuseBaseline: undefined,
  }
}

export const baselinesAnswers: Answers<BaselinesState> = {
  'get-baselines': ({ state }) => view(state),
  'choose-baseline': ({ state, body }) => {
    refusedOnce(state)
    state.baseline = chooseBaseline.body.parse(body).baseline
    return view(state)
  },
  'set-parameter': ({ state, path, body }) => {
    refusedOnce(state)
    const parameter = path.split('/').at(-1) ?? ''
    const { value, reason } = setParameter.body.parse(body)
    const own = {
      parameter,
      value,
      reason,
      by: '11111111-1111-4111-8111-111111111111',
      byName: 'Ada Lovelace',
      at: new Date().toISOString(),
    }
    state.overrides = [...state.overrides.filter((one) => one.parameter !== parameter), own]
    return view(state)
  },
  'withdraw-parameter': ({ state, path }) => {
    state.overrides = state.overrides.filter(({ parameter }) => parameter !== path.split('/').at(-2))
    return view(state)
  },
  'list-suppressions': ({ state, search }) => suppressionsView(state, search.get('state') === 'ended' ? 'ended' : 'active'),
  'lift-suppression': ({ state, id, body }) => {
    const { reason } = liftSuppression.body.parse(body)
    const ended = { state: 'lifted', endedAt: new Date().toISOString(), endedByName: 'Ada Lovelace', endedBecause: reason } as const
    state.suppressions = state.suppressions.map((one) => (one.id === id ? { ...one, ...ended } : one))
    return state.suppressions.find((one) => one.id === id)
  },
  'choose-suppressed-counting': ({ state, body }) => {
    state.inScore = chooseSuppressedCounting.body.parse(body).inScore
    return { inScore: state.inScore }
  },
}

function view({ baseline, overrides: own, mayDeclare, judgedByBaseline: judged }: BaselinesState) {
  return baselinesView(baseline, own, { mayDeclare, judged })
}

function refusedOnce(state: BaselinesState): void {
  const refusal = state.refuseBaseline
  state.refuseBaseline = undefined
  if (refusal) throw new Refusal({ ...refusal, status: 409 })
}
