import { sentenceOf } from './parts.ts'

/** Why a line with the words of a command does not simply ask for it. */
export type NotAsked = 'negation' | 'question' | 'condition' | 'notAtTheBeginning'

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

/** Whether a line is a negation, a question or a condition. Addresses, and what is in quotation marks, are names and no words of it. */
export function doubtIn(line: string): NotAsked | undefined {
  if (line.endsWith('?')) return 'question'
  const words = wordsOf(sentenceOf(line))
  if (words.some((word) => negations.includes(word))) return 'negation'
  if (words.some((word) => conditions.includes(word))) return 'condition'
  return questions.includes(words[0] ?? '') ? 'question' : undefined
}

/** Lower-case words; apostrophes vanish, so that don't, don’t and dont are one. */
export function wordsOf(line: string): string[] {
  return line
    .toLowerCase()
    .replace(/['’‘ʼ`´]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
