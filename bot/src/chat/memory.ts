import type { Asked } from '../assistant/grammar/parse.ts'

/** A question is answered within this time, or it is forgotten. */
const questionMs = 5 * 60_000
const longest = 10_000

/** What this process knows about chats and can lose at any time without harm: whatever counts lies in the store. */
export interface ChatMemory {
  /** Activity id of the bot's newest message: a bare yes can only mean the card that is it. Null after a restart, so that it means nothing. */
  readonly latest: (conversationId: string) => string | null
  readonly noteLatest: (conversationId: string, activityId: string) => void
  readonly ask: (conversationId: string, asked: Asked) => void
  /** The open question, which is thereby closed. */
  readonly takeQuestion: (conversationId: string) => Asked | undefined
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
  const latest = new Map<string, string>()
  const questions = new Map<string, { readonly asked: Asked; readonly until: number }>()
  const beside = new Map<string, { readonly asked: Asked; readonly until: number }>()
  const seen = new Map<string, true>()
  const shown = new Map<string, string>()
  const answering = new Map<string, number>()
  const queues = new Map<string, Promise<unknown>>()
  return {
    latest: (conversationId) => latest.get(conversationId) ?? null,
    noteLatest: (conversationId, activityId) => keep(latest, conversationId, activityId),
    ask: (conversationId, asked) => keep(questions, conversationId, { asked, until: now() + questionMs }),
    takeQuestion(conversationId) {
      const question = questions.get(conversationId)
      questions.delete(conversationId)
      return question && now() < question.until ? question.asked : undefined
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
