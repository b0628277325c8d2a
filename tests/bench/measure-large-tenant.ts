import { openLargeTenant, coreRequests, type LargeTenant } from './large-tenant.ts'
import { rounds, type Bench } from './figures.ts'

/** As in the tests at full scale: Graph's limits on, 80 ms before each answer and 0.4 ms for each row of it. */
export const largeConditions = { users: 100_000, latencyMs: 80, perRowMs: 0.4 } as const

/** Tenant *large* (100,000 users, 10,000 service principals, 5,000 applications, 50,000 grants): full scans, a delta scan, the baseline. */
export async function measureLargeTenant(bench: Bench): Promise<void> {
  const large = await openLargeTenant(largeConditions)
  try {
    const full = await repeat(rounds, () => large.scan({ full: true }))
    const inOneChain = await repeat(rounds, () => large.scan({ full: true, ranges: false }))
    const changed = await repeat(rounds, (round) => afterChange(large, round))
    const baseline = await repeat(rounds, () => large.pageIterators())
    bench.add('large.scan.firstVerdicts', 'large: start to first verdicts', 'ms', known(full.map(({ firstVerdictsMs }) => firstVerdictsMs)))
    bench.add('large.scan.core', 'large: core facts, with ranges', 'ms', known(full.map(({ coreMs }) => coreMs)))
    bench.add(
      'large.scan.whole',
      'large: whole scan, slow reports included',
      'ms',
      full.map(({ wholeMs }) => wholeMs),
    )
    bench.add(
      'large.scan.requests',
      'large: requests for core facts, ranges apart',
      'requests',
      full.map(({ requests }) => coreRequests(requests).core.length),
    )
    bench.add('large.scanOneChain.core', 'large: core facts, one chain for each list', 'ms', known(inOneChain.map(({ coreMs }) => coreMs)))
    bench.add('large.delta.core', 'large: core facts after 1 % change', 'ms', known(changed.map(({ coreMs }) => coreMs)))
    bench.add(
      'large.delta.bytes',
      'large: bytes after 1 % change',
      'bytes',
      changed.map(({ requests }) => bytesOf(coreRequests(requests).core)),
    )
    bench.add(
      'large.pageIterator.core',
      'large: one PageIterator chain for each core list',
      'ms',
      baseline.map(({ milliseconds }) => milliseconds),
    )
    bench.add('large.memory.peak', 'large: peak resident memory of the service', 'MiB', [large.peakMemoryMiB()])
  } finally {
    await large.stack.stop()
  }
}

async function afterChange(large: LargeTenant, round: number): ReturnType<LargeTenant['scan']> {
  await large.change(round + 1, 0.01)
  return large.scan()
}

export function bytesOf(requests: readonly { readonly bytes: number }[]): number {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0)
}

function known(values: readonly (number | null)[]): number[] {
  return values.map((value) => {
    if (value === null) throw new Error('A scan did not say when it had read this far.')
    return value
  })
}

async function repeat<T>(times: number, work: (round: number) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let round = 0; round < times; round++) all.push(await work(round))
  return all
}
