/** Figures of one run of the benchmark: each name is stable, so that two documents can be compared. */
import { cpus, totalmem } from 'node:os'

export type Unit = 'ms' | 'MiB' | 'requests' | 'bytes' | 'rows'

export interface Figure {
  /** Stable name: subject, case, quantity, with dots between. */
  readonly name: string
  /** What was measured, for a reader. */
  readonly title: string
  readonly unit: Unit
  /** Median of the runs. */
  readonly value: number
  /** Every single measurement, in order. */
  readonly runs: readonly number[]
}

export interface Bench {
  readonly add: (name: string, title: string, unit: Unit, runs: readonly number[]) => void
  /** Runs the work `rounds` times and adds its wall time. */
  readonly time: (name: string, title: string, work: () => Promise<void>) => Promise<void>
  readonly figures: () => readonly Figure[]
}

export const rounds = 5

export function openBench(): Bench {
  const figures: Figure[] = []
  const add: Bench['add'] = (name, title, unit, runs) => void figures.push({ name, title, unit, value: median(runs), runs })
  return {
    add,
    async time(name, title, work) {
      const runs: number[] = []
      for (let round = 0; round < rounds; round++) {
        const begin = performance.now()
        await work()
        runs.push(Math.round(performance.now() - begin))
      }
      add(name, title, 'ms', runs)
    },
    figures: () => figures,
  }
}

/** The middle value; of an even number of values the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new Error('There is no median of no values.')
  return middle
}

export interface Machine {
  readonly cores: number
  readonly cpu: string
  readonly memoryGiB: number
  readonly node: string
  readonly platform: string
}

export function thisMachine(): Machine {
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
}
