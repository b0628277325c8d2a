import {
  chooseBaseline,
  getBaselines,
  setParameter,
  withdrawParameter,
  type BaselinesView,
  type ShownParameter,
} from '@countersign/core/api/baselines.ts'
import { parameterOf } from '@countersign/core/posture/parameters/parameters.ts'
import { ask } from './ask.ts'
import type { ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import type { TimeOptions } from './time.ts'

/** What is shown beside the baseline and its parameters. */
export interface Shown {
  readonly policies: boolean
  readonly history: boolean
}

/** The tenant's baseline, its parameters and the verdict of each policy. */
export function baselines(options: TimeOptions & Shown, terminal: Terminal): Promise<ExitCode> {
  return ask('baselines', options, terminal, getBaselines, {}, (view) => listText(view, options))
}

export function choose(options: TimeOptions & { readonly id: string; readonly reason: string }, terminal: Terminal): Promise<ExitCode> {
  const body = { baseline: options.id, reason: options.reason }
  return ask('baselines choose', options, terminal, chooseBaseline, { body }, (view) => [headText(view), judgedText(view)].join('\n'))
}

export function setOwn(
  options: TimeOptions & { readonly parameter: string; readonly value: string; readonly reason: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const { parameter, value, reason } = options
  const call = { params: { parameter }, body: { value: valueIn(parameter, value), reason } }
  return ask('baselines set', options, terminal, setParameter, call, (view) => oneText(view, parameter))
}

export function withdrawOwn(
  options: TimeOptions & { readonly parameter: string; readonly reason: string | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const { parameter, reason } = options
  const call = { params: { parameter }, body: reason === undefined ? {} : { reason } }
  return ask('baselines withdraw', options, terminal, withdrawParameter, call, (view) => oneText(view, parameter))
}

/** What a person wrote as the kind of value that the parameter takes; the service says what is wrong with it. */
function valueIn(id: string, text: string): number | boolean | string[] {
  const kind = parameterOf(id)?.kind
  if (kind === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (kind === 'yesNo' && /^(yes|no|true|false)$/i.test(text)) return /^(yes|true)$/i.test(text)
  return text.split(',').map((part) => part.trim())
}

function oneText(view: BaselinesView, id: string): string {
  const parameter = view.parameters.find((known) => known.id === id)
  return [...(parameter ? [parameterText(parameter)] : []), judgedText(view)].join('\n')
}

function listText(view: BaselinesView, shown: Shown): string {
  const others = view.baselines.map(({ id, title, policies }) => `  ${id}  ${title}${policies > 0 ? `, ${policies} policies` : ''}`)
  const policies = view.policies.map(
    ({ policy, standing, reason, ownValues }) =>
      `${policy}  ${standingWords[standing]}${ownValues.length > 0 ? ' (rests on an own value)' : ''}\n  ${printable(reason)}`,
  )
  return [
    `${headText(view)}\n${judgedText(view)}`,
    ...view.parameters.map(parameterText),
    `Baselines:\n${others.join('\n')}`,
    ...(shown.policies && policies.length > 0 ? [`Policies:\n${policies.join('\n')}`] : []),
    ...(shown.history ? [`Changes:\n${view.history.map(changeText).join('\n') || '  none'}`] : []),
  ].join('\n\n')
}

const standingWords = {
  met: 'met',
  notMet: 'not met',
  partly: 'met in part',
  cannotTell: 'cannot be told',
  notApplicable: 'does not apply',
} as const satisfies Record<BaselinesView['policies'][number]['standing'], string>

function headText({ chosen: { id, title, choice }, overrides }: BaselinesView): string {
  const by = choice ? `, chosen by ${printable(choice.byName)}, ${choice.at.slice(0, 10)}: ${printable(choice.reason ?? '')}` : ''
  const own = overrides.length === 0 ? 'no own value' : overrides.length === 1 ? 'one own value' : `${overrides.length} own values`
  return `Baseline ${id}, ${title}${by}; ${own}.`
}

function judgedText({ judged }: BaselinesView): string {
  if (judged === null) return 'Nothing has been judged yet.'
  return judged.isCurrent
    ? `Judged by it: ${judged.at.slice(0, 16).replace('T', ' ')} UTC.`
    : 'A scan is under way; what it found is judged by it afterwards.'
}

function changeText({ at, byName, sentence, reason }: BaselinesView['history'][number]): string {
  return `  ${at.slice(0, 10)}  ${printable(byName)}: ${printable(sentence)}${reason === null ? '' : ` ${printable(reason)}`}`
}

const comparedWords = {
  same: 'as the baseline asks',
  stricter: 'asks for more than the baseline',
  looser: 'asks for less than the baseline',
  different: 'other than the baseline',
} as const satisfies Record<ShownParameter['compared'], string>

function parameterText({ id, title, valueText, baselineText, compared, override, limits }: ShownParameter): string {
  const own = override
    ? `\n  instead of ${baselineText}: ${comparedWords[compared]}; ${printable(override.byName)}, ${override.at.slice(0, 10)}: ${printable(override.reason)}`
    : ''
  return `${id}  ${valueText}\n  ${title} (${limits})${own}`
}
