import type { BaselineParameters } from '../baseline.ts'

/** What a parameter can hold: a whole number, yes or no, or a choice out of a list. */
export type ParameterValue = number | boolean | readonly string[]

interface Entry {
  /** camelCase; named in the API, on the command line and in files. Never reused. */
  readonly id: string
  readonly title: string
  /** What a value means, in one sentence. */
  readonly meaning: string
  /** Ids of the checks that look at it. */
  readonly checks: readonly string[]
}

export interface NumberParameter extends Entry {
  readonly kind: 'number'
  readonly unit: 'people' | 'days' | 'hours' | 'devices'
  readonly least: number
  readonly most: number
  /** In which direction less is asked for. */
  readonly looser: 'higher' | 'lower'
  readonly of: (parameters: BaselineParameters) => number
  readonly with: (parameters: BaselineParameters, value: number) => BaselineParameters
}

export interface ChoiceParameter extends Entry {
  readonly kind: 'choices'
  readonly choices: readonly { readonly id: string; readonly title: string }[]
  /** Whether more choices, or fewer, ask for less. */
  readonly looser: 'more' | 'fewer'
  readonly of: (parameters: BaselineParameters) => readonly string[]
  readonly with: (parameters: BaselineParameters, value: readonly string[]) => BaselineParameters
}

export interface YesNoParameter extends Entry {
  readonly kind: 'yesNo'
  /** The value that asks for less. */
  readonly looser: boolean
  readonly of: (parameters: BaselineParameters) => boolean
  readonly with: (parameters: BaselineParameters, value: boolean) => BaselineParameters
}

export type Parameter = NumberParameter | ChoiceParameter | YesNoParameter

/** A value of the tenant's own that a verdict rests on, with the baseline's beside it. */
export interface OwnValue {
  readonly parameter: string
  readonly value: ParameterValue
  readonly baselineValue: ParameterValue
  readonly reason: string
}
