import { applicationCommands } from './commands/applications.ts'
import type { Command } from './commands/command.ts'
import { peopleCommands } from './commands/people.ts'
import { policyCommands } from './commands/policies.ts'
import { talkCommands, type TalkId } from './commands/talk.ts'

/** Everything that words in chat can mean, by subject. Grammar, help, suggestions and the app manifest read this and nothing else. */
export const commandGroups = [
  { title: 'Look and follow', commands: talkCommands },
  { title: 'People', commands: peopleCommands },
  { title: 'Applications', commands: applicationCommands },
  { title: 'Policies', commands: policyCommands },
] as const satisfies readonly { readonly title: string; readonly commands: readonly Command[] }[]

export const commands: readonly Command[] = commandGroups.flatMap<Command>((group) => group.commands)

/** What Teams shows beside the box in which people write: at most twelve (learn.microsoft.com/microsoftteams/platform/bots/how-to/create-a-bot-commands-menu). */
export const teamsCommands: readonly Command[] = commands.filter(({ inTeams }) => inTeams)

export function commandOf(id: string): Command {
  const found = commands.find((command) => command.id === id)
  if (!found) throw new Error(`There is no command ${id}.`)
  return found
}

export function isTalk(command: Command): command is Command & { readonly id: TalkId } {
  return talkCommands.some(({ id }) => id === command.id)
}

/** How the command is written, for help and suggestions: `add owner <person> to <application>`. */
export function usageOf({ words, slots, joint }: Command): string {
  const [first, second] = slots.map(({ name }) => `<${name}>`)
  return [words[0], first, first === undefined ? undefined : joint[0], second].filter((part) => part !== undefined).join(' ')
}
