import type { ReadProblem, ReadResult } from './read-posture.ts'
import type { PostureView } from './summary.ts'

/** What is known now: the last good view (dated by this browser's clock, ms) and what went wrong since. */
export interface FeedState {
  readonly view: PostureView | undefined
  readonly readAt: number | undefined
  readonly problem: ReadProblem | undefined
  readonly reading: boolean
}

/** The part of `document` that says whether anybody can look. */
export interface VisiblePage {
  readonly visibilityState: DocumentVisibilityState
  addEventListener(type: 'visibilitychange', listener: () => void): void
  removeEventListener(type: 'visibilitychange', listener: () => void): void
}

export interface FeedOptions {
  /** Must not reject: every failure is a result. */
  readonly read: (etag: string | undefined) => Promise<ReadResult>
  readonly onChange: (state: FeedState) => void
  readonly page: VisiblePage
  readonly now: () => number
}

export interface PostureFeed {
  /** Reads now, whatever the timer says; does nothing while a reading is under way. */
  refresh(): void
  stop(): void
}

export const POLL_MS = 60_000
/** The state before the first reading has ended. */
export const NOTHING_READ: FeedState = { view: undefined, readAt: undefined, problem: undefined, reading: true }

/**
 * Reads at once and then every minute while the page is visible. A hidden page sends nothing; when it is shown again
 * and the last reading is older than a minute, it reads at once.
 */
export function startFeed({ read, onChange, page, now }: FeedOptions): PostureFeed {
  let state = NOTHING_READ
  let etag: string | undefined
  let lastTry = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay = false
  let stopped = false

  function publish(next: FeedState): void {
    state = next
    onChange(state)
  }

  function refresh(): void {
    if (underWay || stopped) return
    underWay = true
    lastTry = now()
    clearTimeout(timer)
    publish({ ...state, reading: true })
    void read(etag).then(finish)
  }

  function finish(result: ReadResult): void {
    underWay = false
    if (stopped) return
    if (result.kind === 'fresh') etag = result.etag
    const next = afterReading(state, result, now())
    if (!next.view) etag = undefined
    publish(next)
    schedule(POLL_MS)
  }

  function schedule(delay: number): void {
    clearTimeout(timer)
    if (page.visibilityState === 'hidden') return
    timer = setTimeout(refresh, delay)
  }

  function onVisibility(): void {
    if (underWay) return
    schedule(Math.max(0, lastTry + POLL_MS - now()))
  }

  page.addEventListener('visibilitychange', onVisibility)
  refresh()
  return {
    refresh,
    stop() {
      stopped = true
      clearTimeout(timer)
      page.removeEventListener('visibilitychange', onVisibility)
    },
  }
}

/** The state after one reading. A refusal takes the old view away: who lost the right to see it no longer sees it. */
export function afterReading(state: FeedState, result: ReadResult, at: number): FeedState {
  switch (result.kind) {
    case 'fresh':
      return { view: result.view, readAt: at, problem: undefined, reading: false }
    case 'unchanged':
      return { ...state, readAt: at, problem: undefined, reading: false }
    case 'problem': {
      const keeps = result.problem.kind !== 'forbidden'
      return {
        view: keeps ? state.view : undefined,
        readAt: keeps ? state.readAt : undefined,
        problem: result.problem,
        reading: false,
      }
    }
  }
}
