import type { Asked } from '../assistant/grammar/parse.ts'

/** A question is answered within this time, or it is forgotten. */
const questionMs = 5 * 60_000
const longest = 10_000

/** A question of the bot's, as long as it is open. */
export interface Question {
  readonly asked: Asked
  readonly until: number
  readonly writtenAt: number | null
}

/** What this process knows about chats and can lose at any time without harm: whatever counts lies in the store. */
export interface ChatMemory {
  /**
   * Activity id of the bot's newest message: a bare yes can only mean the card that is it. Null, so that it means nothing, after a
   * restart, while a message is on its way, and after messages whose ways overlapped or that may not have arrived.
   */
  readonly latest: (conversationId: string) => string | null
  /** Every message is sent through this, which notes it as the newest. `idOf`: its activity id in what the channel answers. */
  readonly sending: <T>(conversationId: string, send: () => Promise<T>, idOf: (answer: T) => string | undefined) => Promise<T>
  /** `writtenAt`: when the message that led to the question was written, in the channel's time. */
  readonly ask: (conversationId: string, asked: Asked, writtenAt: number | null) => void
  /** The question that is open now. */
  readonly question: (conversationId: string) => Question | undefined
  /** Closes the question if it is still the open one; true if a message that was written then can be its answer. */
  readonly answers: (conversationId: string, question: Question, writtenAt: number | null) => boolean
  /** What a person wrote beside what is being picked: a button carries ids and never names. */
  readonly hold: (conversationId: string, id: string, asked: Asked) => void
  readonly held: (conversationId: string, id: string) => Asked | undefined
  /** True the second time: the channel sends a message again when an answer is late. */
  readonly isRepeated: (conversationId: string, activityId: string) => boolean
  /** Digest of what a card shows. */
  readonly shown: (offerId: string) => string | undefined
  readonly noteShown: (offerId: string, digest: string) => void
  /** The answer to a pressed button must reach the client before a later state of the same card does. */
  readonly noteAnswering: (offerId: string) => void
  readonly quietFor: (offerId: string) => number
  /** Runs work on one subject after the work on it that was begun before. */
  readonly inTurn: <T>(subjectId: string, work: () => Promise<T>) => Promise<T>
}

const answerTravelMs = 400

export function makeChatMemory(now: () => number): ChatMemory {
  const newest = new Map<string, { readonly activityId: string | null }>()
  const questions = new Map<string, Question>()
  const beside = new Map<string, { readonly asked: Asked; readonly until: number }>()
  const seen = new Map<string, true>()
  const shown = new Map<string, string>()
  const answering = new Map<string, number>()
  const queues = new Map<string, Promise<unknown>>()
  return {
    latest: (conversationId) => newest.get(conversationId)?.activityId ?? null,
    async sending(conversationId, send, idOf) {
      const own = { activityId: null }
      keep(newest, conversationId, own)
      let activityId = ''
      try {
        const answer = await send()
        activityId = idOf(answer) ?? ''
        return answer
      } finally {
        const isAlone = newest.get(conversationId) === own
        keep(newest, conversationId, { activityId: isAlone && activityId !== '' ? activityId : null })
      }
    },
    ask: (conversationId, asked, writtenAt) => keep(questions, conversationId, { asked, until: now() + questionMs, writtenAt }),
    question: (conversationId) => questions.get(conversationId),
    answers(conversationId, question, writtenAt) {
      if (questions.get(conversationId) !== question) return false
      if (question.writtenAt !== null && writtenAt !== null && writtenAt < question.writtenAt) return false
      questions.delete(conversationId)
      return now() < question.until
    },
    hold: (conversationId, id, asked) => keep(beside, `${conversationId} ${id}`, { asked, until: now() + questionMs }),
    held(conversationId, id) {
      const known = beside.get(`${conversationId} ${id}`)
      return known && now() < known.until ? known.asked : undefined
    },
    isRepeated(conversationId, activityId) {
      if (activityId === '') return false
      const key = `${conversationId} ${activityId}`
      if (seen.has(key)) return true
      keep(seen, key, true)
      return false
    },
    shown: (offerId) => shown.get(offerId),
    noteShown: (offerId, digest) => keep(shown, offerId, digest),
    noteAnswering: (offerId) => keep(answering, offerId, now() + answerTravelMs),
    quietFor: (offerId) => Math.max(0, (answering.get(offerId) ?? 0) - now()),
    async inTurn(subjectId, work) {
      const before = queues.get(subjectId) ?? Promise.resolve()
      const run = before.then(work)
      const settled = run.then(
        () => undefined,
        () => undefined,
      )
      queues.set(subjectId, settled)
      try {
        return await run
      } finally {
        if (queues.get(subjectId) === settled) queues.delete(subjectId)
      }
    },
  }
}

/** Newest last; the oldest goes when it gets too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  const oldest = map.size > longest ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
}
