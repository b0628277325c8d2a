import type { Row } from '../tenants/tenant.ts'
import { FilterSyntax, parseExpression } from './filter-syntax.ts'
import type { Expression, Literal } from './filter-syntax.ts'
import { unsupportedQuery } from './respond.ts'
import type { Refusal } from './respond.ts'

/** Property path → the operators that Graph documents for it, for example `eq ne not in startswith`. */
export type FilterRules = Readonly<Record<string, string>>

export interface Filter {
  readonly matches: (row: Row) => boolean
  /** Whether it uses an operator that directory objects only allow as an advanced query. */
  readonly advanced: boolean
  /** The properties that it compares. */
  readonly properties: ReadonlySet<string>
}

/** Parses `$filter` against what the collection supports; anything else is refused as Graph refuses it. */
export function parseFilter(source: string, rules: FilterRules): Filter | Refusal {
  try {
    const expression = parseExpression(source)
    const used = check(expression, rules, '', false)
    if (typeof used === 'string') return unsupportedQuery(used)
    return { matches: (row) => evaluate(expression, row), advanced: used.advanced, properties: new Set(propertiesIn(expression)) }
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

function evaluate(expression: Expression, subject: unknown, variable?: string): boolean {
  switch (expression.kind) {
    case 'and':
      return evaluate(expression.left, subject, variable) && evaluate(expression.right, subject, variable)
    case 'or':
      return evaluate(expression.left, subject, variable) || evaluate(expression.right, subject, variable)
    case 'not':
      return !evaluate(expression.inner, subject, variable)
    case 'in':
      return expression.values.some((value) => compare('eq', valueAt(subject, expression.path, variable), value))
    case 'compare':
      return compare(expression.operator, valueAt(subject, expression.path, variable), expression.value)
    case 'any': {
      const items = valueAt(subject, expression.path, variable)
      return Array.isArray(items) && items.some((item) => evaluate(expression.inner, item, expression.variable))
    }
    case 'function': {
      const value = valueAt(subject, expression.path, variable)
      if (typeof value !== 'string' || typeof expression.value !== 'string') return false
      const [whole, part] = [value.toLowerCase(), expression.value.toLowerCase()]
      if (expression.name === 'startswith') return whole.startsWith(part)
      return expression.name === 'endswith' ? whole.endsWith(part) : whole.includes(part)
    }
  }
}

/** The value at a path such as `initiatedBy/user/id`; inside a lambda the path begins with its variable. */
export function valueAt(subject: unknown, path: string, variable?: string): unknown {
  const steps = path.split('/')
  if (variable !== undefined && steps[0] === variable) steps.shift()
  let value = subject
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return null
    value = Object.hasOwn(value, step) ? Reflect.get(value, step) : null
  }
  return value ?? null
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
