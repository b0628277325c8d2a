import type { Bucket, Fact } from '@countersign/core/posture/fact.ts'

/** In the order of reading: small facts first, those that grow with people beside them, slow reports at the end. */
export const waves = ['early', 'bulk', 'late'] as const
export type Wave = (typeof waves)[number]

/** Follows from the fact and is never declared. */
export function waveOf({ source, held }: Pick<Fact, 'source' | 'held'>): Wave {
  if (source.bucket === 'reports') return 'late'
  return held === 'streamed' ? 'bulk' : 'early'
}

/** The longest lists begin first, for they end last: those long enough to be cut, then the others that grow with people. */
function urgency({ source, held }: Fact): number {
  if (source.ranges !== undefined || source.shares !== undefined) return 0
  return held === 'streamed' ? 1 : 2
}

/** Facts of one bucket and wave that are read at the same time: Graph answers the narrow ones one by one anyway. */
const atOnce = { identity: 8, reports: 2, conditionalAccess: 2 } as const satisfies Record<Bucket, number>

export interface Schedule {
  /** Facts in the order in which they may begin. */
  readonly facts: readonly Fact[]
  /** Reads one fact; `underWay` says that its first page has been asked for. False ends the whole. */
  readonly read: (fact: Fact, underWay: () => void) => Promise<boolean>
  /** All facts of this wave and of those before it have been read, and others have not. `first`: the time for a first look has come before. */
  readonly onWave: (wave: Wave | 'first') => Promise<void>
  /** Milliseconds after which what has been read by then is told once, so that nobody waits for the longest of the short lists. */
  readonly firstLookMs?: number
  /**
   * Milliseconds for which the others wait at most until the longest lists are under way. Dozens of facts that begin at once take each
   * other's time, and that of the longest lists is the time of the whole. None unless given.
   */
  readonly headStartMs?: number
}

/**
 * Reads facts side by side: one with `each` begins once the facts it looks at are read, the late ones when nothing else is left. Answers
 * false when a reading ended it; throws what a reading threw, after the others have come to rest.
 */
export async function runSchedule({ facts, read, onWave, firstLookMs, headStartMs = 0 }: Schedule): Promise<boolean> {
  const waiting = [...facts].sort((one, other) => urgency(one) - urgency(other))
  const running = new Map<Fact, Promise<void>>()
  const told = new Set<Wave>()
  let between: Promise<void> = Promise.resolve()
  let goesOn = true
  const failures: unknown[] = []
  const headStart = openHeadStart(
    facts.filter((fact) => urgency(fact) === 0),
    headStartMs,
  )

  const mayBegin = (fact: Fact): boolean => {
    const open = [...waiting, ...running.keys()]
    const parents = fact.source.each?.facts ?? []
    if (open.some(({ id }) => parents.includes(id))) return false
    if (waveOf(fact) === 'late' && open.some((other) => waveOf(other) !== 'late')) return false
    const { bucket } = fact.source
    // Long lists take no place from short ones: they begin at once, for they end last.
    const beside = [...running.keys()].filter((other) => other.source.bucket === bucket && waveOf(other) === waveOf(fact))
    return beside.length < atOnce[bucket]
  }
  const begin = (fact: Fact): void => {
    waiting.splice(waiting.indexOf(fact), 1)
    const isFirst = urgency(fact) === 0
    const work = (isFirst ? read(fact, () => headStart.leave(fact)) : headStart.over.then(() => read(fact, () => undefined)))
      .then((answer) => void (goesOn &&= answer))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        running.delete(fact)
        headStart.leave(fact)
      })
    running.set(fact, work)
  }
  /** One telling after the other; whatever has been overtaken by the end of the reading need not be told. */
  const tell = (wave: Wave | 'first'): void => {
    between = between
      .then(() => (waiting.length + running.size > 0 ? onWave(wave) : undefined))
      .catch((error: unknown) => void failures.push(error))
  }
  const tellWaves = (): void => {
    for (const [index, wave] of waves.entries()) {
      const before: readonly Wave[] = waves.slice(0, index + 1)
      const open = [...waiting, ...running.keys()]
      if (told.has(wave) || open.length === 0 || open.some((fact) => before.includes(waveOf(fact)))) continue
      told.add(wave)
      tell(wave)
    }
  }
  const firstLook = firstLookMs === undefined ? undefined : setTimeout(() => told.size === 0 && tell('first'), firstLookMs)

  while (goesOn && failures.length === 0 && waiting.length + running.size > 0) {
    tellWaves()
    for (const fact of [...waiting]) if (mayBegin(fact)) begin(fact)
    if (running.size === 0) throw new Error(`The facts ${waiting.map(({ id }) => id).join(', ')} wait for each other.`)
    await Promise.race(running.values())
  }
  clearTimeout(firstLook)
  await Promise.allSettled([...running.values(), between])
  if (failures.length > 0) throw failures[0]
  return goesOn
}

interface HeadStart {
  /** When all of them are under way or have ended, or the time is up. */
  readonly over: Promise<void>
  readonly leave: (fact: Fact) => void
}

function openHeadStart(facts: readonly Fact[], milliseconds: number): HeadStart {
  const waitedFor = new Set(facts)
  let end: () => void = () => undefined
  const over = new Promise<void>((resolve) => (end = resolve))
  const late = setTimeout(end, milliseconds)
  const leave = (fact?: Fact): void => {
    if (fact) waitedFor.delete(fact)
    if (waitedFor.size > 0) return
    clearTimeout(late)
    end()
  }
  leave()
  return { over, leave }
}
