import type { z } from 'zod'
import type { eventSchema } from '@countersign/core/api/events.ts'
import type { Service } from './service.ts'

export type LiveEvent = z.infer<typeof eventSchema>

/** Milliseconds. */
export interface Beats {
  readonly poll: number
  /** A stream is tried again this long after one that gave nothing. */
  readonly streamAgain: number
  readonly reopen: number
  /** A stream says something right away and every 15 s; one that is silent for longer is held up by something in between. */
  readonly firstWord: number
  readonly silence: number
}
export const beats: Beats = { poll: 4000, streamAgain: 60_000, reopen: 500, firstWord: 5000, silence: 40_000 }

export interface EventFeed {
  /** Place in the log after which events are told. */
  readonly from: number
  readonly onEvent: (event: LiveEvent) => void
  readonly signal: AbortSignal
  /** Resolves when somebody looks at the page; without it, somebody always does. */
  readonly whenShown?: (signal: AbortSignal) => Promise<void>
  /** Resolves when the service can be reached; without it, it is simply asked. */
  readonly whenReached?: (signal: AbortSignal) => Promise<void>
  readonly beats?: Beats
}

/**
 * Follows the service's events until the signal aborts, each told once and in order: by a stream that goes on where it stopped, and by
 * polling while no stream can be had or a proxy keeps back what it says. EventSource cannot send a token, so the stream is read with fetch.
 */
export async function followEvents(service: Service, feed: EventFeed): Promise<void> {
  const { signal, onEvent, beats: beat = beats } = feed
  let cursor = feed.from
  let noStreamUntil = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    await feed.whenShown?.(signal)
    await feed.whenReached?.(signal)
    if (signal.aborted) return
    if (performance.now() >= noStreamUntil) {
      const hasSpoken = await readStream()
      if (hasSpoken) {
        await pause(beat.reopen, signal)
        continue
      }
      noStreamUntil = performance.now() + beat.streamAgain
    }
    await poll().catch(() => undefined)
    await pause(beat.poll, signal)
  }

  /** Reads one stream to its end; whether it said anything. */
  async function readStream(): Promise<boolean> {
    const end = new AbortController()
    const stop = (): void => end.abort()
    signal.addEventListener('abort', stop, { once: true })
    const onHidden = feed.whenShown && typeof document !== 'undefined' ? letGo : undefined
    if (onHidden) document.addEventListener('visibilitychange', onHidden)
    let hasSpoken = false
    let watchdog = setTimeout(stop, beat.firstWord)
    try {
      const answer = await service.open(`/api/events?after=${cursor}`, { headers: { accept: 'text/event-stream' }, signal: end.signal })
      if (!answer.body || !(answer.headers.get('content-type') ?? '').includes('text/event-stream')) return false
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      end.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true })
      let rest = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return hasSpoken
        hasSpoken = true
        clearTimeout(watchdog)
        watchdog = setTimeout(stop, beat.silence)
        const blocks = (rest + value).split(/\r?\n\r?\n/)
        rest = blocks.pop() ?? ''
        for (const block of blocks) take(eventIn(block))
      }
    } catch {
      return hasSpoken
    } finally {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', stop)
      if (onHidden) document.removeEventListener('visibilitychange', onHidden)
      end.abort()
    }

    function letGo(): void {
      if (document.hidden) end.abort()
    }
  }

  async function poll(): Promise<void> {
    const page = await service.call('GET /api/events', { query: { after: cursor } })
    for (const event of page.events) take(event)
    cursor = Math.max(cursor, page.cursor)
  }

  function take(event: LiveEvent | undefined): void {
    if (!event || signal.aborted || event.seq <= cursor) return
    cursor = event.seq
    onEvent(event)
  }
}

/** The event in one block of a stream; comments and unknown fields are skipped as the format demands. */
export function eventIn(block: string): LiveEvent | undefined {
  const data = block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n')
  if (data === '') return undefined
  // The parsed boundary: the stream is the service's own.
  const event = JSON.parse(data) as Partial<LiveEvent>
  return typeof event.seq === 'number' && typeof event.kind === 'string' ? (event as LiveEvent) : undefined
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
