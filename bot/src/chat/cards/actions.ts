import type { ActionView } from '@countersign/core/api/actions.ts'
import { commands, usageOf } from '../../assistant/commands.ts'
import { card, facts, heading, link, small, text, type Part } from './parts.ts'

/** The catalogue as the tenant has it: which actions are on, and what to write for each. */
export function actionsCard(views: readonly ActionView[], tabUrl: string): Part {
  const on = views.filter(({ enabled }) => enabled)
  const off = views.filter(({ enabled }) => !enabled)
  return card(
    `${on.length} of ${views.length} actions are switched on: ${on.map(({ title }) => title).join('; ')}`,
    [
      heading(`${on.length} of ${views.length} actions are switched on`),
      ...(on.length > 0 ? [text('Switched on'), facts(on.map(lineOf))] : []),
      ...(off.length > 0 ? [text('Switched off'), facts(off.map(lineOf))] : []),
      small('An owner switches actions on and off in Countersign. Nothing that is not in this list can happen.'),
    ],
    [link('Open the actions', `${tabUrl}/actions`)],
  )
}

function lineOf({ id, title, approvals, enabled, missingScopes }: ActionView): { readonly title: string; readonly value: string } {
  const command = commands.find(({ actions }) => actions.includes(id))
  const notes = [
    approvals === 2 ? 'two people' : '',
    enabled && missingScopes.length > 0 ? `needs consent to ${missingScopes.join(', ')}` : '',
  ].filter((note) => note !== '')
  return { title: command ? usageOf(command) : id, value: `${title}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}` }
}
