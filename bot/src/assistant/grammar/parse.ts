import { commandOf, commands, type AnyCommand, type CommandId } from '../commands.ts'
import { mixesScripts, normalise } from './normalise.ts'
import { suggest } from './suggest.ts'

export type Parsed =
  | { readonly kind: 'command'; readonly command: AnyCommand; /** '' when the command takes none. */ readonly argument: string }
  /** The command is clear, what it is about is not. */
  | { readonly kind: 'missing'; readonly command: AnyCommand; readonly question: string }
  /** Words of a proposing command within a sentence that does not simply ask for it. */
  | { readonly kind: 'notAsked'; readonly because: NotAsked; readonly command: AnyCommand }
  | { readonly kind: 'badTarget'; readonly because: 'mixedScripts' | 'tooLong'; readonly command: AnyCommand }
  | { readonly kind: 'unknown'; readonly suggestions: readonly AnyCommand[] }

export type NotAsked = 'negation' | 'question' | 'condition' | 'notAtTheBeginning'

const longestArgument = 256

const negations = [
  'not',
  'no',
  'never',
  'nobody',
  'without',
  'except',
  'instead',
  'cannot',
  'nor',
  'neither',
  'dont',
  'doesnt',
  'didnt',
  'cant',
  'wont',
  'shouldnt',
  'wouldnt',
  'mustnt',
  'isnt',
  'stop',
  'avoid',
]
const questions = [
  'should',
  'could',
  'would',
  'can',
  'may',
  'might',
  'will',
  'shall',
  'what',
  'why',
  'how',
  'who',
  'whom',
  'when',
  'where',
  'which',
  'whether',
  'is',
  'are',
  'do',
  'does',
  'did',
  'was',
  'were',
]
const conditions = [
  'if',
  'unless',
  'until',
  'till',
  'once',
  'when',
  'whenever',
  'after',
  'before',
  'provided',
  'assuming',
  'suppose',
  'otherwise',
  'later',
  'tomorrow',
  'maybe',
  'perhaps',
]

/** Reads one line of a person. Exact words only; what proposes a change must stand alone, at the beginning, unconditionally. */
export function parse(text: string): Parsed {
  const line = normalise(text)
  const called = commandCalled(line)
  if (called) return withArgument(called.command, called.rest)
  const said = ` ${wordsOf(line).join(' ')} `
  const mentioned = proposing.find(({ words }) => said.includes(` ${words} `))
  if (mentioned) return { kind: 'notAsked', because: doubtIn(line, true) ?? 'notAtTheBeginning', command: mentioned.command }
  return { kind: 'unknown', suggestions: suggest(line) }
}

/** Reads a line as the answer to the question for the missing part of a command. */
export function parseAnswer(id: CommandId, text: string): Parsed {
  const own = parse(text)
  if (own.kind !== 'unknown') return own
  return withArgument(commandOf(id), normalise(text))
}

function withArgument(command: AnyCommand, rest: string): Parsed {
  if (command.argument === null) return { kind: 'command', command, argument: '' }
  if (rest === '') return { kind: 'missing', command, question: command.argument.question }
  if (command.does === 'propose') {
    const doubt = doubtIn(rest, false)
    if (doubt) return { kind: 'notAsked', because: doubt, command }
  }
  if (rest.length > longestArgument) return { kind: 'badTarget', because: 'tooLong', command }
  if (command.argument.isTarget && mixesScripts(rest)) return { kind: 'badTarget', because: 'mixedScripts', command }
  return { kind: 'command', command, argument: rest }
}

/** Every phrase with its command, the longest first, so that `show finding` is not taken for `show`. */
const phrases: readonly { readonly command: AnyCommand; readonly phrase: string }[] = commands
  .flatMap((command) => command.words.map((phrase) => ({ command, phrase })))
  .sort((a, b) => b.phrase.length - a.phrase.length)

/** The command whose words begin the line. */
function commandCalled(line: string): { readonly command: AnyCommand; readonly rest: string } | undefined {
  const lower = line.toLowerCase()
  for (const { command, phrase } of phrases) {
    if (command.argument === null) {
      const ending = command.does === 'propose' ? /[.!]+$/ : /[.!?]+$/
      if (lower === phrase || lower.replace(ending, '') === phrase) return { command, rest: '' }
      continue
    }
    if (lower === phrase) return { command, rest: '' }
    if (lower.startsWith(`${phrase} `)) return { command, rest: line.slice(phrase.length + 1) }
  }
  return undefined
}

/** Phrases that would propose a change, as their words. */
const proposing = phrases
  .filter(({ command }) => command.does === 'propose' && command.argument !== null)
  .map(({ command, phrase }) => ({ command, words: wordsOf(phrase).join(' ') }))

/** Whether a line is a negation, a question or a condition. An address or an id alone is never one, whatever it is spelt with. */
function doubtIn(line: string, whole: boolean): NotAsked | undefined {
  if (line.endsWith('?')) return 'question'
  if (!whole && !line.includes(' ') && /[@]|^[0-9a-f-]{36}$/i.test(line)) return undefined
  const words = wordsOf(line)
  if (words.some((word) => negations.includes(word))) return 'negation'
  if (words.some((word) => conditions.includes(word))) return 'condition'
  return questions.includes(words[0] ?? '') ? 'question' : undefined
}

/** Lower-case words; apostrophes vanish, so that don't, don’t and dont are one. */
function wordsOf(line: string): string[] {
  return line
    .toLowerCase()
    .replace(/['’‘ʼ`´]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
