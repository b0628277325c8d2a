import { commands } from '../../../bot/src/assistant/commands.ts'
import type { Parsed } from '../../../bot/src/assistant/grammar/parse.ts'

/** Commands that make a proposal of what is said after their words. */
export const writing = commands.filter(({ does, slots, actions }) => does === 'propose' && (slots.length > 0 || actions.length > 0))

/** Whether running this reading would make a proposal. */
export function proposes(parsed: Parsed): boolean {
  return parsed.kind === 'command' && writing.includes(parsed.command)
}
