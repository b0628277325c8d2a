import { subjectOf } from '../tenants/subject.ts'
import type { Matcher } from '../tenants/subject.ts'
import { FilterSyntax, parseExpression } from './filter-syntax.ts'
import type { Expression, Literal } from './filter-syntax.ts'
import { unsupportedQuery } from './respond.ts'
import type { Refusal } from './respond.ts'

/** Property path → the operators that Graph documents for it, for example `eq ne not in startswith`. */
export type FilterRules = Readonly<Record<string, string>>

export interface Filter {
  readonly matches: Matcher
  /** Whether it uses an operator that directory objects only allow as an advanced query. */
  readonly advanced: boolean
  /** The properties that it compares. */
  readonly properties: ReadonlySet<string>
  /** What each match must have: the comparisons by `eq` with a text that are joined by `and` alone. */
  readonly required: ReadonlyMap<string, string>
}

/** Parses `$filter` against what the collection supports; anything else is refused as Graph refuses it. */
export function parseFilter(source: string, rules: FilterRules): Filter | Refusal {
  try {
    const expression = parseExpression(source)
    const used = check(expression, rules, '', false)
    if (typeof used === 'string') return unsupportedQuery(used)
    return {
      matches: compile(expression),
      advanced: used.advanced,
      properties: new Set(propertiesIn(expression)),
      required: new Map(requiredIn(expression)),
    }
  } catch (error) {
    if (error instanceof FilterSyntax) return { status: 400, code: 'BadRequest', message: `Invalid filter clause: ${error.message}` }
    throw error
  }
}

function propertiesIn(expression: Expression): string[] {
  if ('path' in expression) return [expression.path]
  if (expression.kind === 'not') return propertiesIn(expression.inner)
  return [...propertiesIn(expression.left), ...propertiesIn(expression.right)]
}

function requiredIn(expression: Expression): (readonly [string, string])[] {
  if (expression.kind === 'and') return [...requiredIn(expression.left), ...requiredIn(expression.right)]
  if (expression.kind !== 'compare' || expression.operator !== 'eq' || typeof expression.value !== 'string') return []
  return [[expression.path, expression.value]]
}

/** Whether every property and operator is supported; the answer is Graph's message when one is not. */
function check(expression: Expression, rules: FilterRules, prefix: string, negated: boolean): { advanced: boolean } | string {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const left = check(expression.left, rules, prefix, negated)
      if (typeof left === 'string') return left
      const right = check(expression.right, rules, prefix, negated)
      return typeof right === 'string' ? right : { advanced: left.advanced || right.advanced }
    }
    case 'not': {
      const inner = check(expression.inner, rules, prefix, true)
      return typeof inner === 'string' ? inner : { advanced: true }
    }
    case 'any':
      return check(expression.inner, rules, `${expression.path}/${expression.variable}>`, negated)
    case 'in':
      return allowed(expression.path, 'in', rules, prefix, negated)
    case 'function':
      return allowed(expression.path, expression.name, rules, prefix, negated)
    case 'compare':
      return allowed(expression.path, expression.operator, rules, prefix, negated)
  }
}

function allowed(path: string, operator: string, rules: FilterRules, prefix: string, negated: boolean): { advanced: boolean } | string {
  const full = prefix === '' ? path : lambdaPath(path, prefix)
  const operators = rules[full]?.split(' ')
  if (!operators) return `Unsupported or invalid query filter clause specified for property '${full}' of resource.`
  if (!operators.includes(operator) || (negated && !operators.includes('not')))
    return `Unsupported query. Operator '${negated ? `not ${operator}` : operator}' is not supported for property '${full}'.`
  return { advanced: operator === 'ne' || operator === 'endswith' }
}

/** `targetResources/any(t: t/id eq …)` is the rule `targetResources/any/id`; over plain values it is `tags/any`. */
function lambdaPath(path: string, prefix: string): string {
  const [owner = '', variable = ''] = [prefix.slice(0, prefix.lastIndexOf('/')), prefix.slice(prefix.lastIndexOf('/') + 1, -1)]
  return path === variable ? `${owner}/any` : `${owner}/any/${path.slice(variable.length + 1)}`
}

/** Makes a filter ready once, so that passing a row costs little. */
function compile(expression: Expression): Matcher {
  switch (expression.kind) {
    case 'and': {
      const [left, right] = [compile(expression.left), compile(expression.right)]
      return (subject) => left(subject) && right(subject)
    }
    case 'or': {
      const alternatives = compileAlternatives(alternativesOf(expression))
      return (subject) => {
        for (const alternative of alternatives) if (alternative(subject)) return true
        return false
      }
    }
    case 'not': {
      const inner = compile(expression.inner)
      return (subject) => !inner(subject)
    }
    case 'in': {
      const { path, values } = expression
      return (subject) => {
        const value = subject.value(path)
        return values.some((wanted) => compare('eq', value, wanted))
      }
    }
    case 'compare': {
      const { path, operator, value } = expression
      return (subject) => compare(operator, subject.value(path), value)
    }
    case 'any': {
      const { path, variable } = expression
      const inner = compile(withoutVariable(expression.inner, variable))
      return (subject) => {
        const items = subject.value(path)
        return Array.isArray(items) && items.some((item) => inner(subjectOf(item)))
      }
    }
    case 'function':
      return compileFunction(expression.name, expression.path, expression.value)
  }
}

/** Beginnings of the same property are judged together, by their first letter: lists are cut into ranges by dozens of them. */
function compileAlternatives(alternatives: readonly Expression[]): Matcher[] {
  const beginnings = new Map<string, string[]>()
  const matchers: Matcher[] = []
  for (const one of alternatives) {
    if (one.kind !== 'function' || one.name !== 'startswith' || typeof one.value !== 'string' || one.value === '')
      matchers.push(compile(one))
    else beginnings.set(one.path, [...(beginnings.get(one.path) ?? []), one.value.toLowerCase()])
  }
  for (const [path, prefixes] of beginnings) {
    const byLetter = new Map<number, string[]>()
    for (const prefix of prefixes) {
      const letter = prefix.charCodeAt(0)
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), prefix])
    }
    matchers.push((subject) => byLetter.get(subject.firstLetter(path))?.some((prefix) => subject.startsWith(path, prefix)) ?? false)
  }
  return matchers
}

/** Long chains of `or` as one list. */
function alternativesOf(expression: Expression): Expression[] {
  return expression.kind === 'or' ? [...alternativesOf(expression.left), ...alternativesOf(expression.right)] : [expression]
}

function compileFunction(name: string, path: string, wanted: Literal): Matcher {
  if (typeof wanted !== 'string') return () => false
  const part = wanted.toLowerCase()
  if (name === 'startswith') return (subject) => subject.startsWith(path, part)
  return (subject) => {
    const value = subject.value(path)
    if (typeof value !== 'string') return false
    return name === 'endswith' ? value.toLowerCase().endsWith(part) : value.toLowerCase().includes(part)
  }
}

/** Inside a lambda paths begin with its variable; the item itself is the empty path. */
function withoutVariable(expression: Expression, variable: string): Expression {
  if ('path' in expression) {
    const [first, ...rest] = expression.path.split('/')
    return first === variable ? { ...expression, path: rest.join('/') } : expression
  }
  if (expression.kind === 'not') return { ...expression, inner: withoutVariable(expression.inner, variable) }
  return { ...expression, left: withoutVariable(expression.left, variable), right: withoutVariable(expression.right, variable) }
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T|$)/

function compare(operator: string, value: unknown, wanted: Literal): boolean {
  if (operator === 'ne') return !compare('eq', value, wanted)
  if (value === null || wanted === null) return operator === 'eq' && value === wanted
  const [left, right] = comparable(value, wanted)
  if (operator === 'eq') return left === right
  if (typeof left !== typeof right || typeof left === 'boolean') return false
  if (operator === 'ge') return left >= right
  if (operator === 'le') return left <= right
  return operator === 'gt' ? left > right : left < right
}

/** Graph compares text without regard to case, and moments as moments. */
function comparable(value: unknown, wanted: string | number | boolean): [string | number | boolean, string | number | boolean] {
  if (typeof value === 'string' && typeof wanted === 'string') {
    if (MOMENT.test(value) && MOMENT.test(wanted)) return [Date.parse(value), Date.parse(wanted)]
    return [value.toLowerCase(), wanted.toLowerCase()]
  }
  return [typeof value === 'number' || typeof value === 'boolean' ? value : String(value), wanted]
}
