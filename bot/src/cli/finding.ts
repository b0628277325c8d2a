import { getFinding, type FindingPage, type NearMissView } from '@countersign/core/api/findings.ts'
import { ask } from './ask.ts'
import type { ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import type { TimeOptions } from './time.ts'

/** One finding: what it is, what it is about, what would make its check pass, and how to mend it. */
export function finding(options: TimeOptions & { readonly check: string }, terminal: Terminal): Promise<ExitCode> {
  return ask('finding', options, terminal, getFinding, { params: { checkId: options.check } }, textOf)
}

const objectsShown = 10

function textOf({ code, checkId, title, severity, verdict, why, reason, nearMiss, affected, unlisted, remediation }: FindingPage): string {
  const open = affected.filter(({ state }) => state === 'open' || state === 'returned')
  const shown = open.slice(0, objectsShown).map(({ name, because }) => `- ${printable(name)}: ${printable(because)}`)
  const more = open.length + unlisted - shown.length
  return [
    `${printable(code)} ${printable(checkId)}: ${verdict}, ${severity}`,
    printable(title),
    '',
    printable(reason),
    ...(nearMiss ? ['', ...nearMissLines(nearMiss)] : []),
    '',
    printable(why),
    ...(shown.length > 0 ? ['', ...shown] : []),
    ...(more > 0 ? [`… and ${more} more`] : []),
    '',
    'How to mend it:',
    ...remediation.map((step, index) => `${index + 1}. ${printable(step)}`),
  ].join('\n')
}

function nearMissLines({ sentence, objects, declaring }: NearMissView): readonly string[] {
  const lines = objects.map(({ kind, name, id, detail, declareAs }) => {
    const about = detail === '' ? '' : ` (${printable(detail)})`
    return `- ${kind} ${printable(name)}${about}: countersign exceptions add --kind ${declareAs} --object ${printable(id)} --reason "…"`
  })
  return [
    printable(sentence),
    ...(declaring.isOffered
      ? lines
      : objects.map(({ kind, name, detail }) => `- ${kind} ${printable(name)}${detail === '' ? '' : ` (${printable(detail)})`}`)),
    ...(declaring.isOffered || objects.length === 0 ? [] : [`Not to be declared in one step: ${printable(declaring.because)}`]),
  ]
}
