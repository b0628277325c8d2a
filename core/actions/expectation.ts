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
      const value = memberAt(answer, expectation.field)
      if (value === undefined) return 'unclear'
      return canonicalJson(value) === canonicalJson(expectation.value) ? 'met' : 'notMet'
    }
    case 'lacks':
    case 'has': {
      const list = memberAt(answer, expectation.list)
      if (!isList(list)) return 'unclear'
      return (entryIn(list, expectation) !== undefined) === (expectation.kind === 'has') ? 'met' : 'notMet'
    }
    case 'all': {
      const each = expectation.of.map((one) => judgeExpectation(one, answer))
      if (each.includes('notMet')) return 'notMet'
      return each.includes('unclear') ? 'unclear' : 'met'
    }
    case 'notBefore': {
      const value = memberAt(answer, expectation.field)
      if (typeof value !== 'string') return 'unclear'
      const time = Date.parse(value)
      if (Number.isNaN(time)) return 'unclear'
      return time >= Date.parse(expectation.since) ? 'met' : 'notMet'
    }
  }
}

/** Graph id of the entry that a `has` found: what a `create` step made. */
export function createdId(expectation: Expectation, answer: Json): string | undefined {
  const has = expectation.kind === 'all' ? expectation.of.find(({ kind }) => kind === 'has') : expectation
  if (has?.kind !== 'has') return undefined
  const list = memberAt(answer, has.list)
  const id = isList(list) ? member(entryIn(list, has) ?? null, 'id') : undefined
  return typeof id === 'string' ? id : undefined
}

function entryIn(list: readonly Json[], { field, value }: { readonly field: string; readonly value: Json }): Json | undefined {
  return list.find((entry) => canonicalJson(memberAt(entry, field) ?? null) === canonicalJson(value))
}

/** A member some levels down, its names divided by '/'. */
function memberAt(value: Json, path: string): Json | undefined {
  return path.split('/').reduce<Json | undefined>((inner, name) => (inner === undefined ? undefined : member(inner, name)), value)
}

/** A member of a JSON object, or undefined; own members only. */
export function member(value: Json, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? (value as { readonly [key: string]: Json })[name] : undefined
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
