import type { Json } from '@countersign/core/digest.ts'
import { isTalk, usageOf } from '../assistant/commands.ts'
import { parse, parseAnswer, type Parsed, type Said } from '../assistant/grammar/parse.ts'
import { waitingForSecond } from '../engine/act/second.ts'
import { forgetChat, rememberChat } from '../engine/chats.ts'
import { answerAction, askFor, usableActions } from './answer-action.ts'
import { answers, sayHelp } from './answer-command.ts'
import { welcomeCard } from './cards/welcome.ts'
import { admit, refusalText, say, type ChatDeps } from './chat-deps.ts'
import type { ChatTurn, TurnAnswer } from './channel.ts'
import { parseConfirmation, soundsLikeYes } from './confirmation.ts'
import { confirmTyped } from './countersign.ts'
import type { Question } from './memory.ts'
import { deliverFirstOffer, deliverSecondOffer, waitingProposals } from './offer-cards.ts'
import { answerPress } from './press.ts'
import { answerSearch } from './search.ts'

/** Everything that a person can do in chat, in the order in which it is asked: where, who, a yes, a command. */
export async function handleTurn(deps: ChatDeps, turn: ChatTurn): Promise<TurnAnswer> {
  const { act } = turn
  // What a yes or an answer can mean is settled now: a card or a question that comes while it is being looked at was not seen by who wrote it.
  const before: Before = {
    latestActivityId: deps.isAlone ? deps.memory.latest(turn.conversationId) : null,
    question: deps.memory.question(turn.conversationId),
  }
  // Wherever it is typed, only who searches sees what is found.
  if (act.kind === 'search') return answerSearch(deps, turn, act)
  if (turn.conversationType !== 'personal') return inGroup(deps, turn)
  const person = { tenantId: turn.tenantId, objectId: turn.person.objectId }
  if (act.kind === 'removed') {
    await forgetChat(deps.act, person, turn.conversationId)
    return { kind: 'none' }
  }
  if (act.kind === 'text' && deps.memory.isRepeated(turn.conversationId, turn.activityId)) return { kind: 'none' }
  const chat = await rememberChat(deps.act, person, { conversationId: turn.conversationId, reference: turn.reference })
  if (chat === 'taken') return pointAway(deps, turn, 'This chat belongs to somebody else. Open your own chat with me.')
  if (act.kind === 'press') return answerPress(deps, turn, act)
  if (act.kind === 'text') await answerText(deps, turn, act.text, before)
  else await say(turn, { card: welcomeCard(deps.tabUrl) })
  if (chat === 'opened' || act.kind === 'installed') await offerWaiting(deps, turn)
  return { kind: 'none' }
}

/** Cards for what was proposed elsewhere while there was no chat. */
async function offerWaiting(deps: ChatDeps, turn: ChatTurn): Promise<void> {
  const person = { tenantId: turn.tenantId, objectId: turn.person.objectId }
  const place = { conversationId: turn.conversationId, channelPersonId: turn.person.channelId, send: (card: Json) => turn.reply({ card }) }
  for (const id of await waitingProposals(deps, person, ['proposed'])) await deliverFirstOffer(deps, person, id, place)
  for (const id of await waitingForSecond(deps.act, person)) await deliverSecondOffer(deps, person, id, place)
}

/** Groups get a pointer, whatever was asked: no data of the tenant, no card with a button. */
function inGroup(deps: ChatDeps, turn: ChatTurn): Promise<TurnAnswer> {
  return pointAway(
    deps,
    turn,
    `I work in a 1:1 chat only: what I show and what you countersign is between you and me. Write to me here: ${deps.chatUrl}`,
  )
}

async function pointAway(deps: ChatDeps, turn: ChatTurn, text: string): Promise<TurnAnswer> {
  const { act } = turn
  if (act.kind === 'press' && act.via === 'invoke') return { kind: 'note', text }
  if (act.kind !== 'removed') await say(turn, { text })
  return { kind: 'none' }
}

/** What the bot had said last when a message arrived. */
interface Before {
  readonly latestActivityId: string | null
  readonly question: Question | undefined
}

async function answerText(deps: ChatDeps, turn: ChatTurn, text: string, { latestActivityId, question: open }: Before): Promise<void> {
  const yes = parseConfirmation(text)
  if (yes) return confirmTyped(deps, turn, yes, { words: text.trim(), latestActivityId })
  const question = open && deps.memory.answers(turn.conversationId, open, turn.writtenAt) ? open.asked : undefined
  const parsed = question === undefined ? parse(text) : parseAnswer(question, text)
  switch (parsed.kind) {
    case 'command':
      return runCommand(deps, turn, parsed, question !== undefined)
    case 'missing': {
      const asking = parsed.command.needs === null ? undefined : await admit(deps, turn, parsed.command.needs)
      if (asking?.kind === 'mayNot') return void (await say(turn, { text: asking.text }))
      if (asking && parsed.command.actions.length > 0) {
        const usable = await usableActions({ deps, turn, principal: asking.principal }, parsed.command)
        if ('kind' in usable) return void (await say(turn, { text: refusalText(usable) }))
      }
      return askFor({ deps, turn }, parsed, parsed.slot)
    }
    case 'notAsked':
    case 'badTarget':
      return void (await say(turn, { text: `${reasonFor(parsed)} Nothing was proposed.` }))
    case 'unknown': {
      const hint = soundsLikeYes(text) ? ' To countersign, press the button on the card or reply “yes” and its code.' : ''
      return void (await say(turn, {
        text: `I did not understand that.${hint} Did you mean one of these?`,
        suggestions: parsed.suggestions.map((command) => command.words[0]),
      }))
    }
  }
}

async function runCommand(deps: ChatDeps, turn: ChatTurn, said: Said, hadQuestion: boolean): Promise<void> {
  const { command } = said
  if (command.id === 'help') return sayHelp(deps, turn)
  if (command.id === 'cancel')
    return void (await say(turn, {
      text: hadQuestion ? 'Dropped. Nothing was proposed.' : 'There was no question of mine to drop. To end a card, use Decline on it.',
    }))
  if (command.needs === null) throw new Error(`The command ${command.id} names no capability, but it shows or proposes something.`)
  const asking = await admit(deps, turn, command.needs)
  if (asking.kind === 'mayNot') return void (await say(turn, { text: asking.text }))
  const { principal } = asking
  if (command.actions.length > 0) return answerAction({ deps, turn, principal }, said)
  if (!isTalk(command)) throw new Error(`The command ${command.id} has neither an action nor an answer of its own.`)
  await answers[command.id]({ deps, turn, principal, argument: said.parts[0] ?? '' })
}

const doubts = {
  negation: 'That sounded like a no, so I left it.',
  question: 'That sounded like a question, so I left it.',
  condition: 'That came with a condition, and I do not wait for conditions.',
  notAtTheBeginning: 'I act only on a line that begins with the command.',
} as const

const unfit = {
  tooLong: () => 'That is too long for a name.',
  mixedScripts: () =>
    'That name mixes letters of different alphabets, as names made to deceive do. Use the user principal name, an application id or an object id.',
  unclear: (usage) =>
    `I cannot tell where a name begins and ends. Write only: ${usage}, with names that hold such words in "quotation marks".`,
  naming: (usage) => `After “naming” I need the names, once and at the end: ${usage} naming <name>.`,
} as const satisfies Record<Extract<Parsed, { kind: 'badTarget' }>['because'], (usage: string) => string>

function reasonFor(parsed: Extract<Parsed, { kind: 'notAsked' | 'badTarget' }>): string {
  const usage = usageOf(parsed.command)
  return parsed.kind === 'badTarget' ? unfit[parsed.because](usage) : `${doubts[parsed.because]} To propose it, write only: ${usage}.`
}
