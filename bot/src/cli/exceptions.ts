import { declareException, listExceptions, withdrawException, type Exception } from '@countersign/core/api/exceptions.ts'
import { declaredKinds } from '@countersign/core/posture/settings.ts'
import { ask } from './ask.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import type { TimeOptions } from './time.ts'

/** Every declared exception, with what has become of it. */
export function exceptions(options: TimeOptions, terminal: Terminal): Promise<ExitCode> {
  return ask('exceptions', options, terminal, listExceptions, {}, ({ exceptions: list }) =>
    list.length === 0 ? 'No exception is declared.' : list.map(textOf).join('\n\n'),
  )
}

export async function declare(
  options: TimeOptions & { readonly kind: string; readonly object: string; readonly reason: string; readonly until: string | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const kind = declaredKinds.find((known) => known === options.kind)
  if (!kind) {
    terminal.tell(`countersign exceptions add: There is no kind "${printable(options.kind)}". Known are: ${declaredKinds.join(', ')}.`)
    return exitCodes.notDone
  }
  const body = { kind, objectId: options.object, reason: options.reason, ...(options.until === undefined ? {} : { until: options.until }) }
  return ask('exceptions add', options, terminal, declareException, { body }, (declared) =>
    declared.judged === undefined ? textOf(declared) : `${textOf(declared)}\n  ${judgedText[declared.judged]}`,
  )
}

export function withdraw(options: TimeOptions & { readonly id: string }, terminal: Terminal): Promise<ExitCode> {
  return ask('exceptions remove', options, terminal, withdrawException, { params: { exceptionId: options.id } }, ({ withdrawn }) =>
    withdrawn ? 'Withdrawn: it no longer counts.' : 'There is no exception with this id; nothing was withdrawn.',
  )
}

const judgedText = {
  judged: 'The facts of the last scan were judged with it.',
  scanning: 'The scan under way counts it.',
  nothing: 'The first scan will count it.',
} as const

const standingText = {
  stands: '',
  gone: '\n  points to nothing: the last scan found no such object',
  expired: '\n  its time has passed: it no longer counts',
  notRead: '\n  no scan has read such objects yet',
} as const satisfies Record<NonNullable<Exception['standing']>, string>

function textOf({ id, kind, objectId, reason, byName, at, until, standing }: Exception): string {
  const end = until == null ? '' : `, until ${until.slice(0, 10)}`
  return `${id}  ${kind} ${printable(objectId)}\n  ${printable(byName)}, ${at.slice(0, 10)}${end}: ${printable(reason)}${standingText[standing ?? 'stands']}`
}
