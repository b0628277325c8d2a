import type { Problem } from '@countersign/core/api/problem.ts'

/** How the tab stands with its service. */
export interface Standing {
  readonly reach:
    | { readonly kind: 'reached' }
    /** `since`: when the first request went unanswered; `nextTryAt`: when it is asked again. Milliseconds since 1970. */
    | { readonly kind: 'lost'; readonly since: number; readonly nextTryAt: number }
  /** Set while the service takes nobody for signed in, with what it said. */
  readonly signInProblem: Problem | undefined
  /** The service runs another version than the one this page was loaded from. */
  readonly isOutdated: boolean
}

/** Watches answers as they come, asks a service that is gone until it is back, and tells whoever listens. */
export interface Watch {
  readonly standing: () => Standing
  readonly subscribe: (onChange: () => void) => () => void
  /** Runs after a loss is over: what is shown may be old. */
  readonly onReturn: (run: () => void) => () => void
  readonly noteAnswer: (version: string | null) => void
  readonly noteProblem: (problem: Problem) => void
  readonly noteSilence: () => void
  readonly noteSignedIn: () => void
  /** Asks at once instead of when the wait is over. */
  readonly tryNow: () => void
}

export interface WatchDependencies {
  /** Whether the service answers at all. */
  readonly probe: () => Promise<boolean>
  readonly now?: () => number
  readonly random?: () => number
}

const firstWaitMs = 1000
const longestWaitMs = 30_000

/** The wait before a try, doubled each time up to half a minute, with a spread so that not all tabs come back at once. */
export function waitBefore(attempt: number, random: number): number {
  return Math.round(Math.min(longestWaitMs, firstWaitMs * 2 ** attempt) * (0.75 + random / 2))
}

export function makeWatch({ probe, now = Date.now, random = Math.random }: WatchDependencies): Watch {
  const listeners = new Set<() => void>()
  const returns = new Set<() => void>()
  let standing: Standing = { reach: { kind: 'reached' }, signInProblem: undefined, isOutdated: false }
  let version: string | undefined
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false
  return {
    standing: () => standing,
    subscribe: (onChange) => joined(listeners, onChange),
    onReturn: (run) => joined(returns, run),
    noteAnswer,
    noteProblem: (problem) => {
      if (problem.status === 401 && standing.signInProblem === undefined) put({ signInProblem: problem })
    },
    noteSilence,
    noteSignedIn: () => {
      if (standing.signInProblem !== undefined) put({ signInProblem: undefined })
    },
    tryNow: () => void ask(),
  }

  function put(change: Partial<Standing>): void {
    standing = { ...standing, ...change }
    for (const tell of listeners) tell()
  }

  function noteAnswer(given: string | null): void {
    if (given !== null) {
      version ??= given
      if (given !== version && !standing.isOutdated) put({ isOutdated: true })
    }
    if (standing.reach.kind === 'reached') return
    clearTimeout(timer)
    attempt = 0
    put({ reach: { kind: 'reached' } })
    for (const run of returns) run()
  }

  function noteSilence(): void {
    if (standing.reach.kind === 'lost') return
    attempt = 0
    plan(now())
  }

  function plan(since: number): void {
    const wait = waitBefore(attempt, random())
    attempt += 1
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), wait)
    put({ reach: { kind: 'lost', since, nextTryAt: now() + wait } })
  }

  /** Read anew: another answer may have come during a wait. */
  function watchOf(): Standing {
    return standing
  }

  async function ask(): Promise<void> {
    if (isAsking || watchOf().reach.kind === 'reached') return
    isAsking = true
    const isThere = await probe().catch(() => false)
    isAsking = false
    const { reach } = watchOf()
    if (reach.kind === 'reached') return
    if (isThere) noteAnswer(null)
    else plan(reach.since)
  }
}

function joined(all: Set<() => void>, one: () => void): () => void {
  all.add(one)
  return () => all.delete(one)
}
