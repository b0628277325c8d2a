import type { Json } from '../digest.ts'
import { canonicalJson } from '../digest.ts'
import type { Expectation } from './action.ts'

/** What a read-back said about an expectation. `unclear` means that the answer cannot settle it. */
export type Met = 'met' | 'notMet' | 'unclear'

/** Judges one answer; `undefined` is a 404. Pure, so that a reader can judge a receipt again. */
export function judgeExpectation(expectation: Expectation, answer: Json | undefined): Met {
  if (expectation.kind === 'gone') return answer === undefined ? 'met' : 'notMet'
  if (answer === undefined) return 'unclear'
  switch (expectation.kind) {
    case 'equals': {
      const value = member(answer, expectation.field)
      if (value === undefined) return 'unclear'
      return canonicalJson(value) === canonicalJson(expectation.value) ? 'met' : 'notMet'
    }
    case 'lacks': {
      const list = member(answer, expectation.list)
      if (!isList(list)) return 'unclear'
      return list.some((entry) => canonicalJson(member(entry, expectation.field) ?? null) === canonicalJson(expectation.value))
        ? 'notMet'
        : 'met'
    }
    case 'notBefore': {
      const value = member(answer, expectation.field)
      if (typeof value !== 'string') return 'unclear'
      const time = Date.parse(value)
      if (Number.isNaN(time)) return 'unclear'
      return time >= Date.parse(expectation.since) ? 'met' : 'notMet'
    }
  }
}

/** A member of a JSON object, or undefined; own members only. */
export function member(value: Json, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? (value as { readonly [key: string]: Json })[name] : undefined
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
