import { renderMessage } from '../../text/message.ts'
import type { OwnValue, Parameter, ParameterValue } from './parameter.ts'
import { parameterOf } from './parameters.ts'

const unitMessages = {
  people: '{value, plural, one {# person} other {# people}}',
  days: '{value, plural, one {# day} other {# days}}',
  hours: '{value, plural, one {# hour} other {# hours}}',
  devices: '{value, plural, one {# device} other {# devices}}',
} as const

/** A value in words, with its unit. */
export function valueText(parameter: Parameter, value: ParameterValue, locale = 'en'): string {
  if (parameter.kind === 'number') return renderMessage(unitMessages[parameter.unit], { value: Number(value) }, locale)
  if (parameter.kind === 'yesNo' || typeof value === 'number' || typeof value === 'boolean') return value === true ? 'yes' : 'no'
  return parameter.choices
    .filter(({ id }) => value.includes(id))
    .map(({ title }) => title)
    .join('; ')
}

/** What a value may be, in words. */
export function limitsText(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'number':
      return `${parameter.least} to ${parameter.most} ${parameter.unit}`
    case 'yesNo':
      return 'yes or no'
    case 'choices':
      return `one or more of: ${parameter.choices.map(({ title }) => title).join('; ')}`
  }
}

/** One sentence that says by which value of the tenant's own something was judged, the baseline's beside it, and why. */
export function ownValueSentence({ parameter: id, value, baselineValue, reason }: OwnValue, locale = 'en'): string {
  const parameter = parameterOf(id)
  if (!parameter) return ''
  const [own, theirs] = [valueText(parameter, value, locale), valueText(parameter, baselineValue, locale)]
  return `Own value, ${parameter.title}: ${own} instead of the baseline’s ${theirs}, because “${reason}”.`
}
