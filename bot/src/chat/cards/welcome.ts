import { commands, usageOf } from '../../assistant/commands.ts'
import { card, facts, heading, link, small, text, type Part } from './parts.ts'

/** First words in a chat: what this can and cannot do. */
export function welcomeCard(tabUrl: string): Part {
  return card(
    'Countersign: nothing changes in your tenant without your countersignature. Write help for what I can do.',
    [
      heading('Countersign'),
      text(
        'I show how your tenant stands and prepare changes for you. Nothing changes until you countersign it here, on a card that shows the exact request.',
      ),
      text(
        'I can: show the score and the findings, propose to block a person from signing in, propose to remove an expired secret, undo what can be undone, and show receipts that are matched with your tenant’s own audit log.',
      ),
      text(
        'I cannot: change anything on my own, countersign for you, act from a group chat, or do anything that is not in the list of actions.',
      ),
      small('I understand fixed commands. No language model reads what you write. Write “help” for the commands.'),
    ],
    [link('Trust Center', `${tabUrl}/trust`), link('Open Countersign', tabUrl)],
  )
}

/** The commands, straight from their table. */
export function helpCard(tabUrl: string): Part {
  return card(
    `Commands: ${commands.map(usageOf).join(', ')}`,
    [
      heading('What I can do'),
      facts(commands.map((command) => ({ title: usageOf(command), value: command.help }))),
      small('To countersign, press the button on the card or reply “yes” and the code on it. Nothing else counts as a yes.'),
    ],
    [link('Open Countersign', tabUrl)],
  )
}
