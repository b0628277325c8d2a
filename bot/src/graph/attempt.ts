import { StringDecoder } from 'node:string_decoder'
import { GraphClientError, type Context, type Middleware, type MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import type { Bucket } from '@countersign/core/posture/fact.ts'
import type { Budget } from './budget.ts'

/** What one attempt may cost in memory and time. Graph's pages hold at most 999 objects, so honest ones stay far below. */
export interface AttemptLimits {
  readonly bodyBytes: number
  /** From sending to the last byte of the answer. */
  readonly attemptMs: number
  /** Requests of this reader that are under way at once. */
  readonly inFlight: number
}
export const attemptLimits: AttemptLimits = { bodyBytes: 64 * 1024 * 1024, attemptMs: 120_000, inFlight: 16 }

/** What one request takes from the tenant's budget; handed through the SDK as its middleware options are. */
export class Charge implements MiddlewareOptions {
  readonly bucket: Bucket
  readonly units: number
  constructor(bucket: Bucket, units: number) {
    this.bucket = bucket
    this.units = units
  }
}
/**
 * Told of the beginning of a good answer while the rest still arrives: with more and more of it, until it says that it has seen enough. An
 * attempt that is repeated begins again, so what was told may belong to an answer that is never completed.
 */
export class HeadListener implements MiddlewareOptions {
  readonly tell: (head: string) => 'enough' | 'more'
  constructor(tell: HeadListener['tell']) {
    this.tell = tell
  }
}

/** What a plain read of a directory object costs at most. */
const unnamed = new Charge('identity', 3)

export function chargeOf(context: Context): Charge {
  const named = context.middlewareControl?.getMiddlewareOptions(Charge)
  return named instanceof Charge ? named : unnamed
}

/** More bytes than a page may have. Of this base class because the SDK hands on no other error as it is. */
export class BodyTooLarge extends GraphClientError {
  constructor() {
    super('The answer of Microsoft Graph was too large.')
    // The base class makes every instance its own.
    Object.setPrototypeOf(this, new.target.prototype)
  }
}

/** The answer began and did not end well: to be tried again like a connection that broke. */
export class AnswerBroken extends Error {}

const bodies = new WeakMap<Response, string>()

/** The body of an answer that came through `OneAttempt`. */
export function bodyOf(response: Response): string {
  const text = bodies.get(response)
  if (text === undefined) throw new Error('This answer did not come through the reader’s own transport.')
  return text
}

/**
 * One try of one request: waits for the budget and for a place among the requests under way, sends, and takes the whole body within its
 * limits. A body that is cut short or does not end in time is a lost connection, to be tried again like any other.
 */
export class OneAttempt implements Middleware {
  #next: Middleware | undefined
  readonly #budget: Budget | undefined
  readonly #limits: AttemptLimits
  readonly #enter: (signal: AbortSignal | undefined) => Promise<() => void>

  constructor(budget: Budget | undefined, limits: AttemptLimits) {
    this.#budget = budget
    this.#limits = limits
    this.#enter = makeGate(limits.inFlight)
  }

  setNext(next: Middleware): void {
    this.#next = next
  }

  async execute(context: Context): Promise<void> {
    const next = this.#next
    if (!next) throw new Error('The Graph reader has no transport.')
    const signal = context.options?.signal ?? undefined
    const { bucket, units } = chargeOf(context)
    await this.#budget?.take(bucket, units, signal)
    // A narrow bucket lets few requests through as it is, and a place waited for after its turn would use up the distance to the next.
    const leave = bucket === 'identity' ? await this.#enter(signal) : async () => this.#budget?.answered?.(bucket)
    const late = AbortSignal.timeout(this.#limits.attemptMs)
    try {
      context.options = { ...context.options, signal: signal ? AbortSignal.any([signal, late]) : late }
      await next.execute(context)
      if (!context.response) throw new Error('The Graph transport answered nothing.')
      const { response } = context
      const listener = response.ok ? context.middlewareControl?.getMiddlewareOptions(HeadListener) : undefined
      const onHead = listener instanceof HeadListener ? listener.tell : undefined
      bodies.set(response, await readBody(response, this.#limits.bodyBytes, context.options.signal ?? late, onHead))
    } catch (error) {
      signal?.throwIfAborted()
      if (late.aborted) throw new AnswerBroken('Graph did not answer in time.', { cause: error })
      throw error
    } finally {
      await leave()
    }
  }
}

const byteOrderMark = '\uFEFF'
/** What a listener is shown of an answer at most. */
const headBytes = 64 * 1024

async function readBody(response: Response, most: number, signal: AbortSignal, onHead?: HeadListener['tell']): Promise<string> {
  if (!response.body) return ''
  // Taken as text piece by piece: whole pages as bytes beside their text would be given back to the system late.
  const decoder = new StringDecoder('utf8')
  let text = ''
  let bytes = 0
  let listens = onHead !== undefined
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  const stop = (): void => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new AnswerBroken('The answer was cut short.', { cause: error })
      })
      signal.throwIfAborted()
      if (done) return text + decoder.end()
      bytes += value.byteLength
      if (bytes > most) {
        stop()
        throw new BodyTooLarge()
      }
      const piece = decoder.write(value)
      text += text === '' && piece.startsWith(byteOrderMark) ? piece.slice(1) : piece
      if (listens) listens = onHead?.(text) === 'more' && bytes < headBytes
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Lets a number of requests through at once, the others in the order of asking. */
function makeGate(places: number): (signal: AbortSignal | undefined) => Promise<() => void> {
  let free = places
  const waiting = new Set<() => void>()
  const leave = (): void => {
    const [first] = waiting
    if (!first) free += 1
    else {
      waiting.delete(first)
      first()
    }
  }
  return async (signal) => {
    signal?.throwIfAborted()
    if (free > 0) {
      free -= 1
      return leave
    }
    await new Promise<void>((go, failed) => {
      const stop = (): void => {
        waiting.delete(enter)
        failed(signal?.reason)
      }
      const enter = (): void => {
        signal?.removeEventListener('abort', stop)
        go()
      }
      waiting.add(enter)
      signal?.addEventListener('abort', stop, { once: true })
    })
    return leave
  }
}
