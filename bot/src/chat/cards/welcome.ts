import { commandGroups, teamsCommands, usageOf } from '../../assistant/commands.ts'
import type { Command } from '../../assistant/commands/command.ts'
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
        'I can: show the score and the findings, propose the changes that your owners have switched on (write “actions”), undo what can be undone, and show receipts that are matched with your tenant’s own audit log.',
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
    `Commands: ${teamsCommands.map(usageOf).join(', ')}, and more in the card.`,
    [
      heading('What I can do'),
      ...commandGroups.flatMap(({ title, commands }) => [
        text(title),
        facts(commands.map((command: Command) => ({ title: usageOf(command), value: command.help }))),
      ]),
      small('Names with words such as “no” or “from” go in "quotation marks". Several people stand with commas between them.'),
      small('To countersign, press the button on the card or reply “yes” and the code on it. Nothing else counts as a yes.'),
    ],
    [link('Open Countersign', tabUrl)],
  )
}
