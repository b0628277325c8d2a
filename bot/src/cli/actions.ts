import type { Action } from '@countersign/core/actions/action.ts'
import { actions as catalogue } from '@countersign/core/actions/catalogue.ts'
import { listActions, type ActionView } from '@countersign/core/api/actions.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'
import { ended, withService } from './with-service.ts'

export interface ActionsOptions {
  readonly json: boolean
  /** Asks the running service which actions the tenant has switched on; undefined: the catalogue alone, without any network. */
  readonly service: string | undefined
  readonly tokenFile: string | undefined
  readonly ca: string | undefined
}

/** One action as the command prints it; `enabled` and `missing` only where a service was asked. */
export interface ActionLine {
  readonly id: string
  readonly title: string
  readonly impact: Action['impact']
  readonly approvals: 1 | 2
  readonly starts: Action['starts']
  readonly writeScopes: readonly string[]
  readonly proofScopes: readonly string[]
  readonly directoryRole: Pick<Action['directoryRole'], 'name' | 'scope' | 'because'>
  readonly actor: 'the Aid'
  readonly requesters: readonly string[]
  readonly countersigners: readonly string[]
  readonly undo: { readonly days: number } | { readonly because: string }
  readonly licence: Action['licence']
  readonly auditActivities: readonly string[]
  readonly ifStolen: string
  readonly unconfirmed: string | null
  readonly enabled?: boolean
  /** Scopes that the Aid's last token did not hold, and its role where it does not hold that. */
  readonly missing?: readonly string[]
}

/** Prints the catalogue: what can be done at all, with which rights, and what follows. */
export async function listCatalogue(options: ActionsOptions, terminal: Terminal): Promise<ExitCode> {
  const { service } = options
  const views = service === undefined ? [] : await ask({ ...options, service }, terminal)
  if (!Array.isArray(views)) {
    if (options.json) terminal.out(JSON.stringify({ error: views.sentence }))
    terminal.tell(`countersign actions: ${views.sentence}`)
    return exitCodes.notDone
  }
  const lines = catalogue.map((action) =>
    lineOf(
      action,
      views.find(({ id }) => id === action.id),
    ),
  )
  terminal.out(options.json ? JSON.stringify({ actions: lines }, null, 2) : lines.map(textOf).join('\n\n'))
  return exitCodes.fine
}

function ask(options: ActionsOptions & { readonly service: string }, terminal: Terminal) {
  return withService(
    options,
    terminal,
    'nothing was asked',
    async ({ client, token }): Promise<ActionView[] | ReturnType<typeof ended>> => {
      const answered = await client.call(listActions, { token })
      return answered.kind === 'answer' ? answered.body.actions : ended(answered.sentence)
    },
  )
}

/** An entry of the catalogue with what the tenant's service says about it. Pure. */
export function lineOf(action: Action, view: ActionView | undefined): ActionLine {
  const { id, title, impact, starts, writeScopes, proofScopes, directoryRole, requesters, countersigners, undo, licence } = action
  return {
    id,
    title,
    impact,
    approvals: impact === 'high' ? 2 : 1,
    starts,
    writeScopes,
    proofScopes: proofScopes.filter((scope) => !writeScopes.includes(scope)),
    directoryRole: { name: directoryRole.name, scope: directoryRole.scope, because: directoryRole.because },
    actor: 'the Aid',
    requesters,
    countersigners,
    undo: undo.possible ? { days: undo.days } : { because: undo.because },
    licence,
    auditActivities: action.auditActivities,
    ifStolen: action.ifStolen,
    unconfirmed: action.unconfirmed,
    ...(view
      ? { enabled: view.enabled, missing: [...view.missingScopes, ...(view.directoryRole.held ? [] : [view.directoryRole.name])] }
      : {}),
  }
}

const scopeWords = {
  tenant: 'for the whole tenant',
  administrativeUnit: 'an administrative unit is enough',
  object: 'a single object is enough',
} as const satisfies Record<Action['directoryRole']['scope'], string>

function textOf(line: ActionLine): string {
  const { enabled, missing, undo, directoryRole } = line
  const rows: readonly (readonly [string, string])[] = [
    ...(enabled === undefined
      ? [['starts', `switched ${line.starts}`] as const]
      : [['now', `switched ${enabled ? 'on' : 'off'}`] as const]),
    ...(missing === undefined ? [] : [['missing', missing.join(', ') || 'nothing'] as const]),
    ['impact', `${line.impact}; ${line.approvals === 1 ? 'one person countersigns' : 'two people countersign'}`],
    ['asked by', `${line.requesters.join(', ')}; countersigned by ${line.countersigners.join(', ')}; carried out by ${line.actor}`],
    ['writes with', line.writeScopes.join(', ')],
    ['proves with', line.proofScopes.join(', ') || 'nothing more'],
    ['role', `${directoryRole.name} (${scopeWords[directoryRole.scope]})`],
    ['undo', 'days' in undo ? `offered for ${undo.days} days` : `none: ${undo.because}`],
    ['licence', line.licence],
    ['audit log', line.auditActivities.join(', ')],
    ['if stolen', line.ifStolen],
    ...(line.unconfirmed === null ? [] : [['unconfirmed', line.unconfirmed] as const]),
  ]
  return [`${line.id}: ${line.title}`, ...rows.map(([name, text]) => `  ${name.padEnd(12)}${printable(text)}`)].join('\n')
}
