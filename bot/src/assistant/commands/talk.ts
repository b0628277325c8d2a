import type { Command, Slot } from './command.ts'

function written(name: string, question: string): Slot {
  return { name, is: 'text', input: '', question }
}
const none = { wide: [], slots: [], joint: [], actions: [], picks: null } as const
const receipt = (of: string): readonly Slot[] => [written('receipt', `Which ${of}? Write its receipt number, for example R-0001.`)]

/** Commands that show, or lead to a card of something that exists; each has its own answer in chat. */
export const talkCommands = [
  {
    ...none,
    id: 'help',
    words: ['help', 'hello', 'hi', 'commands', 'what can you do', '?'],
    help: 'What I can do.',
    does: 'talk',
    needs: null,
    inTeams: true,
  },
  {
    ...none,
    id: 'posture',
    words: ['posture', 'score', 'summary', 'overview'],
    help: 'The score of the last scan and where points are lost.',
    does: 'read',
    needs: 'viewPosture',
    inTeams: true,
  },
  {
    ...none,
    id: 'findings',
    words: ['findings', 'top findings', 'risks', 'top risks'],
    help: 'The most serious open findings.',
    does: 'read',
    needs: 'viewFindings',
    inTeams: true,
  },
  {
    ...none,
    id: 'finding',
    words: ['finding', 'show finding'],
    slots: [written('code', 'Which finding? Write its code, for example APP-01, or its number in the list.')],
    help: 'One finding with the objects it is about.',
    does: 'read',
    needs: 'viewFindings',
    inTeams: false,
  },
  {
    ...none,
    id: 'actions',
    words: ['actions', 'list actions', 'show actions'],
    help: 'Every action, which are switched on, and what to write for each.',
    does: 'read',
    needs: 'viewFindings',
    inTeams: true,
  },
  {
    ...none,
    id: 'show',
    words: ['show', 'show cards', 'waiting', 'proposals'],
    help: 'What waits for you, as the person who asked or as the second, each with a new card.',
    does: 'propose',
    needs: 'propose',
    inTeams: true,
  },
  {
    ...none,
    id: 'undo',
    words: ['undo', 'undo receipt'],
    slots: receipt('change'),
    help: 'Proposes to put back what a receipt changed.',
    does: 'propose',
    needs: 'propose',
    inTeams: true,
  },
  {
    ...none,
    id: 'resume',
    words: ['resume', 'resume receipt'],
    slots: receipt('change'),
    help: 'Proposes the rest of a change that stopped half way.',
    does: 'propose',
    needs: 'propose',
    inTeams: false,
  },
  {
    ...none,
    id: 'receipts',
    words: ['receipts', 'history'],
    help: 'The latest changes, with what the tenant’s audit log says.',
    does: 'read',
    needs: 'viewReceipts',
    inTeams: true,
  },
  {
    ...none,
    id: 'receipt',
    words: ['receipt', 'show receipt'],
    slots: receipt('receipt'),
    help: 'One receipt.',
    does: 'read',
    needs: 'viewReceipts',
    inTeams: false,
  },
  {
    ...none,
    id: 'cancel',
    words: ['cancel', 'never mind', 'forget it'],
    help: 'Drops my question. It does not touch cards: use Decline for them.',
    does: 'talk',
    needs: null,
    inTeams: false,
  },
] as const satisfies readonly Command[]

export type TalkId = (typeof talkCommands)[number]['id']
