import type { z } from 'zod'
import type { eventSchema } from '@countersign/core/api/events.ts'
import type { Service } from './service.ts'

export type LiveEvent = z.infer<typeof eventSchema>

const pollEveryMs = 4000
const streamAgainAfterMs = 30_000

export interface EventFeed {
  readonly onEvent: (event: LiveEvent) => void
  readonly signal: AbortSignal
}

/**
 * Follows the service's events until the signal aborts: by a stream that goes on where it stopped, and by polling while no stream can
 * be had. EventSource cannot send a token, so the stream is read with fetch.
 */
export async function followEvents(service: Service, { onEvent, signal }: EventFeed): Promise<void> {
  let cursor = 0
  let streamFailedAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    if (performance.now() - streamFailedAt > streamAgainAfterMs) {
      const opened = performance.now()
      await readStream().catch(() => {
        if (performance.now() - opened < pollEveryMs) streamFailedAt = performance.now()
      })
    } else {
      await poll().catch(() => undefined)
    }
    await pause(streamFailedAt === Number.NEGATIVE_INFINITY ? 500 : pollEveryMs, signal)
  }

  async function readStream(): Promise<void> {
    const answer = await service.open(`/api/events?after=${cursor}`, { headers: { accept: 'text/event-stream' }, signal })
    if (!answer.body || !(answer.headers.get('content-type') ?? '').includes('text/event-stream'))
      throw new Error('The service answered without a stream.')
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + value).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(eventIn(block))
    }
  }

  async function poll(): Promise<void> {
    const page = await service.call('GET /api/events', { query: { after: cursor } })
    for (const event of page.events) take(event)
    cursor = Math.max(cursor, page.cursor)
  }

  function take(event: LiveEvent | undefined): void {
    if (!event || event.seq <= cursor) return
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
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
