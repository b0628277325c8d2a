import { z } from 'zod'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { commands } from '../assistant/commands.ts'
import type { Command, Slot } from '../assistant/commands/command.ts'
import { answerAction, usableActions } from './answer-action.ts'
import { refusalText, say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn } from './channel.ts'
import { proposeAndOffer } from './propose-and-offer.ts'

/** A list of twenty ids with commas between them is the longest that a button carries. */
const carried = z.record(z.string().max(60), z.string().min(1).max(800))

interface Pick {
  readonly needs: 'propose'
  readonly run: (deps: ChatDeps, turn: ChatTurn, principal: Principal, data: unknown) => Promise<boolean>
}

/** The button of a picker: its verb is the command, and it carries ids, of objects of the tenant and of what this chat remembers. */
export function pickFor(verb: string): Pick | undefined {
  const command = commands.find(({ id, actions }) => id === verb && actions.length > 0)
  return command && { needs: 'propose', run: (deps, turn, principal, data) => runPick(command, deps, turn, principal, data) }
}

async function runPick(command: Command, deps: ChatDeps, turn: ChatTurn, principal: Principal, data: unknown): Promise<boolean> {
  const parsed = carried.safeParse(withoutVerb(data))
  if (!parsed.success) return false
  const { held, actionId = command.actions.length === 1 ? command.actions[0] : undefined, ...ids } = parsed.data
  const beside = held === undefined ? undefined : deps.memory.held(turn.conversationId, held)
  if (held !== undefined && beside?.commandId !== command.id) {
    await say(turn, { text: 'What you wrote with this is forgotten by now. Write the command again. Nothing was proposed.' })
    return true
  }
  const naming = beside?.naming ?? []
  const input = actionId !== undefined && command.actions.includes(actionId) ? inputOf(actionId, ids) : undefined
  const asking = { deps, turn, principal }
  if (actionId !== undefined && input !== undefined) {
    const usable = await usableActions(asking, command)
    if ('kind' in usable) await say(turn, { text: refusalText(usable) })
    else await proposeAndOffer(deps, turn, principal, { actionId, input, named: naming })
    return true
  }
  const parts: string[] = []
  for (const [index, slot] of command.slots.entries()) {
    const id = ids[slot.input]
    if (id !== undefined && !fits(slot, id)) return false
    const part = id ?? beside?.parts[index]
    if (part === undefined) break
    parts.push(part)
  }
  if (parts.length === 0) return false
  await answerAction(asking, { command, parts, naming })
  return true
}

/** The whole input of an action, when the button carries all of it and it has the action's shape. */
function inputOf(actionId: string, ids: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> | undefined {
  const action = findAction(actionId)
  if (!action || action.inputs.some(({ name }) => !Object.hasOwn(ids, name))) return undefined
  const input = Object.fromEntries(
    action.inputs.map(({ name, is }) => [name, is === 'guests' || is === 'users' ? (ids[name] ?? '').split(',') : ids[name]]),
  )
  return action.prepare(input).kind === 'ready' ? input : undefined
}

/** Only an id, or a value of the choice: words of a stranger are not searched for. */
function fits(slot: Slot, value: string): boolean {
  if (slot.is === 'choice') return Object.hasOwn(slot.choices ?? {}, value)
  return slot.is !== 'text' && slot.is !== 'users' && z.guid().safeParse(value).success
}

/** Clients without Action.Execute put the verb among the data. */
function withoutVerb(data: unknown): unknown {
  return data !== null && typeof data === 'object' && !Array.isArray(data)
    ? Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'verb'))
    : data
}
