import { liftSuppression, listSuppressions, suppressFinding, type ShownSuppression } from '@countersign/core/api/suppressions.ts'
import { ask } from './ask.ts'
import type { ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import type { TimeOptions } from './time.ts'

/** What is suppressed, or was. */
export function suppressions(
  options: TimeOptions & { readonly check: string | undefined; readonly ended: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const query = { check: options.check, state: options.ended ? 'ended' : 'active' }
  return ask('suppress', options, terminal, listSuppressions, { query }, ({ suppressions: list, total, findings, inScore }) => {
    const counted = inScore === 'open' ? 'the score counts them as open' : 'the score leaves them out'
    const head = `${findings} ${findings === 1 ? 'finding is' : 'findings are'} suppressed; ${counted}.`
    const more = total > list.length ? [`${total - list.length} older ones are not shown.`] : []
    return [head, ...list.map(textOf), ...more].join('\n\n')
  })
}

export function suppress(
  options: TimeOptions & {
    readonly check: string
    readonly finding: string | undefined
    readonly reason: string
    readonly owner: string | undefined
    readonly until: string
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const { check, finding, reason, owner, until } = options
  const body = {
    checkId: check,
    reason,
    until,
    ...(finding === undefined ? {} : { findingKey: finding }),
    ...(owner === undefined ? {} : { owner }),
  }
  return ask('suppress add', options, terminal, suppressFinding, { body }, textOf)
}

export function lift(options: TimeOptions & { readonly id: string; readonly reason: string }, terminal: Terminal): Promise<ExitCode> {
  const call = { params: { suppressionId: options.id }, body: { reason: options.reason } }
  return ask('suppress remove', options, terminal, liftSuppression, call, textOf)
}

function textOf(shown: ShownSuppression): string {
  const { id, code, title, findingKey, objectName, owner, byName, at, until, reason, state, endedAt, endedByName, endedBecause } = shown
  const what = findingKey === null ? 'the whole check' : `${printable(objectName ?? '')} (${printable(findingKey)})`
  const end =
    state === 'active'
      ? ''
      : `\n  ${state} ${(endedAt ?? '').slice(0, 10)}${endedByName === null ? '' : ` by ${printable(endedByName)}: ${printable(endedBecause ?? '')}`}`
  return [
    `${id}  ${code} ${title}`,
    `  ${what}`,
    `  until ${until.slice(0, 10)}, ${printable(owner)} answers for it; ${printable(byName)}, ${at.slice(0, 10)}: ${printable(reason)}${end}`,
  ].join('\n')
}
