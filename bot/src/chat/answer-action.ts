import { z } from 'zod'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import { refuseWith, type Refusal } from '@countersign/core/actions/refusals.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { Command, Slot } from '../assistant/commands/command.ts'
import { findObjects, type FoundObject, type Problem } from '../assistant/find-objects.ts'
import { listOf } from '../assistant/grammar/parts.ts'
import type { Said } from '../assistant/grammar/parse.ts'
import { missingScopes } from '../engine/act/propose.ts'
import { isEnabled } from '../store/action-switches.ts'
import { aidOf } from '../store/aid.ts'
import { readTx } from '../store/transaction.ts'
import { offerPicks } from './answer-picks.ts'
import { heldBeside, problemText, searchAs, type Asking } from './asking.ts'
import { choiceCard, objectPicker } from './cards/picker.ts'
import { refusalText, say } from './chat-deps.ts'
import { proposeAndOffer } from './propose-and-offer.ts'

/** The actions of a command that can be used in this tenant now, or why none can: said before anything is asked. */
export function usableActions({ deps, principal }: Asking, command: Command): Promise<readonly string[] | Refusal> {
  return readTx(deps.act.store, principal, async (tx) => {
    const actions = command.actions.flatMap((id) => findAction(id) ?? [])
    const on = []
    for (const action of actions) if (await isEnabled(tx, action.id)) on.push(action)
    if (on.length === 0) return refuseWith('switchedOff', { title: actions.map(({ title }) => title).join(' / ') })
    const held = (await aidOf(tx))?.scopes ?? []
    const granted = on.filter((action) => missingScopes(action, held).length === 0)
    if (granted.length > 0) return granted.map(({ id }) => id)
    return refuseWith('scopesMissing', { scopes: [...new Set(on.flatMap((action) => missingScopes(action, held)))].join(', ') })
  })
}

/** Finds what a command is about, asks where it is missing or not clear, and proposes. */
export async function answerAction(asking: Asking, said: Said): Promise<void> {
  const { deps, turn, principal } = asking
  const { command, parts, naming } = said
  const usable = await usableActions(asking, command)
  if ('kind' in usable) return void (await say(turn, { text: refusalText(usable) }))
  const input: Record<string, string | readonly string[]> = {}
  let subject: FoundObject | null = null
  for (const [index, slot] of command.slots.entries()) {
    const part = parts[index]
    if (part === undefined) return askFor(asking, said, slot)
    const resolved = await resolve(asking, slot, part)
    switch (resolved.kind) {
      case 'value':
        input[slot.input] = resolved.value
        break
      case 'one':
        subject = resolved.it
        input[slot.input] = resolved.it.id
        break
      case 'several': {
        const beside = besideOf(asking, said, input, index)
        return void (await say(turn, { card: objectPicker(command, slot, resolved.rows, resolved.more, beside) }))
      }
      case 'noChoice':
        return void (await say(turn, { card: choiceCard(command, slot, besideOf(asking, said, input, index)) }))
      case 'notOne':
        return void (await say(turn, {
          text: `“${cleanName(resolved.text)}” is not exactly one person. Write user principal names. Nothing was proposed.`,
        }))
      default:
        return void (await say(turn, { text: problemText(resolved, slot, part) }))
    }
  }
  if (command.picks !== null) return offerPicks(asking, { command, naming, subject, actionIds: usable })
  await proposeAndOffer(deps, turn, principal, { actionId: usable[0] ?? '', input, named: naming })
}

/** One question for what is missing; a choice shows what there is to choose from. */
export async function askFor({ deps, turn }: Pick<Asking, 'deps' | 'turn'>, { command, parts, naming }: Said, slot: Slot): Promise<void> {
  deps.memory.ask(turn.conversationId, { commandId: command.id, parts, naming }, turn.writtenAt)
  if (slot.is === 'choice' && parts.length === 0 && naming.length === 0)
    return void (await say(turn, { card: choiceCard(command, slot, {}) }))
  await say(turn, { text: slot.question, suggestions: ['cancel'] })
}

/** What a picker's buttons carry beside the picked id: ids that are known, and the place at which this chat remembers words. */
function besideOf(
  { deps, turn }: Asking,
  { command, parts, naming }: Said,
  input: Readonly<Record<string, string | readonly string[]>>,
  index: number,
): Readonly<Record<string, string>> {
  const known = Object.entries(input).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  return {
    ...Object.fromEntries(known),
    ...heldBeside({ deps, turn }, { command, parts: parts.slice(index + 1).length > 0 ? parts : [], naming }),
  }
}

type Resolved =
  | { readonly kind: 'value'; readonly value: string | readonly string[] }
  | { readonly kind: 'one'; readonly it: FoundObject }
  | { readonly kind: 'several'; readonly rows: readonly FoundObject[]; readonly more: boolean }
  | { readonly kind: 'noChoice' }
  | { readonly kind: 'notOne'; readonly text: string }
  | Problem

async function resolve(asking: Asking, slot: Slot, part: string): Promise<Resolved> {
  switch (slot.is) {
    case 'text':
      return { kind: 'value', value: part }
    case 'choice': {
      const wanted = part.toLowerCase()
      const found = Object.entries(slot.choices ?? {}).find(([value, title]) => [value, title].some((one) => one.toLowerCase() === wanted))
      return found ? { kind: 'value', value: found[0] } : { kind: 'noChoice' }
    }
    case 'users': {
      const ids: string[] = []
      for (const text of listOf(part) ?? []) {
        const found = await searchAs(asking, (reader) => findObjects(reader, 'user', text))
        if (found.kind === 'unreadable' || found.kind === 'signInLost') return found
        if (found.kind !== 'one') return { kind: 'notOne', text }
        ids.push(found.it.id)
      }
      return { kind: 'value', value: ids }
    }
    default: {
      const { is } = slot
      const found = await searchAs(asking, (reader) => findObjects(reader, is, part))
      // Rights to search are not rights to act: an object id is enough, because the plan reads the object itself.
      const isId = z.guid().safeParse(part).success
      return found.kind === 'unreadable' && isId ? { kind: 'one', it: { id: part.toLowerCase(), name: part, details: [] } } : found
    }
  }
}
