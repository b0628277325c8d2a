import { commandOf, commands } from '../commands.ts'
import type { Command, Slot } from '../commands/command.ts'
import { doubtIn, wordsOf, type NotAsked } from './doubt.ts'
import { mixesScripts, normalise } from './normalise.ts'
import { cutAt, listOf, maskQuotes, unquoted } from './parts.ts'
import { suggest } from './suggest.ts'

/** What a person has said of a command so far. */
export interface Said {
  readonly command: Command
  /** One for each slot, in their order; fewer while some are missing. */
  readonly parts: readonly string[]
  /** What stands after `naming`: whom it locks out, as written. Says which objects are meant and confirms nothing. */
  readonly naming: readonly string[]
}
export type Parsed =
  | ({ readonly kind: 'command' } & Said)
  /** The command is clear, what it is about is not. */
  | ({ readonly kind: 'missing'; readonly slot: Slot } & Said)
  /** Words of a proposing command within a sentence that does not simply ask for it. */
  | { readonly kind: 'notAsked'; readonly because: NotAsked; readonly command: Command }
  | { readonly kind: 'badTarget'; readonly because: BadTarget; readonly command: Command }
  | { readonly kind: 'unknown'; readonly suggestions: readonly Command[] }

/** `unclear`: where a part begins or ends cannot be told. */
export type BadTarget = 'mixedScripts' | 'tooLong' | 'unclear' | 'naming'

const longestPart = 256
const longestList = 1200
const namedAtMost = 20

/** Reads one line of a person. Exact words only; what proposes a change must stand alone, at the beginning, unconditionally. */
export function parse(text: string): Parsed {
  const line = normalise(text)
  const called = commandCalled(line)
  if (called) return withParts(called.command, called.rest)
  const said = ` ${wordsOf(line).join(' ')} `
  const mentioned = proposing.find(({ words }) => said.includes(` ${words} `))
  if (mentioned) return { kind: 'notAsked', because: doubtIn(line) ?? 'notAtTheBeginning', command: mentioned.command }
  return { kind: 'unknown', suggestions: suggest(line) }
}

/** A question of the bot: what had been said before it. */
export interface Asked {
  readonly commandId: string
  readonly parts: readonly string[]
  readonly naming: readonly string[]
}

/** Reads a line as the answer to the question for the next missing part of a command. */
export function parseAnswer({ commandId, ...known }: Asked, text: string): Parsed {
  const own = parse(text)
  return own.kind === 'unknown' ? withParts(commandOf(commandId), normalise(text), known) : own
}

function withParts(command: Command, rest: string, known?: Omit<Asked, 'commandId'>): Parsed {
  const doubt = command.does === 'propose' && rest !== '' ? doubtIn(rest) : undefined
  if (doubt) return { kind: 'notAsked', because: doubt, command }
  const clause = namingIn(command, rest)
  if (!clause) return { kind: 'badTarget', because: 'naming', command }
  const added = partsOf(command, clause.body, known?.parts)
  if (!added) return { kind: 'badTarget', because: 'unclear', command }
  const parts = [...(known?.parts ?? []), ...added]
  for (const [index, part] of parts.entries()) {
    const because = wrongWith(part, command.slots[index])
    if (because) return { kind: 'badTarget', because, command }
  }
  const said = { command, parts: parts.map((part, index) => meant(part, command.slots[index])), naming: clause.naming }
  const naming = [...(known?.naming ?? []), ...said.naming]
  const slot = command.slots[parts.length]
  return slot ? { kind: 'missing', slot, ...said, naming } : { kind: 'command', ...said, naming }
}

/** Cuts off `naming …` at the end; undefined where there are two of it, or nothing that can be read after it. */
function namingIn(command: Command, rest: string): { readonly body: string; readonly naming: readonly string[] } | undefined {
  const cuts = command.actions.length > 0 ? cutAt(rest, ['naming']) : []
  const [cut, another] = cuts
  if (!cut) return { body: rest, naming: [] }
  const naming = listOf(cut.after)
  const isFit = naming !== undefined && naming.length <= namedAtMost && naming.every((name) => name.length <= longestPart)
  return isFit && !another ? { body: cut.before, naming } : undefined
}

/** What stands for the slots that are not known yet; undefined where it cannot be told apart. */
function partsOf({ slots, joint, does }: Command, body: string, known: readonly string[] | undefined): readonly string[] | undefined {
  if (body === '') return []
  if (slots.length === 0) return undefined
  if (does === 'propose' && maskQuotes(body) === undefined) return undefined
  if (joint.length === 0 || (known?.length ?? 0) > 0) return [body]
  const [cut, another] = cutAt(body, joint)
  // With one slot the joint ends the line; whoever was asked for the slot need not write it again.
  if (!cut) return slots.length === 2 || known !== undefined ? [body] : undefined
  if (another || cut.before === '') return undefined
  if (slots.length === 1) return cut.after === '' ? [cut.before] : undefined
  return cut.after === '' ? [cut.before] : [cut.before, cut.after]
}

function wrongWith(part: string, slot: Slot | undefined): BadTarget | undefined {
  if (slot === undefined) return 'unclear'
  if (part.length > (slot.is === 'users' ? longestList : longestPart)) return 'tooLong'
  if (slot.is === 'text') return undefined
  const names = slot.is === 'users' ? listOf(part) : [unquoted(part)]
  if (!names) return 'unclear'
  for (const name of names) {
    if (name === undefined) return 'unclear'
    if (mixesScripts(name)) return 'mixedScripts'
  }
  return undefined
}

function meant(part: string, slot: Slot | undefined): string {
  return slot === undefined || slot.is === 'text' || slot.is === 'users' ? part : (unquoted(part) ?? part)
}

interface Phrase {
  readonly command: Command
  readonly phrase: string
  /** Words that may not follow, because a command of their own begins so; null for words that are enough by themselves. */
  readonly notBefore: readonly string[] | null
}

const plainPhrases: readonly Phrase[] = commands.flatMap((command) => command.words.map((phrase) => ({ command, phrase, notBefore: null })))
const widePhrases: readonly Phrase[] = commands.flatMap((command) =>
  command.wide.map((phrase) => ({
    command,
    phrase,
    notBefore: plainPhrases.flatMap((other) =>
      other.phrase.startsWith(`${phrase} `) ? [other.phrase.slice(phrase.length + 1).split(' ')[0] ?? ''] : [],
    ),
  })),
)
/** Every phrase with its command, the longest first, so that `show finding` is not taken for `show`. */
const phrases: readonly Phrase[] = [...plainPhrases, ...widePhrases].sort((a, b) => b.phrase.length - a.phrase.length)

/** The command whose words begin the line. */
function commandCalled(line: string): { readonly command: Command; readonly rest: string } | undefined {
  const lower = line.toLowerCase()
  for (const { command, phrase, notBefore } of phrases) {
    const rest = lower.startsWith(`${phrase} `) ? line.slice(phrase.length + 1) : undefined
    if (command.slots.length === 0) {
      const ending = command.does === 'propose' ? /^[.!]*$/ : /^[.!?]*$/
      if (lower.startsWith(phrase) && ending.test(lower.slice(phrase.length))) return { command, rest: '' }
      if (command.actions.length > 0 && rest?.toLowerCase().startsWith('naming ')) return { command, rest }
    } else if (notBefore === null) {
      if (lower === phrase) return { command, rest: '' }
      if (rest !== undefined) return { command, rest }
    } else if (rest !== undefined && cutAt(rest, command.joint).length > 0) {
      if (!notBefore.includes(rest.toLowerCase().split(' ')[0] ?? '')) return { command, rest }
    }
  }
  return undefined
}

/** Phrases that would propose a change, as their words. */
const proposing = plainPhrases
  .filter(({ command }) => command.does === 'propose' && (command.slots.length > 0 || command.actions.length > 0))
  .map(({ command, phrase }) => ({ command, words: wordsOf(phrase).join(' ') }))
