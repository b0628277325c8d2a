import type { Baseline, BaselineParameters } from '../baseline.ts'
import type { Override } from './override.ts'
import type { OwnValue, Parameter, ParameterValue } from './parameter.ts'
import { parameterOf, parameters } from './parameters.ts'

export type ReadValue = { readonly ok: true; readonly value: ParameterValue } | { readonly ok: false; readonly problem: string }

/** A value within the parameter's own limits, or a sentence that says what it takes. */
export function readValue(parameter: Parameter, value: unknown): ReadValue {
  switch (parameter.kind) {
    case 'number': {
      const { least, most, unit } = parameter
      const isWithin = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      return isWithin ? { ok: true, value } : { ok: false, problem: `must be a whole number of ${unit} from ${least} to ${most}` }
    }
    case 'yesNo':
      return typeof value === 'boolean' ? { ok: true, value } : { ok: false, problem: 'must be true or false' }
    case 'choices': {
      const known = parameter.choices.map(({ id }) => id)
      const given = Array.isArray(value) ? value.map(String) : []
      const isWithin = given.length > 0 && given.every((id) => known.includes(id)) && new Set(given).size === given.length
      // In the order of the catalogue, so that one choice has one spelling.
      return isWithin
        ? { ok: true, value: known.filter((id) => given.includes(id)) }
        : { ok: false, problem: `must be a list of one or more of ${known.join(', ')}, each once` }
    }
  }
}

/** The parameters with one of them set; as they are where the value is not one of this parameter's. */
export function withValue(all: BaselineParameters, parameter: Parameter, value: ParameterValue): BaselineParameters {
  if (parameter.kind === 'number' && typeof value === 'number') return parameter.with(all, value)
  if (parameter.kind === 'yesNo' && typeof value === 'boolean') return parameter.with(all, value)
  if (parameter.kind === 'choices' && typeof value !== 'number' && typeof value !== 'boolean') return parameter.with(all, value)
  return all
}

/** What the checks go by: the baseline's parameters, and the tenant's own values in their place. */
export function parametersInForce(baseline: Baseline, overrides: readonly Override[]): BaselineParameters {
  return overrides.reduce((all, { parameter: id, value }) => {
    const parameter = parameterOf(id)
    const read = parameter && readValue(parameter, value)
    return parameter && read?.ok ? withValue(all, parameter, read.value) : all
  }, baseline.parameters)
}

/** Why these parameters cannot stand together; undefined where they can. */
export function contradictionIn({ globalAdministrators, secretExpiry }: BaselineParameters): string | undefined {
  if (globalAdministrators.least > globalAdministrators.most)
    return `The fewest Global Administrators (${globalAdministrators.least}) would be more than the most (${globalAdministrators.most}).`
  if (secretExpiry.failDays > secretExpiry.warnDays)
    return `A credential would fail ${secretExpiry.failDays} days before its end and be warned of only ${secretExpiry.warnDays} days before.`
  return undefined
}

/** Whether a value asks for less than the baseline does, for more, for the same, or for something else. */
export type Compared = 'looser' | 'stricter' | 'same' | 'different'

export function comparedWith(parameter: Parameter, value: ParameterValue, own: ParameterValue): Compared {
  if (isSame(value, own)) return 'same'
  if (parameter.kind === 'yesNo') return value === parameter.looser ? 'looser' : 'stricter'
  if (parameter.kind === 'number') return Number(value) > Number(own) === (parameter.looser === 'higher') ? 'looser' : 'stricter'
  const [chosen, asked] = [listOf(value), listOf(own)]
  const [isMore, isFewer] = [asked.every((id) => chosen.includes(id)), chosen.every((id) => asked.includes(id))]
  if (isMore === isFewer) return 'different'
  return isMore === (parameter.looser === 'more') ? 'looser' : 'stricter'
}

/** Own values by parameter that differ from the baseline's, in the order of the catalogue. */
export function ownValuesOf(baseline: Baseline, overrides: readonly Override[]): ReadonlyMap<string, OwnValue> {
  const found = parameters.flatMap((parameter) => {
    const override = overrides.find((entry) => entry.parameter === parameter.id)
    const read = override && readValue(parameter, override.value)
    const baselineValue = parameter.of(baseline.parameters)
    if (!override || !read?.ok || isSame(read.value, baselineValue)) return []
    return [[parameter.id, { parameter: parameter.id, value: read.value, baselineValue, reason: override.reason }] as const]
  })
  return new Map(found)
}

function isSame(one: ParameterValue, other: ParameterValue): boolean {
  return listOf(one).join('\n') === listOf(other).join('\n')
}

/** As a sorted list of texts. */
function listOf(value: ParameterValue): readonly string[] {
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [...value].sort()
}
