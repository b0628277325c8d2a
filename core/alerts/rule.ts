import type { Capability } from '../principal.ts'
import type { Severity } from '../posture/check.ts'
import type { AlertView } from './view.ts'

/** A whole number within limits, or one of a few words. */
export type AlertParameter =
  | {
      readonly kind: 'number'
      readonly name: string
      readonly title: string
      readonly unit: 'days' | 'points' | 'scans'
      readonly least: number
      readonly most: number
      readonly starts: number
    }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly title: string
      readonly choices: readonly { readonly id: string; readonly title: string }[]
      readonly starts: string
    }
export type AlertValue = number | string
export type AlertValues = Readonly<Record<string, AlertValue>>

/** Something that is so in the tenant now. While it stays so, its key stays the same. */
export interface Condition {
  readonly key: string
  /** Name of the object as the tenant gives it, to be cleaned before it is shown; '' where there is none. */
  readonly name: string
  /** What the rule's sentence is made of: numbers, dates, and words of Microsoft's or our own. */
  readonly values: AlertValues
  /** Path of the page of the tab that shows it. */
  readonly path: string
}

/** What a rule saw, by the part that was looked at; a part that could not be read stays as it was. */
export type Looked = Readonly<Record<string, readonly Condition[] | 'notKnown'>>

/** What people can be told about. */
export interface AlertRule {
  /** Kebab-case; stored, and written by people in chat and on the command line. Never reused. */
  readonly id: string
  readonly title: string
  /** One sentence: when it speaks. */
  readonly meaning: string
  /** How urgent a message is unless the tenant chooses otherwise. */
  readonly severity: Exclude<Severity, 'info'>
  readonly parameters: readonly AlertParameter[]
  /**
   * What the first look at a part makes of what stands already: news are what begins afterwards (`remembers`), and what waits for a
   * person is told of at once (`tells`).
   */
  readonly firstLook: 'remembers' | 'tells'
  /** What a person must be allowed to see to be told. */
  readonly needs: Capability
  readonly look: (view: AlertView, values: AlertValues) => Looked
  /** One sentence about a condition; `name` has been cleaned. */
  readonly say: (name: string, values: AlertValues) => string
}

export function defineAlertRule(rule: AlertRule): AlertRule {
  return rule
}

/** The number of a parameter; its starting value where none is stored or what is stored is no longer within the limits. */
export function numberOf(rule: Pick<AlertRule, 'parameters'>, values: AlertValues, name: string): number {
  const parameter = rule.parameters.find((one) => one.name === name)
  if (parameter?.kind !== 'number') throw new Error(`The rule has no number called ${name}.`)
  const value = values[name]
  return parameterProblem(parameter, value) === undefined && typeof value === 'number' ? value : parameter.starts
}

export function choiceOf(rule: Pick<AlertRule, 'parameters'>, values: AlertValues, name: string): string {
  const parameter = rule.parameters.find((one) => one.name === name)
  if (parameter?.kind !== 'choice') throw new Error(`The rule has no choice called ${name}.`)
  const value = values[name]
  return parameterProblem(parameter, value) === undefined && typeof value === 'string' ? value : parameter.starts
}

/** What is wrong with a value, or undefined. */
export function parameterProblem(parameter: AlertParameter, value: unknown): string | undefined {
  if (parameter.kind === 'choice')
    return parameter.choices.some(({ id }) => id === value)
      ? undefined
      : `${parameter.title} must be one of ${parameter.choices.map(({ id }) => id).join(', ')}.`
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= parameter.least && value <= parameter.most
  return fits ? undefined : `${parameter.title} must be a whole number from ${parameter.least} to ${parameter.most}.`
}

export function startingValues({ parameters }: Pick<AlertRule, 'parameters'>): AlertValues {
  return Object.fromEntries(parameters.map(({ name, starts }) => [name, starts]))
}
