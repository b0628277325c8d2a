import { z } from 'zod'
import { ownRefusal, parseAnswer, refusalOf, type AnswerText, type GraphAnswer, type GraphRefusal, type SignInLost } from './answer.ts'
import { batchLimit, batchOfReads, type BatchBody } from './batch-body.ts'
import type { Budget } from './budget.ts'
import type { Bucket } from '@countersign/core/posture/fact.ts'
import { retriedStatus, waitBefore, type Clock } from './throttle.ts'

export interface BatchOptions {
  readonly eventual?: boolean
  readonly signal?: AbortSignal
  readonly bucket: Bucket
}

export interface BatchDependencies {
  /** Sends the body to `/$batch`; a refusal of the whole batch has been tried again already. */
  readonly post: (body: BatchBody) => Promise<AnswerText | GraphRefusal | SignInLost>
  /** Asks for a new token with the next request. */
  readonly wantFreshToken: () => void
  readonly grantedScopes: () => readonly string[]
  readonly clock: Clock
  readonly budget: Budget | undefined
}

interface Item {
  readonly place: number
  readonly url: string
  attempt: number
  /** Milliseconds until it is asked again. */
  wait: number
  waited: number
  triedFresh: boolean
}

const answerSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number().int(),
      headers: z.record(z.string(), z.unknown()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
})
type ItemAnswer = z.infer<typeof answerSchema>['responses'][number]

/**
 * Reads up to twenty addresses in one request. Each is answered by itself, in the order of asking though Graph answers in none: one that
 * was refused for now is asked again alone after its own Retry-After, one that was refused for good is refused and the others stand.
 * https://learn.microsoft.com/graph/throttling#throttling-and-batching
 */
export async function readBatch(urls: readonly string[], options: BatchOptions, deps: BatchDependencies): Promise<GraphAnswer[]> {
  if (urls.length > batchLimit) throw new Error(`A batch of ${urls.length} requests was asked for; Graph takes ${batchLimit}.`)
  const answers: (GraphAnswer | undefined)[] = urls.map(() => undefined)
  let open: Item[] = urls.map((url, place) => ({ place, url, attempt: 1, wait: 0, waited: 0, triedFresh: false }))
  while (open.length > 0) {
    const pause = Math.min(...open.map(({ wait }) => wait))
    if (pause > 0) await deps.clock.sleep(pause, options.signal)
    for (const item of open) item.wait -= pause
    const due = open.filter(({ wait }) => wait <= 0)
    const sent = await deps.post(
      batchOfReads(
        due.map(({ url }) => url),
        options.eventual === true,
      ),
    )
    const responses = sent.kind === 'text' ? readResponses(sent) : sent
    for (const [index, item] of due.entries()) {
      const answer = responses instanceof Map ? await settle(item, responses.get(String(index)), options, deps) : responses
      if (answer) answers[item.place] = answer
    }
    open = open.filter(({ place }) => answers[place] === undefined)
  }
  return answers.filter((answer) => answer !== undefined)
}

/** Answers by id; what cannot be read as a batch answers no item, and each is asked again within its bounds. */
function readResponses(sent: AnswerText): Map<string, ItemAnswer> {
  const parsed = parseAnswer(sent, [])
  const batch = answerSchema.safeParse(parsed.kind === 'answer' ? parsed.body : undefined)
  return new Map(batch.data?.responses.map((response) => [response.id, response]))
}

/** The item's answer, or undefined when it is to be asked again. */
async function settle(
  item: Item,
  response: ItemAnswer | undefined,
  { bucket }: BatchOptions,
  deps: BatchDependencies,
): Promise<GraphAnswer | undefined> {
  const header = (name: string): string | null => {
    const found = Object.entries(response?.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
    return found === undefined || found === null ? null : String(found)
  }
  const granted = deps.grantedScopes()
  const requestId = header('request-id') ?? ''
  if (response && response.status >= 200 && response.status < 300) return { kind: 'answer', body: response.body, requestId }
  if (response?.status === 401 && !item.triedFresh) {
    item.triedFresh = true
    deps.wantFreshToken()
    return undefined
  }
  const refusal = response
    ? refusalOf(response.status, response.body, requestId, granted)
    : ownRefusal('ConnectionLost', 0, requestId, granted)
  if (response && !retriedStatus.includes(response.status)) return refusal
  const wait = waitBefore(item.attempt, header('retry-after'), item.waited, deps.clock)
  if (wait.kind === 'giveUp') return refusal
  item.attempt += 1
  item.wait = wait.milliseconds
  item.waited += wait.milliseconds
  if (response?.status === 429) await deps.budget?.refused(bucket, wait.milliseconds)
  return undefined
}
