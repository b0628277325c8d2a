import { GraphClientError, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import { AnswerBroken, chargeOf } from './attempt.ts'
import { readsOnly } from './batch-body.ts'
import type { Budget } from './budget.ts'

/** Time and chance, given from outside so that tests need not wait. */
export interface Clock {
  readonly now: () => number
  /** Resolves after the time or rejects with the signal's reason, whichever is first. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** 0 to 1. */
  readonly random: () => number
}

export const systemClock: Clock = { now: () => Date.now(), sleep, random: () => Math.random() }

/** Waiting is bounded twice: by attempts, and by the sum of the waits of one request. */
export const throttleLimits = {
  attempts: 8,
  totalWaitMs: 240_000,
  longestWaitMs: 180_000,
  firstWaitMs: 1_000,
  brokenConnections: 3,
} as const

/** Answers that Graph gives for "not now": https://learn.microsoft.com/graph/throttling and https://learn.microsoft.com/graph/errors. */
export const retriedStatus: readonly number[] = [429, 502, 503, 504]

export type Wait = { readonly kind: 'wait'; readonly milliseconds: number } | { readonly kind: 'giveUp' }

/**
 * How long to wait before attempt `attempt + 1`. Retry-After may be whole, fractional, a date or missing (Conditional Access and Identity
 * Protection send none); without it the wait doubles, with jitter so that several readers do not come back together.
 */
export function waitBefore(attempt: number, retryAfter: string | null, waitedMs: number, clock: Pick<Clock, 'now' | 'random'>): Wait {
  if (attempt >= throttleLimits.attempts) return { kind: 'giveUp' }
  const asked = retryAfter === null ? undefined : readRetryAfter(retryAfter, clock.now())
  const milliseconds = asked ?? throttleLimits.firstWaitMs * 2 ** (attempt - 1) * (0.75 + clock.random() / 2)
  if (milliseconds > throttleLimits.longestWaitMs || waitedMs + milliseconds > throttleLimits.totalWaitMs) return { kind: 'giveUp' }
  return { kind: 'wait', milliseconds: Math.ceil(milliseconds) }
}

/** Milliseconds from a Retry-After header; undefined when it is neither a number nor a date. */
export function readRetryAfter(text: string, now: number): number | undefined {
  const trimmed = text.trim()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000
  const date = Date.parse(trimmed)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** The connection broke each time. Of this base class because the SDK hands on no other error as it is. */
export class ConnectionLost extends GraphClientError {
  constructor(cause: unknown) {
    super('The connection to Microsoft Graph was lost.')
    // The base class makes every instance its own.
    Object.setPrototypeOf(this, new.target.prototype)
    this.cause = cause
  }
}

/**
 * Repeats a GET that Graph refused for now. It stands before the middleware that adds the token, so that a long wait never ends in an old
 * token, and refuses anything but GET, alone or in a batch of GETs: a write is repeated by nobody.
 */
export class PatientMiddleware implements Middleware {
  #next: Middleware | undefined
  readonly #clock: Clock
  readonly #budget: Budget | undefined

  constructor(clock: Clock, budget?: Budget) {
    this.#clock = clock
    this.#budget = budget
  }

  setNext(next: Middleware): void {
    this.#next = next
  }

  async execute(context: Context): Promise<void> {
    const next = this.#next
    if (!next) throw new Error('The Graph reader has no transport behind its throttle.')
    if (!readsOnly(context)) throw new Error('The Graph reader sends GET and nothing else.')
    const options = context.options ?? {}
    const headers = new Headers(options.headers as Record<string, string> | undefined)
    const signal = options.signal ?? undefined
    let waited = 0
    for (let attempt = 1; ; attempt += 1) {
      context.options = { ...options, headers: Object.fromEntries(headers) }
      const outcome = await attemptOnce(next, context, signal)
      if (outcome.kind === 'answered' && !retriedStatus.includes(outcome.response.status)) return
      if (outcome.kind === 'broken' && attempt >= throttleLimits.brokenConnections) throw new ConnectionLost(outcome.error)
      const wait = waitBefore(
        attempt,
        outcome.kind === 'answered' ? outcome.response.headers.get('retry-after') : null,
        waited,
        this.#clock,
      )
      if (wait.kind === 'giveUp') {
        if (outcome.kind === 'broken') throw new ConnectionLost(outcome.error)
        return
      }
      if (outcome.kind === 'answered' && !outcome.response.bodyUsed) await outcome.response.text()
      if (outcome.kind === 'answered' && outcome.response.status === 429)
        await this.#budget?.refused(chargeOf(context).bucket, wait.milliseconds)
      await this.#clock.sleep(wait.milliseconds, signal)
      waited += wait.milliseconds
    }
  }
}

type Attempt = { readonly kind: 'answered'; readonly response: Response } | { readonly kind: 'broken'; readonly error: unknown }

async function attemptOnce(next: Middleware, context: Context, signal: AbortSignal | undefined): Promise<Attempt> {
  try {
    await next.execute(context)
  } catch (error) {
    signal?.throwIfAborted()
    if (!isBrokenConnection(error)) throw error
    return { kind: 'broken', error }
  }
  if (!context.response) throw new Error('The Graph transport answered nothing.')
  return { kind: 'answered', response: context.response }
}

/** fetch reports a lost connection as a TypeError with the socket's error as its cause. */
function isBrokenConnection(error: unknown): boolean {
  if (error instanceof AnswerBroken) return true
  return error instanceof TypeError && error.cause instanceof Error && error.cause.name !== 'EgressRefused'
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    if (signal?.aborted) {
      failed(signal.reason)
      return
    }
    const stop = (): void => {
      clearTimeout(timer)
      failed(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      done()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
