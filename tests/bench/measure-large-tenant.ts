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
    bench.add(
      'large.scan.firstVerdicts',
      'large: start to first verdicts',
      'ms',
      full.map(({ firstVerdictsMs }) => firstVerdictsMs),
    )
    bench.add(
      'large.scan.read',
      'large: all but slow reports read and stored, with ranges',
      'ms',
      full.map(({ readMs }) => readMs),
    )
    bench.add(
      'large.scan.judged',
      'large: the same, with verdicts',
      'ms',
      full.map(({ judgedMs }) => judgedMs),
    )
    bench.add(
      'large.scan.requests',
      'large: requests for core facts, with ranges',
      'requests',
      full.map(({ requests }) => coreRequests(requests).length),
    )
    bench.add(
      'large.scanOneChain.read',
      'large: the same, one chain for each list',
      'ms',
      inOneChain.map(({ readMs }) => readMs),
    )
    bench.add(
      'large.scanOneChain.requests',
      'large: requests for core facts, one chain for each list',
      'requests',
      inOneChain.map(({ requests }) => coreRequests(requests).length),
    )
    bench.add(
      'large.delta.read',
      'large: after 1 % change',
      'ms',
      changed.map(({ readMs }) => readMs),
    )
    bench.add(
      'large.delta.requests',
      'large: requests for core facts after 1 % change',
      'requests',
      changed.map(({ requests }) => coreRequests(requests).length),
    )
    bench.add(
      'large.delta.bytes',
      'large: bytes of core facts after 1 % change',
      'bytes',
      changed.map(({ requests }) => bytesOf(coreRequests(requests))),
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

async function repeat<T>(times: number, work: (round: number) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let round = 0; round < times; round++) all.push(await work(round))
  return all
}
