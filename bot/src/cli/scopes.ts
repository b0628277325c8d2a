import { getScopes, type ScopesView } from '@countersign/core/api/actions.ts'
import { actManifest } from '../identity/registrations.ts'
import { scopeFaults } from '../identity/scope-view.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import { ended, withService, type ServiceOptions } from './with-service.ts'

export interface ScopesOptions extends ServiceOptions {
  readonly json: boolean
  /** Prints the registration of Countersign Act for what is switched on instead. */
  readonly manifest: string | undefined
}

/** Asks the running service what is needed, granted and held, and says what does not fit. */
export async function scopes(options: ScopesOptions, terminal: Terminal): Promise<ExitCode> {
  const { json, manifest } = options
  if (manifest !== undefined && manifest !== 'act') {
    terminal.tell(
      `countersign scopes: --manifest takes "act", not "${printable(manifest.slice(0, 40))}": the other registrations do not depend on what is switched on.`,
    )
    return exitCodes.notDone
  }
  const done = await withService(options, terminal, 'nothing was asked', async ({ client, token }) => {
    const answered = await client.call(getScopes, { token })
    if (answered.kind !== 'answer') return ended(answered.sentence)
    return { kind: 'view' as const, view: answered.body, origin: client.address }
  })
  if (done.kind === 'ended') {
    if (json) terminal.out(JSON.stringify({ error: done.sentence }))
    terminal.tell(`countersign scopes: ${done.sentence}`)
    return exitCodes.notDone
  }
  if (manifest !== undefined) {
    const needed = done.view.planes
      .filter(({ plane }) => plane === 'act')
      .flatMap((plane) => plane.scopes.filter(({ kind }) => kind === 'write' || kind === 'proof'))
    terminal.out(JSON.stringify(actManifest(done.origin, '${{ACT_APP_ID}}', needed), null, 2))
    return exitCodes.fine
  }
  const faults = scopeFaults(done.view)
  terminal.out(json ? JSON.stringify({ ...done.view, faults }, null, 2) : scopesReport(done.view, faults))
  return faults.length > 0 ? exitCodes.doesNotHold : exitCodes.fine
}

/** The view as text: one line a permission, its reasons below it. Pure. */
export function scopesReport({ planes, roles }: ScopesView, faults: readonly string[]): string {
  const blocks = planes.map(({ plane, scopes: listed }) => {
    const lines = listed.flatMap(({ scope, kind, because, held, granted }) => [
      `  ${kind.padEnd(8)} ${printable(scope)}   granted ${word(granted)}, held ${word(held)}`,
      `           ${printable(because.join('; '))}`,
    ])
    return [`Countersign ${plane === 'read' ? 'Read' : 'Act'}: permissions`, ...(lines.length > 0 ? lines : ['  none'])].join('\n')
  })
  const roleLines = roles.flatMap(({ name, needed, held, scope, because }) => [
    `  ${(needed ? 'needed' : 'surplus').padEnd(8)} ${printable(name)}   held ${word(held)}; ${printable(scope)}`,
    `           ${printable(because.join('; '))}`,
  ])
  const end =
    faults.length === 0
      ? 'What is needed is there, and nothing more.'
      : faults.map((fault) => `DOES NOT FIT  ${printable(fault)}`).join('\n')
  return [...blocks, ['The Aid: directory roles', ...(roleLines.length > 0 ? roleLines : ['  none'])].join('\n'), end].join('\n\n')
}

function word(is: boolean | null | undefined): string {
  if (is === true) return 'yes'
  return is === false ? 'no' : 'not known yet'
}
