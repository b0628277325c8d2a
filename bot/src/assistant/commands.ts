import type { Capability } from '@countersign/core/principal.ts'

/** What a word in chat can mean. The one table: grammar, help, suggestions and the app manifest read it and nothing else. */
export interface Command {
  readonly id: string
  /** The words that call it, the first of them the usual ones. Lower case, single spaces; matched exactly, never by likeness. */
  readonly words: readonly [string, ...string[]]
  /** What follows the words; null when nothing does. `question` is asked when it is missing. */
  readonly argument: null | {
    readonly name: string
    readonly question: string
    /** Whether its value names an object of the tenant. */ readonly isTarget: boolean
  }
  readonly help: string
  /** `propose` makes a card that waits for a countersignature; no command changes anything by itself. */
  readonly does: 'read' | 'propose' | 'talk'
  /** Null: everybody may ask, nothing of the tenant is shown. */
  readonly needs: Capability | null
}

export const commands = [
  {
    id: 'help',
    words: ['help', 'hello', 'hi', 'commands', 'what can you do', '?'],
    argument: null,
    help: 'What I can do.',
    does: 'talk',
    needs: null,
  },
  {
    id: 'posture',
    words: ['posture', 'score', 'summary', 'overview'],
    argument: null,
    help: 'The score of the last scan and where points are lost.',
    does: 'read',
    needs: 'viewPosture',
  },
  {
    id: 'findings',
    words: ['findings', 'top findings', 'risks', 'top risks'],
    argument: null,
    help: 'The most serious open findings.',
    does: 'read',
    needs: 'viewFindings',
  },
  {
    id: 'finding',
    words: ['finding', 'show finding'],
    argument: { name: 'code', question: 'Which finding? Write its code, for example APP-01, or its number in the list.', isTarget: false },
    help: 'One finding with the objects it is about.',
    does: 'read',
    needs: 'viewFindings',
  },
  {
    id: 'disable-user',
    words: ['disable user', 'disable account', 'block user', 'block sign-in of', 'block sign-in for'],
    argument: {
      name: 'person',
      question: 'Whom? Write the user principal name, the object id, or the beginning of the display name.',
      isTarget: true,
    },
    help: 'Proposes to block a person from signing in.',
    does: 'propose',
    needs: 'propose',
  },
  {
    id: 'remove-secret',
    words: [
      'remove secret of',
      'remove secret from',
      'remove expired secret of',
      'remove expired secret from',
      'delete secret of',
      'delete secret from',
    ],
    argument: {
      name: 'application',
      question: 'Of which application? Write its application id, its object id, or the beginning of its name.',
      isTarget: true,
    },
    help: 'Lists the expired secrets of an application and proposes to remove the one you pick.',
    does: 'propose',
    needs: 'propose',
  },
  {
    id: 'undo',
    words: ['undo', 'undo receipt'],
    argument: { name: 'receipt', question: 'Which change? Write its receipt number, for example R-0001.', isTarget: false },
    help: 'Proposes to put back what a receipt changed.',
    does: 'propose',
    needs: 'propose',
  },
  {
    id: 'receipts',
    words: ['receipts', 'history'],
    argument: null,
    help: 'The latest changes, with what the tenant’s audit log says.',
    does: 'read',
    needs: 'viewReceipts',
  },
  {
    id: 'receipt',
    words: ['receipt', 'show receipt'],
    argument: { name: 'receipt', question: 'Which receipt? Write its number, for example R-0001.', isTarget: false },
    help: 'One receipt.',
    does: 'read',
    needs: 'viewReceipts',
  },
  {
    id: 'show',
    words: ['show', 'show cards', 'waiting', 'proposals'],
    argument: null,
    help: 'Your waiting proposals, each with a new card to countersign.',
    does: 'propose',
    needs: 'propose',
  },
  {
    id: 'cancel',
    words: ['cancel', 'never mind', 'forget it'],
    argument: null,
    help: 'Drops my question. It does not touch cards: use Decline for them.',
    does: 'talk',
    needs: null,
  },
] as const satisfies readonly Command[]

export type CommandId = (typeof commands)[number]['id']
export type AnyCommand = Command & { readonly id: CommandId }

export function commandOf(id: CommandId): AnyCommand {
  const found = commands.find((command) => command.id === id)
  if (!found) throw new Error(`There is no command ${id}.`)
  return found
}

/** How the command is written, for help and suggestions: `disable user <person>`. */
export function usageOf(command: Command): string {
  return command.argument === null ? command.words[0] : `${command.words[0]} <${command.argument.name}>`
}
