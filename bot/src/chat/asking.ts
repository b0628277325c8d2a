import { refuseWith } from '@countersign/core/actions/refusals.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { Slot } from '../assistant/commands/command.ts'
import type { DirectoryReader, Problem } from '../assistant/find-objects.ts'
import type { Said } from '../assistant/grammar/parse.ts'
import { refusalText, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn } from './channel.ts'

/** Who asks for an action, and where. */
export interface Asking {
  readonly deps: ChatDeps
  readonly turn: ChatTurn
  readonly principal: Principal
}

/** Keeps what a person wrote beside what is being picked, and answers the id under which a button finds it again. */
export function heldBeside(
  { deps, turn }: Pick<Asking, 'deps' | 'turn'>,
  { command, parts, naming }: Said,
): Readonly<Record<string, string>> {
  if (parts.length === 0 && naming.length === 0) return {}
  const held = deps.act.newId()
  deps.memory.hold(turn.conversationId, held, { commandId: command.id, parts, naming })
  return { held }
}

/** Reads the directory as the Aid. */
export async function searchAs<T>(
  { deps, turn }: Pick<Asking, 'deps' | 'turn'>,
  read: (reader: DirectoryReader) => Promise<T>,
): Promise<T | Problem> {
  await turn.showTyping()
  const aid = await deps.act.aid(turn.tenantId)
  if (aid.kind !== 'aid') return { kind: 'signInLost', why: aid.kind === 'notConnected' ? 'It is not connected.' : aid.why }
  return read(aid.reader)
}

export function problemText(problem: Problem, slot: Slot | null, part: string): string {
  switch (problem.kind) {
    case 'none':
      return slot === null
        ? 'It could not be read any more. Nothing was proposed.'
        : `I found no ${slot.is === 'user' ? 'person' : slot.name} “${cleanName(part)}”. ${slot.question.replace(/^[^?]*\? /, '')}`
    case 'unreadable':
      return `Microsoft Graph did not let the Aid search (${cleanName(problem.code)}). Nothing was proposed.${slot === null ? '' : ' With the object id I need not search.'}`
    case 'signInLost':
      return refusalText(refuseWith('aidNeedsSignIn', { why: problem.why }))
  }
}
