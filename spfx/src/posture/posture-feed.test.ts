import { afterReading, NOTHING_READ, POLL_MS, startFeed, type FeedState, type PostureFeed } from './posture-feed.ts'
import type { ReadResult } from './read-posture.ts'
import type { PostureView } from './summary.ts'

const view: PostureView = {
  tenant: { displayName: 'Contoso' },
  scannedAt: null,
  score: null,
  checks: { read: 0, of: 0 },
  areas: [],
  openFindings: 0,
  risks: [],
}
const fresh: ReadResult = { kind: 'fresh', view, etag: '"1"' }
const refused: ReadResult = { kind: 'problem', problem: { kind: 'forbidden', status: 403, requestId: undefined } }
const failed: ReadResult = { kind: 'problem', problem: { kind: 'unreachable' } }

interface Fixture {
  readonly feed: PostureFeed
  readonly states: FeedState[]
  readonly etags: (string | undefined)[]
  setVisibility(state: 'visible' | 'hidden'): void
  pass(ms: number): Promise<void>
}

function start(answers: readonly ReadResult[]): Fixture {
  const states: FeedState[] = []
  const etags: (string | undefined)[] = []
  const listeners = new Set<() => void>()
  const page = {
    visibilityState: 'visible' as 'visible' | 'hidden',
    addEventListener: (_: string, listener: () => void): void => {
      listeners.add(listener)
    },
    removeEventListener: (_: string, listener: () => void): void => {
      listeners.delete(listener)
    },
  }
  const read = async (etag: string | undefined): Promise<ReadResult> => {
    etags.push(etag)
    return answers[Math.min(etags.length, answers.length) - 1] ?? failed
  }
  const feed = startFeed({ read, onChange: (state) => states.push(state), page, now: () => Date.now() })
  return {
    feed,
    states,
    etags,
    setVisibility(state) {
      page.visibilityState = state
      for (const listener of listeners) listener()
    },
    pass: (ms) => jest.advanceTimersByTimeAsync(ms),
  }
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('reads at once, then every minute with the ETag', async () => {
  const { feed, etags, states, pass } = start([fresh, { kind: 'unchanged' }])
  await pass(0)
  await pass(POLL_MS)
  await pass(POLL_MS)
  expect(etags).toEqual([undefined, '"1"', '"1"'])
  expect(states[states.length - 1]).toMatchObject({ view, problem: undefined, reading: false })
  feed.stop()
})

test('a hidden page sends nothing and catches up when shown', async () => {
  const { feed, etags, setVisibility, pass } = start([fresh])
  await pass(0)
  setVisibility('hidden')
  await pass(10 * POLL_MS)
  expect(etags).toHaveLength(1)
  setVisibility('visible')
  await pass(0)
  expect(etags).toHaveLength(2)
  feed.stop()
})

test('a page hidden for a moment waits for the rest of the minute', async () => {
  const { feed, etags, setVisibility, pass } = start([fresh])
  await pass(0)
  setVisibility('hidden')
  await pass(20_000)
  setVisibility('visible')
  await pass(39_999)
  expect(etags).toHaveLength(1)
  await pass(1)
  expect(etags).toHaveLength(2)
  feed.stop()
})

test('after a refusal nothing is kept, not even the ETag', async () => {
  const { feed, etags, states, pass } = start([fresh, refused, fresh])
  await pass(0)
  await pass(POLL_MS)
  expect(states[states.length - 1]).toMatchObject({ view: undefined, readAt: undefined, problem: { kind: 'forbidden' } })
  await pass(POLL_MS)
  expect(etags).toEqual([undefined, '"1"', undefined])
  feed.stop()
})

test('a stopped feed neither reads nor reports', async () => {
  const { feed, etags, states, pass } = start([fresh])
  feed.stop()
  const reported = states.length
  await pass(2 * POLL_MS)
  feed.refresh()
  expect(etags).toHaveLength(1)
  expect(states).toHaveLength(reported)
})

test('any other problem keeps the last good view with its time', () => {
  const good = afterReading(NOTHING_READ, fresh, 1000)
  expect(afterReading(good, failed, 2000)).toEqual({ view, readAt: 1000, problem: { kind: 'unreachable' }, reading: false })
  expect(afterReading(good, { kind: 'unchanged' }, 2000)).toEqual({ view, readAt: 2000, problem: undefined, reading: false })
})
