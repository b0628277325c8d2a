import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { followEvents, type Beats, type LiveEvent } from '../../teamsapp/client/events.ts'
import type { Service } from '../../teamsapp/client/service.ts'
import { fc } from '../random.ts'

const last = 25
/** Milliseconds of a clock that goes on only once everything that is under way has gone as far as it can. */
const fast: Beats = { poll: 1, streamAgain: 6, reopen: 0, firstWord: 15, silence: 25 }

/** What one request meets: how the service, or something between, behaves. */
type Meeting =
  /** Bytes in pieces of these sizes, the line cut after so many events. */
  | { readonly kind: 'stream'; readonly cuts: readonly number[]; readonly events: number; readonly repeats: number }
  /** A proxy that keeps back what a stream says. */
  | { readonly kind: 'buffered' }
  /** A stream that says a little and then nothing more, without end. */
  | { readonly kind: 'hangs'; readonly events: number }
  | { readonly kind: 'refused' }

const meeting: fc.Arbitrary<Meeting> = fc.oneof(
  fc.record({
    kind: fc.constant('stream' as const),
    cuts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
    events: fc.integer({ min: 0, max: 7 }),
    repeats: fc.integer({ min: 0, max: 2 }),
  }),
  fc.constant({ kind: 'buffered' as const }),
  fc.record({ kind: fc.constant('hangs' as const), events: fc.integer({ min: 0, max: 3 }) }),
  fc.constant({ kind: 'refused' as const }),
)

function event(seq: number): LiveEvent {
  return { seq, kind: 'scan.progressed', subjectId: 's', at: '2026-11-22T05:12:00.000Z' }
}

function block(seq: number): string {
  return `id: ${seq}\nevent: scan.progressed\ndata: ${JSON.stringify(event(seq))}\n\n`
}

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }))
afterEach(() => void jest.useRealTimers())

/** Lets time pass until something has ended. */
async function whileTimePasses(ended: Promise<void>): Promise<void> {
  let isOver = false
  const over = ended.finally(() => (isOver = true))
  while (!isOver) {
    for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    await jest.advanceTimersByTimeAsync(1)
  }
  await over
}

describe('events', () => {
  test('whatever cuts, keeps back or refuses the stream, each event after the beginning is told once and in order', async () => {
    const met = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(meeting, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 5 }), async (meetings, from) => {
        const seen: number[] = []
        const stop = new AbortController()
        let turn = 0
        const next = (): Meeting => {
          const now = meetings[turn] ?? { kind: 'stream', cuts: [40], events: last, repeats: 0 }
          turn += 1
          met.add(now.kind)
          return now
        }
        const service: Service = {
          setCsrfToken: () => undefined,
          // The mock of one route.
          call: (async (_key: string, input: { query: { after: number } }) => {
            if (next().kind === 'refused') throw new Error('refused')
            const events = numbers(input.query.after + 1, Math.min(last, input.query.after + 4)).map(event)
            return { events, cursor: events.at(-1)?.seq ?? input.query.after }
          }) as unknown as Service['call'],
          open: async (path, init) => {
            const after = Number(new URLSearchParams(path.split('?')[1]).get('after'))
            return streamFor(next(), after, init.signal ?? undefined)
          },
        }
        const following = followEvents(service, {
          from,
          signal: stop.signal,
          beats: fast,
          onEvent: ({ seq }) => {
            seen.push(seq)
            if (seq === last) stop.abort()
          },
        })
        await whileTimePasses(following)
        expect(seen).toEqual(numbers(from + 1, last))
      }),
      { numRuns: 60 },
    )
    expect([...met].sort()).toEqual(['buffered', 'hangs', 'refused', 'stream'])
  })

  test('a page that nobody looks at asks for nothing, and goes on where it was', async () => {
    const stop = new AbortController()
    const asked: string[] = []
    const seen: number[] = []
    let look: () => void = () => undefined
    const whenShown = [Promise.resolve(), new Promise<void>((resolve) => (look = resolve)), Promise.resolve()]
    let isWaiting = (): void => undefined
    const waiting = new Promise<void>((resolve) => (isWaiting = resolve))
    const service: Service = {
      setCsrfToken: () => undefined,
      call: () => Promise.reject(new Error('no poll expected')),
      open: (path) => {
        asked.push(path)
        return Promise.resolve(answerOf(`${block(asked.length)}`))
      },
    }
    const following = followEvents(service, {
      from: 0,
      signal: stop.signal,
      beats: fast,
      whenShown: () => {
        if (whenShown.length === 2) isWaiting()
        return whenShown.shift() ?? Promise.resolve()
      },
      onEvent: ({ seq }) => {
        seen.push(seq)
        if (seq === 2) stop.abort()
      },
    })
    await whileTimePasses(waiting)
    await jest.advanceTimersByTimeAsync(1000)
    expect({ asked, seen }).toEqual({ asked: ['/api/events?after=0'], seen: [1] })
    look()
    await whileTimePasses(following)
    expect({ asked, seen }).toEqual({ asked: ['/api/events?after=0', '/api/events?after=1'], seen: [1, 2] })
  })
})

function streamFor(now: Meeting, after: number, signal: AbortSignal | undefined): Response {
  if (now.kind === 'refused') throw new TypeError('failed to fetch')
  if (now.kind === 'buffered') return new Response(neverEnding('', signal), { headers: { 'content-type': 'text/event-stream' } })
  if (now.kind === 'hangs')
    return new Response(neverEnding(`: open\n\n${textOf(after + 1, after + now.events)}`, signal), {
      headers: { 'content-type': 'text/event-stream' },
    })
  // A resumed stream repeats what was told already, and is cut in the middle of the next event.
  const whole = textOf(Math.max(1, after + 1 - now.repeats), after + now.events)
  const rest = after + now.events < last ? block(after + now.events + 1).slice(0, 30) : ''
  return answerOf(`: open\n\n${whole}${rest}`, now.cuts)
}

function textOf(from: number, to: number): string {
  return numbers(from, Math.min(last, to)).map(block).join('')
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

function answerOf(text: string, cuts: readonly number[] = [1000]): Response {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  let turn = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const size = cuts[turn % cuts.length] ?? 1
      turn += 1
      controller.enqueue(bytes.slice(at, at + size))
      at += size
      return undefined
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

function neverEnding(text: string, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (text !== '') controller.enqueue(new TextEncoder().encode(text))
      signal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')))
    },
  })
}
